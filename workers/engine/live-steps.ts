// Which steps are queued or running, read off the event log: how a tab that does not lead shows a run.

import type { LiveStep } from '#engine/asset-status.ts';
import type { RunEvent } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';

/** Applies a committed event to the live steps; names the asset it touched. */
export function foldLive(live: Map<AssetId, LiveStep>, event: RunEvent): AssetId | 'all' | undefined {
  const id = event.assetId;
  switch (event.type) {
    case 'ASSET_MATERIALIZATION_PLANNED':
    case 'STEP_UP_FOR_RETRY':
      if (id !== undefined) live.set(id, { phase: 'queued' });
      return id;
    case 'STEP_START':
    case 'STEP_RESTARTED':
      if (id !== undefined) live.set(id, { phase: 'running' });
      return id;
    case 'ASSET_MATERIALIZATION':
    case 'ASSET_FAILED_TO_MATERIALIZE':
      if (id !== undefined) live.delete(id);
      return id;
    case 'RUN_SUCCESS':
    case 'RUN_FAILURE':
    case 'RUN_CANCELED':
    case 'RUN_INTERRUPTED':
      live.clear();
      return 'all';
    default:
      return undefined;
  }
}
