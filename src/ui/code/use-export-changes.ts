// Which files of the code differ from those of the last export.

import { useMemo } from 'react';
import { type CodeTarget, comparedTexts } from '#interop/project-code.ts';
import type { ProjectDocument } from '#model/document.ts';
import { useServices } from '#ui/kit/services.tsx';
import { readTarget, writeTarget } from './code-target.ts';
import type { LastExport } from './last-export.ts';

export interface FileChange {
  /** Empty when the file is new. */
  readonly before: string;
  /** Empty when the file is gone. */
  readonly after: string;
}

/** By path; undefined while nobody asks (`last` is undefined). */
export function useExportChanges(
  document: ProjectDocument,
  target: CodeTarget,
  last: LastExport | undefined,
): ReadonlyMap<string, FileChange> | undefined {
  const { documents } = useServices();
  const at = last?.at;
  const written = last && writeTarget(last.target);
  return useMemo(() => {
    if (at === undefined) return undefined;
    const olds = comparedTexts(documents.documentAt(at), readTarget(written));
    const news = comparedTexts(document, target);
    const changes = new Map<string, FileChange>();
    for (const path of [...new Set([...olds.keys(), ...news.keys()])].sort()) {
      const before = olds.get(path) ?? '';
      const after = news.get(path) ?? '';
      if (before !== after) changes.set(path, { before, after });
    }
    return changes;
  }, [documents, document, target, at, written]);
}
