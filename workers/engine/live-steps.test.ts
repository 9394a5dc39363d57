import { expect, test } from 'vitest';
import type { LiveStep } from '#engine/asset-status.ts';
import type { EventType, RunEvent } from '#model/events.ts';
import { type AssetId, asAssetId, asRunId } from '#model/ids.ts';
import { createLiveFold } from './live-steps.ts';

const event = (type: EventType, stepKey: string, assetId?: string): RunEvent => ({
  type,
  runId: asRunId('r'),
  timestamp: 1,
  stepKey,
  ...(assetId === undefined ? {} : { assetId: asAssetId(assetId) }),
});

test('a graph runs from the start of its first op, though the op makes no asset, until its asset is there', () => {
  const live = new Map<AssetId, LiveStep>();
  const fold = createLiveFold(live);
  const phase = () => live.get(asAssetId('report'))?.phase;
  expect(fold(event('ASSET_MATERIALIZATION_PLANNED', 'report.add_up', 'report'))).toEqual(['report']);
  expect(phase()).toBe('queued');
  expect(fold(event('STEP_START', 'report.fetch'))).toEqual(['report']);
  expect(phase()).toBe('running');
  expect(fold(event('STEP_UP_FOR_RETRY', 'report.fetch'))).toEqual([]);
  expect(phase()).toBe('running');
  fold(event('ASSET_MATERIALIZATION', 'report.add_up', 'report'));
  expect(phase()).toBeUndefined();
  // Another op of the graph may still run: what is made is made.
  fold(event('STEP_START', 'report.tidy'));
  expect(phase()).toBeUndefined();
});

test('an asset of its own is queued, runs, waits for its next try and is done', () => {
  const live = new Map<AssetId, LiveStep>();
  const fold = createLiveFold(live);
  const phases = (
    ['ASSET_MATERIALIZATION_PLANNED', 'STEP_START', 'STEP_UP_FOR_RETRY', 'STEP_RESTARTED'] as const
  ).map((type) => {
    fold(event(type, 'orders', 'orders'));
    return live.get(asAssetId('orders'))?.phase;
  });
  expect(phases).toEqual(['queued', 'running', 'queued', 'running']);
  expect(fold(event('RUN_SUCCESS', ''))).toBe('all');
  expect(live.size).toBe(0);
});
