// One run of the open project: among those that are known, or read from the store when it is older.

import { useEffect, useState } from 'react';
import type { RunRecord } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';

export type FoundRun =
  | { readonly type: 'loading' }
  | { readonly type: 'found'; readonly run: RunRecord }
  | { readonly type: 'missing' };

export function useRun(runId: RunId): FoundRun {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const known = useRuns((state) => state.runs.find((run) => run.runId === runId));
  const [read, setRead] = useState<{ readonly of: RunId; readonly run: RunRecord | undefined }>();
  const isKnown = known !== undefined;

  useEffect(() => {
    if (isKnown || projectId === undefined) return;
    let wanted = true;
    workspace.readRun(projectId, runId).then(
      (run) => wanted && setRead({ of: runId, run }),
      () => wanted && setRead({ of: runId, run: undefined }),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, runId, isKnown]);

  if (known) return { type: 'found', run: known };
  if (read?.of !== runId) return { type: 'loading' };
  return read.run ? { type: 'found', run: read.run } : { type: 'missing' };
}
