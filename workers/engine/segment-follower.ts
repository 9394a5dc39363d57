// The commits of a project, folded into its index in their order, whoever wrote them and however they are heard of.

import { type AssetIndex, foldSegment } from '#engine/asset-index.ts';
import type { EventSegment, RunStore } from '#engine/ports.ts';
import type { RunRecord } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import type { FoldLive } from './live-steps.ts';
import { readableSegments } from './readable-runs.ts';

interface FollowerDeps {
  readonly projectId: ProjectId;
  readonly store: RunStore;
  readonly index: AssetIndex;
  readonly foldLive: FoldLive;
  /** While it does, this tab writes the commits itself, and gives them to `take`. */
  isWriting(): boolean;
  /** What runs of other tabs do now has changed. */
  onLive(assets: readonly AssetId[] | 'all'): void;
  onFolded(segment: EventSegment, assets: readonly AssetId[]): void;
  /** As it is after its latest commit. */
  onRun(run: RunRecord): void;
}

export interface SegmentFollower {
  /** Resolves when everything that was written before this call has been read. */
  catchUp(): Promise<void>;
  take(segment: EventSegment): void;
  stop(): void;
}

export function createSegmentFollower(deps: FollowerDeps): SegmentFollower {
  const { projectId, store, index } = deps;
  const early = new Map<number, EventSegment>();
  let catchingUp: Promise<void> = Promise.resolve();
  let isWaiting = false;
  let isStopped = false;

  // Commits of different writers may be heard of out of order; the index takes them in theirs.
  function take(segment: EventSegment): void {
    if (segment.seq > index.seq) early.set(segment.seq, segment);
    for (let next = early.get(index.seq + 1); next; next = early.get(index.seq + 1)) {
      early.delete(next.seq);
      deps.onFolded(next, foldSegment(index, next));
    }
  }

  async function readAll(): Promise<void> {
    const touchedRuns = new Set<RunId>();
    for await (const segment of readableSegments(store, projectId, index)) {
      if (isStopped) return;
      touchedRuns.add(segment.runId);
      for (const event of segment.events) {
        const touched = deps.foldLive(event);
        if (touched.length > 0) deps.onLive(touched);
      }
      take(segment);
    }
    for (const runId of touchedRuns) {
      const run = await store.readRun(projectId, runId);
      if (run) deps.onRun(run);
    }
  }

  return {
    take,
    catchUp() {
      if (isWaiting) return catchingUp;
      isWaiting = true;
      catchingUp = catchingUp
        .catch(() => undefined)
        .then(() => {
          isWaiting = false;
          return deps.isWriting() || isStopped ? undefined : readAll();
        });
      return catchingUp;
    },
    stop() {
      isStopped = true;
    },
  };
}
