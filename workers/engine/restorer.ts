// Makes an earlier value of an asset its latest again, in the tab that leads.

import { err, ok, type Result } from '#base/result.ts';
import type { EventSegment, Store } from '#engine/ports.ts';
import { restoreValue } from '#engine/restore-value.ts';
import type { RunDeps } from '#engine/run-types.ts';
import type { RestoreError } from '#engine/workspace-port.ts';
import type { EventPointer, RunRecord } from '#model/events.ts';
import type { History } from '#model/history.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';

export interface RestoreWish {
  readonly runId: RunId;
  readonly assetId: AssetId;
  readonly from: EventPointer;
}

export interface Restorer {
  /** Why the asset cannot be given another value now; undefined when it can. */
  problem(assetId: AssetId): RestoreError | undefined;
  restore(wish: RestoreWish, fencing: number): Promise<Result<RunId, RestoreError>>;
}

interface RestorerDeps {
  readonly projectId: ProjectId;
  readonly store: Store;
  readonly readValue: RunDeps['readValue'];
  now(): number;
  history(): History;
  latestOf(assetId: AssetId): EventPointer | undefined;
  isBusy(assetId: AssetId): boolean;
  onRestored(segment: EventSegment, run: RunRecord): void;
}

export function createRestorer(deps: RestorerDeps): Restorer {
  const { projectId, store, readValue } = deps;
  const assetOf = (assetId: AssetId) => deps.history().document.assets.get(assetId);

  function problem(assetId: AssetId): RestoreError | undefined {
    const asset = assetOf(assetId);
    if (!asset) return { type: 'AssetNotFound', id: assetId };
    return deps.isBusy(assetId) ? { type: 'AssetBusy', key: asset.key } : undefined;
  }

  return {
    problem,
    async restore({ runId, assetId, from }, fencing) {
      const refused = problem(assetId);
      if (refused) return err(refused);
      const key = assetOf(assetId)!.key;
      const latest = deps.latestOf(assetId);
      const restored = await restoreValue(
        { projectId, runId, fencing, assetId, key, from, latest, now: deps.now() },
        { store, readValue },
      );
      if (!restored.ok) return restored;
      deps.onRestored(restored.value.segment, restored.value.run);
      return ok(runId);
    },
  };
}
