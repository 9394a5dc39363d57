// The runs of the open project: the newest come with the project, older ones are read on demand.

import { useCallback, useMemo, useState } from 'react';
import type { RunRecord } from '#model/events.ts';
import { noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';

/** As many as come with a project, and as many more at a time. */
const pageSize = 200;

export interface AllRuns {
  /** Newest first. */
  readonly runs: readonly RunRecord[];
  /** There may be older ones. */
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readMore(): void;
}

export function useAllRuns(): AllRuns {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const known = useRuns((state) => state.runs);
  const [older, setOlder] = useState<{ readonly runs: readonly RunRecord[]; readonly isAll: boolean }>();
  const [isReading, setIsReading] = useState(false);

  const runs = useMemo(() => {
    if (!older) return known;
    const ids = new Set(known.map((run) => run.runId));
    return [...known, ...older.runs.filter((run) => !ids.has(run.runId))].sort(
      (a, b) => b.createdAt - a.createdAt,
    );
  }, [known, older]);

  const readMore = useCallback(() => {
    if (projectId === undefined) return;
    setIsReading(true);
    const limit = runs.length + pageSize;
    workspace
      .listRuns(projectId, limit)
      .then(
        (found) => setOlder({ runs: found, isAll: found.length < limit }),
        (error: unknown) => noticeFault('Older runs could not be read', error),
      )
      .finally(() => setIsReading(false));
  }, [workspace, projectId, runs.length]);

  return { runs, hasMore: older ? !older.isAll : known.length >= pageSize, isReading, readMore };
}
