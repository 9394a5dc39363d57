// The code of the open project, which is written off the page: what was written last stays until the next is there.

import { useEffect, useMemo, useState } from 'react';
import { type CodeTarget, type ProjectCode, projectCode } from '#interop/project-code.ts';
import type { ProjectDocument } from '#model/document.ts';
import { useServices } from '#ui/kit/services.tsx';

interface CurrentCode {
  /** With what it is the code of; undefined until the first of its target is there. */
  readonly current: { readonly document: ProjectDocument; readonly code: ProjectCode } | undefined;
  /** A newer one is being written. */
  readonly isBehind: boolean;
  /** Why the newest could not be written. */
  readonly error: unknown;
}

/** Another `attempt` asks again for what failed. */
export function useProjectCode(document: ProjectDocument, target: CodeTarget, attempt: number): CurrentCode {
  const { code: port } = useServices();
  const wanted = useMemo(() => ({ document, target, attempt }), [document, target, attempt]);
  const [written, setWritten] = useState<{ readonly as: typeof wanted; readonly code: ProjectCode }>();
  const [failed, setFailed] = useState<{ readonly as: typeof wanted; readonly reason: unknown }>();
  useEffect(() => {
    const abort = new AbortController();
    port.write(abort.signal, wanted.document, wanted.target).then(
      (texts) => {
        if (abort.signal.aborted) return;
        setWritten({ as: wanted, code: projectCode(wanted.document, wanted.target, texts) });
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) setFailed({ as: wanted, reason });
      },
    );
    return () => abort.abort();
  }, [port, wanted]);
  return {
    // The files of another target are other files.
    current:
      written?.as.target.type === target.type
        ? { document: written.as.document, code: written.code }
        : undefined,
    isBehind: written?.as !== wanted,
    error: failed?.as === wanted ? failed.reason : undefined,
  };
}
