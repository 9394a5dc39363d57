import { describe, expect, it } from 'vitest';
import type { EventType, RunEvent } from '#model/events.ts';
import { asAssetId, asRunId } from '#model/ids.ts';
import { stepRows } from './step-rows.ts';

const event = (
  type: EventType,
  stepKey: string,
  timestamp: number,
  more: Partial<RunEvent> = {},
): RunEvent => ({
  type,
  runId: asRunId('r'),
  stepKey,
  assetKey: stepKey,
  assetId: asAssetId(stepKey),
  timestamp,
  ...more,
});

describe('the steps of a run', () => {
  it('of a graph asset stand together, in the order in which they began', () => {
    const rows = stepRows([
      event('ASSET_MATERIALIZATION_PLANNED', 'a', 1),
      event('ASSET_MATERIALIZATION_PLANNED', 'g.last', 1, { assetKey: 'g' }),
      event('ASSET_MATERIALIZATION_PLANNED', 'z', 1),
      event('STEP_START', 'g.first', 2),
      event('STEP_START', 'g.each[x]', 3),
      event('STEP_START', 'g.last', 4),
    ]);
    expect(rows.map(({ stepKey }) => stepKey)).toEqual(['a', 'g.first', 'g.each[x]', 'g.last', 'z']);
  });

  it('stand in the order of the plan, with what became of each', () => {
    const rows = stepRows([
      event('ASSET_MATERIALIZATION_PLANNED', 'a', 1),
      event('ASSET_MATERIALIZATION_PLANNED', 'b', 1),
      event('ASSET_MATERIALIZATION_PLANNED', 'c', 1),
      event('ASSET_MATERIALIZATION_PLANNED', 'd', 1),
      event('STEP_START', 'b', 2),
      event('STEP_START', 'a', 2),
      event('STEP_FAILURE', 'b', 3, { durationMs: 990, error: { name: 'Error', message: 'no' } }),
      event('ASSET_FAILED_TO_MATERIALIZE', 'c', 3, { reason: 'UPSTREAM_COMPUTE_FAILED' }),
      event('STEP_SUCCESS', 'a', 4, { durationMs: 2 }),
    ]);
    expect(rows.map(({ stepKey, status }) => `${stepKey} ${status}`)).toEqual([
      'a SUCCESS',
      'b FAILURE',
      'c skipped',
      'd QUEUED',
    ]);
    expect(rows[1]).toMatchObject({
      startedAt: 2000,
      endedAt: 3000,
      durationMs: 990,
      error: { message: 'no' },
    });
  });

  it('keep each of their tries', () => {
    const [row] = stepRows([
      event('STEP_START', 'a', 1),
      event('STEP_UP_FOR_RETRY', 'a', 2, { secondsToWait: 1 }),
      event('STEP_RESTARTED', 'a', 3, { retryNumber: 1 }),
      event('STEP_SUCCESS', 'a', 4, { durationMs: 5 }),
    ]);
    expect(row?.tries).toEqual([
      { startedAt: 1000, endedAt: 2000, isRetried: true },
      { startedAt: 3000, endedAt: 4000 },
    ]);
  });

  it('that were running end with a run that was canceled or cut off', () => {
    const start = event('STEP_START', 'a', 1);
    const end = (reason: 'USER_TERMINATION' | 'UNEXPECTED_TERMINATION') =>
      stepRows([start, event('ASSET_FAILED_TO_MATERIALIZE', 'a', 2, { reason })])[0];
    expect(end('USER_TERMINATION')).toMatchObject({ status: 'CANCELED', endedAt: 2000 });
    expect(end('UNEXPECTED_TERMINATION')).toMatchObject({ status: 'INTERRUPTED', endedAt: 2000 });
  });
});
