// The truth about runs whose leader is gone: finished steps stand, the rest was interrupted.

import { isTerminal, type RunEvent, type RunRecord } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import { type EventSegment, type RunStore, StoreDamaged } from './ports.ts';

const leaderGone = 'The tab or process that ran it was closed or stopped.';

/**
 * Ends every unfinished run but those that are under way (`isOurs`), and gives what was written of it. Only a
 * leader may: whoever else wrote them is fenced off by then.
 */
export async function* interruptRuns(
  store: RunStore,
  projectId: ProjectId,
  fencing: number,
  nowMs: number,
  isOurs: (runId: RunId) => boolean = () => false,
  cause: string = leaderGone,
): AsyncGenerator<{ readonly segment: EventSegment; readonly run: RunRecord }> {
  for (const run of await store.unfinishedRuns(projectId)) {
    if (isOurs(run.runId) || isTerminal(run.status)) continue;
    const open = new Map<AssetId, RunEvent>();
    for (const event of await readableEvents(store, projectId, run)) {
      if (event.assetId === undefined) continue;
      if (event.type === 'ASSET_MATERIALIZATION_PLANNED') open.set(event.assetId, event);
      else if (event.type === 'ASSET_MATERIALIZATION' || event.type === 'ASSET_FAILED_TO_MATERIALIZE')
        open.delete(event.assetId);
    }
    const timestamp = nowMs / 1000;
    const events: RunEvent[] = [...open.values()].map((planned) => ({
      ...planned,
      type: 'ASSET_FAILED_TO_MATERIALIZE',
      timestamp,
      reason: 'UNEXPECTED_TERMINATION',
    }));
    events.push({
      type: 'RUN_INTERRUPTED',
      timestamp,
      runId: run.runId,
      message: `${cause} ${run.succeeded} of ${run.stepCount} steps are finished and kept.`,
    });
    const ended: RunRecord = { ...run, status: 'INTERRUPTED', endedAt: nowMs, fencing };
    const commit = await store.commit({
      projectId,
      runId: run.runId,
      fencing,
      packs: [],
      events,
      run: ended,
    });
    if (!commit.ok) return;
    yield { segment: { seq: commit.value, runId: run.runId, events }, run: ended };
  }
}

/** None when some are damaged: the run itself is ended all the same. */
async function readableEvents(
  store: RunStore,
  projectId: ProjectId,
  run: RunRecord,
): Promise<readonly RunEvent[]> {
  try {
    return await store.readRunEvents(projectId, run.runId);
  } catch (thrown) {
    if (thrown instanceof StoreDamaged) return [];
    throw thrown;
  }
}
