// Which files of the code differ from those of the last export.

import { useMemo } from 'react';
import { writeProject } from '#interop/typescript/write-project.ts';
import type { ProjectDocument } from '#model/document.ts';
import { useServices } from '#ui/kit/services.tsx';

export interface FileChange {
  /** Empty when the file is new. */
  readonly before: string;
  /** Empty when the file is gone. */
  readonly after: string;
}

/** By path; undefined while nobody asks (`at` is undefined). */
export function useExportChanges(
  document: ProjectDocument,
  at: number | undefined,
): ReadonlyMap<string, FileChange> | undefined {
  const { documents } = useServices();
  return useMemo(() => {
    if (at === undefined) return undefined;
    const olds = textsOf(documents.documentAt(at));
    const news = textsOf(document);
    const changes = new Map<string, FileChange>();
    for (const path of [...new Set([...olds.keys(), ...news.keys()])].sort()) {
      const before = olds.get(path) ?? '';
      const after = news.get(path) ?? '';
      if (before !== after) changes.set(path, { before, after });
    }
    return changes;
  }, [documents, document, at]);
}

const textsOf = (document: ProjectDocument): ReadonlyMap<string, string> =>
  new Map(writeProject(document).files.map(({ path, text }) => [path, text]));
