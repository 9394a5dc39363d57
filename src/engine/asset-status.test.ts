import { expect, test } from 'vitest';
import type { Materialization } from '#model/asset-state.ts';
import type { ObservableAsset } from '#model/document.ts';
import { emptyDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { asAssetId, asRunId } from '#model/ids.ts';
import { assetState } from './asset-status.ts';
import { staleCausesOf } from './versions.ts';

const asset: ObservableAsset = {
  kind: 'observable',
  id: asAssetId('seen'),
  key: 'seen',
  position: { x: 0, y: 0 },
  body: 'export default () => 1',
};
const latest: Materialization = {
  pointer: { seq: 1, index: 0 },
  runId: asRunId('run'),
  timestamp: 1,
  durationMs: 1,
  codeVersion: 'old',
  dataVersion: 'monday',
  dataVersionIsUserProvided: true,
  inputVersions: {},
  metadata: {},
  isObservation: true,
};

test('an asset that was looked at is observed, and no edit of the body that looks makes it stale', () => {
  const graph = buildGraph({ ...emptyDocument('test'), assets: new Map([[asset.id, asset]]) });
  const causes = staleCausesOf(asset, graph, { latestOf: () => latest, codeVersionOf: () => 'new' });
  expect(causes).toEqual([]);
  expect(assetState(asset, { latest }, causes, undefined).status).toBe('observed');
  expect(assetState(asset, undefined, [], undefined).status).toBe('never');
});
