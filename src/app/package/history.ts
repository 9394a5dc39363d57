// The past of assets, for checks that look back.

import type { RunStore } from '#engine/ports.ts';
import type { RunEvent } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import type { AssetHistory, AssetRecord } from '#sdk/context.ts';

export function historyOf(store: RunStore, projectId: ProjectId): AssetHistory {
  return {
    async records(assetKey, limit) {
      const records: AssetRecord[] = [];
      for await (const { events } of store.readSegments(projectId, 0))
        for (const event of events)
          if (event.assetKey === assetKey && isRecord(event)) records.push(recordOf(event));
      return records.toReversed().slice(0, limit);
    },
  };
}

const isRecord = ({ type }: RunEvent): boolean =>
  type === 'ASSET_MATERIALIZATION' || type === 'ASSET_OBSERVATION';

const recordOf = (event: RunEvent): AssetRecord => ({
  type: event.type === 'ASSET_MATERIALIZATION' ? 'materialization' : 'observation',
  runId: event.runId,
  timestamp: event.timestamp,
  metadata: event.metadata ?? {},
  tags: event.tags ?? {},
});
