// What has happened in a project, as far as it can be read: the log folded, the runs that are listed, what was running.

import { type AssetIndex, emptyIndex, foldSegment } from '#engine/asset-index.ts';
import type { LiveStep } from '#engine/asset-status.ts';
import type { RunStore } from '#engine/ports.ts';
import { isTerminal, type RunRecord } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import { createLiveFold, type FoldLive } from './live-steps.ts';
import { readableRunEvents, readableSegments } from './readable-runs.ts';

const listedRuns = 200;

export interface Past {
  readonly index: AssetIndex;
  /** What the runs that have not ended were doing. */
  readonly live: Map<AssetId, LiveStep>;
  /** Goes on from there. */
  readonly foldLive: FoldLive;
  readonly runs: Map<RunId, RunRecord>;
}

export async function readPast(store: RunStore, projectId: ProjectId): Promise<Past> {
  const index = emptyIndex();
  const live = new Map<AssetId, LiveStep>();
  const foldLive = createLiveFold(live);
  const runs = new Map<RunId, RunRecord>();
  for await (const segment of readableSegments(store, projectId, index)) foldSegment(index, segment);
  for (const run of await store.listRuns(projectId, listedRuns)) {
    runs.set(run.runId, run);
    if (!isTerminal(run.status))
      for (const event of await readableRunEvents(store, projectId, run.runId)) foldLive(event);
  }
  // Runs older than the list may still say how a check ended.
  for (const { plannedIn, latest } of index.checks.values()) {
    if (plannedIn === undefined || latest?.runId === plannedIn || runs.has(plannedIn)) continue;
    const run = await store.readRun(projectId, plannedIn);
    if (run) runs.set(plannedIn, run);
  }
  return { index, live, foldLive, runs };
}
