import { expect, test } from 'vitest';
import { asset } from '#sdk/asset.ts';
import {
  buildColumnSchemaChangeChecks,
  buildLastUpdateFreshnessChecks,
  buildMetadataBoundsChecks,
} from '#sdk/check-factories.ts';
import { MetadataValue } from '#sdk/metadata.ts';
import { MaterializeResult } from '#sdk/results.ts';
import { Instance } from './instance.ts';
import { materialize } from './materialize.ts';

const evaluationsOf = (result: Awaited<ReturnType<typeof materialize>>) =>
  result
    .getAssetCheckEvaluations()
    .map(({ assetKey, checkName, passed, severity }) => ({ assetKey, checkName, passed, severity }));

test('bounds of metadata are checked against what this run has just recorded', async () => {
  const few = asset(function few() {
    return new MaterializeResult({ metadata: { rows: 3 } });
  });
  const many = asset(function many() {
    return new MaterializeResult({ metadata: { rows: 300 } });
  });
  const checks = buildMetadataBoundsChecks({
    assets: [few, many],
    metadataKey: 'rows',
    maxValue: 10,
    severity: 'ERROR',
  });
  const result = await materialize([few, many, ...checks]);
  expect(result.success).toBe(true);
  const of = { checkName: 'rows_bounds_check', severity: 'ERROR' };
  expect(evaluationsOf(result)).toEqual([
    { ...of, assetKey: 'few', passed: true },
    { ...of, assetKey: 'many', passed: false },
  ]);
});

test('a change of columns is found between two runs', async () => {
  let type = 'int';
  const table = asset(function table() {
    const columns = [{ name: 'a', type }];
    return new MaterializeResult({
      metadata: { 'dagster/column_schema': MetadataValue.tableSchema({ columns }) },
    });
  });
  const defined = [table, ...buildColumnSchemaChangeChecks({ assets: [table] })];
  const instance = Instance.ephemeral();
  const passed = async () => evaluationsOf(await materialize(defined, { instance }))[0]?.passed;
  expect(await passed()).toBe(true);
  expect(await passed()).toBe(true);
  type = 'float';
  expect(await passed()).toBe(false);
  expect(await passed()).toBe(true);
});

test('an asset that has just been materialized is fresh, one that says that its data is old is not', async () => {
  const now = asset(function now() {
    return 1;
  });
  const old = asset(function old() {
    return new MaterializeResult({
      metadata: { 'dagster/last_updated_timestamp': MetadataValue.timestamp(0) },
    });
  });
  const checks = buildLastUpdateFreshnessChecks({ assets: [now, old], lowerBoundDelta: { days: 1 } });
  const of = { checkName: 'freshness_check', severity: 'WARN' };
  expect(evaluationsOf(await materialize([now, old, ...checks]))).toEqual([
    { ...of, assetKey: 'now', passed: true },
    { ...of, assetKey: 'old', passed: false },
  ]);
});
