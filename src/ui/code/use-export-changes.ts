// Which files of the code differ from those of the last export: told off the page, like the code itself.

import { useEffect, useMemo, useState } from 'react';
import type { FileChange } from '#interop/code-port.ts';
import type { CodeTarget } from '#interop/project-code.ts';
import type { ProjectDocument } from '#model/document.ts';
import { useServices } from '#ui/kit/services.tsx';
import { readTarget, writeTarget } from './code-target.ts';
import type { LastExport } from './last-export.ts';

interface ExportChanges {
  /** By path; undefined while nobody asks (`last` is undefined), and until the first answer. */
  readonly changes: ReadonlyMap<string, FileChange> | undefined;
  readonly error: unknown;
}

/** Another `attempt` asks again for what failed. */
export function useExportChanges(
  document: ProjectDocument,
  target: CodeTarget,
  last: LastExport | undefined,
  attempt: number,
): ExportChanges {
  const { documents, code } = useServices();
  const at = last?.at;
  const written = last && writeTarget(last.target);
  const { type } = target;
  // What was told of these stays until a newer answer is there.
  const about = useMemo(() => ({ at, written, type, attempt }), [at, written, type, attempt]);
  const [told, setTold] = useState<{ readonly about: typeof about } & ExportChanges>();
  useEffect(() => {
    if (about.at === undefined) return;
    const abort = new AbortController();
    const before = { document: documents.documentAt(about.at), target: readTarget(about.written) };
    const tell = (answer: ExportChanges) => {
      if (!abort.signal.aborted) setTold({ about, ...answer });
    };
    code.compare(abort.signal, before, { document, target }).then(
      (changes) => tell({ changes, error: undefined }),
      (error: unknown) => tell({ changes: undefined, error }),
    );
    return () => abort.abort();
  }, [documents, code, document, target, about]);
  return told?.about === about ? told : { changes: undefined, error: undefined };
}
