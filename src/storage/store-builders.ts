// Builders of what the contract suite stores. Test code only.

import type { ProjectRow, RunCommit, ValuePack } from '#engine/ports.ts';
import type { RunEvent, RunRecord, RunStatus } from '#model/events.ts';
import { asAssetId, asProjectId, asRunId, asTabId } from '#model/ids.ts';

export const P1 = asProjectId('project-1');
export const P2 = asProjectId('project-2');
export const R1 = asRunId('run-1');
export const R2 = asRunId('run-2');
export const TAB_A = asTabId('tab-a');
export const TAB_B = asTabId('tab-b');

export const projectRow = (projectId = P1, name = 'Orders'): ProjectRow => ({
  projectId,
  name,
  createdAt: 1,
  updatedAt: 1,
  openedAt: 1,
  assetCount: 0,
});

export const runRecord = (runId = R1, status: RunStatus = 'SUCCESS', createdAt = 1000): RunRecord => ({
  runId,
  status,
  target: 'all',
  trigger: 'manual',
  createdAt,
  stepCount: 1,
  succeeded: 1,
  failed: 0,
  skipped: 0,
  tags: {},
  fencing: 0,
  assetIds: [asAssetId('asset-1')],
});

export const materialization = (index = 0, pack = 'pack-1', runId = R1): RunEvent => ({
  type: 'ASSET_MATERIALIZATION',
  timestamp: 1_760_000_000 + index / 1000,
  runId,
  stepKey: `asset_${index}`,
  assetKey: `asset_${index}`,
  assetId: asAssetId(`asset-${index}`),
  metadata: {
    rows: { type: 'int', value: index },
    __proto__x: { type: 'json', value: [null, -0, '\ud800'] },
  },
  tags: { 'dagster/data_version': `v${index}` },
  value: { hash: `h${index}`, pack, offset: index, length: 1, summary: { kind: 'number', text: `${index}` } },
});

export const runCommit = (change: Partial<RunCommit> = {}): RunCommit => {
  const runId = change.runId ?? R1;
  return {
    projectId: P1,
    runId,
    fencing: 0,
    packs: [],
    events: [materialization(0, 'pack-1', runId)],
    run: runRecord(runId),
    ...change,
  };
};

/** `length` bytes that differ along the way. */
export const valuePack = (id: string, length = 3): ValuePack => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 255;
  return { id, bytes };
};
