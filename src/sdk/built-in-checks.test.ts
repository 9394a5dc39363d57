import { expect, test } from 'vitest';
import {
  columnSchemaChangeChecks,
  lastUpdateFreshnessChecks,
  metadataBoundsChecks,
} from './built-in-checks.ts';
import type { UpdateRecord } from './check-decisions.ts';

const madeAt = (iso: string): UpdateRecord => ({
  type: 'materialization',
  timestamp: Date.parse(iso) / 1000,
  metadata: { 'row count': { type: 'int', value: 3 } },
});
const at = (iso: string) => Date.parse(iso) / 1000;

test('bounds: one check for each asset, named after the metadata, as in Dagster 1.13', () => {
  const checks = metadataBoundsChecks({ assets: ['a', 'raw/b'], metadataKey: 'row count', minValue: 1 });
  expect(checks.specs).toEqual(
    ['a', 'raw/b'].map((asset) => ({
      name: 'row_count_bounds_check',
      asset,
      description:
        'Checks that the latest materialization has metadata value `row count` greater than or equal to 1',
    })),
  );
  expect(checks.severity).toBe('WARN');
  expect(checks.name).toMatch(/^asset_check_[0-9a-f]{8}$/);
  expect(checks.decide([madeAt('2026-11-21T08:00Z')], 0).passed).toBe(true);
});

test('bounds that cannot be met are refused', () => {
  const options = { assets: ['a'], metadataKey: 'n' };
  expect(() => metadataBoundsChecks(options)).toThrow('a minValue, a maxValue, or both');
  expect(() => metadataBoundsChecks({ ...options, minValue: 3, maxValue: 1 })).toThrow('greater than');
});

test('an asset is checked once', () => {
  expect(() => columnSchemaChangeChecks({ assets: ['a', ['a']] })).toThrow('“a” is named twice');
});

test('the name of the step depends on the checks, not on their order', () => {
  const name = (...assets: string[]) => columnSchemaChangeChecks({ assets }).name;
  expect(name('a', 'b')).toBe(name('b', 'a'));
  expect(name('a', 'b')).not.toBe(name('a'));
});

test('freshness: the deadline is the last tick in the zone', () => {
  const checks = lastUpdateFreshnessChecks({
    assets: ['a'],
    lowerBoundDelta: { minutes: 45 },
    deadlineCron: '0 9 * * *',
    timezone: 'Europe/Berlin',
    severity: 'ERROR',
    blocking: true,
  });
  expect(checks.specs).toEqual([
    {
      name: 'freshness_check',
      asset: 'a',
      description: 'Evaluates freshness for targeted asset.',
      metadata: {
        'dagster/freshness_params': {
          timezone: 'Europe/Berlin',
          lower_bound_delta_seconds: 2700,
          deadline_cron: '0 9 * * *',
        },
      },
      blocking: true,
    },
  ]);
  // 9:00 in Berlin is 8:00 UTC in November: what was made at 7:20 UTC is in time, at 7:10 it is not.
  const afterDeadline = at('2026-11-21T12:00Z');
  expect(checks.decide([madeAt('2026-11-21T07:20Z')], afterDeadline).passed).toBe(true);
  expect(checks.decide([madeAt('2026-11-21T07:10Z')], afterDeadline).passed).toBe(false);
  // A minute before the deadline yesterday's counts.
  expect(checks.decide([madeAt('2026-11-20T07:20Z')], at('2026-11-21T07:59Z')).passed).toBe(true);
});

test('freshness: a wrong cron expression is said at once', () => {
  expect(() =>
    lastUpdateFreshnessChecks({ assets: ['a'], lowerBoundDelta: { hours: 1 }, deadlineCron: 'nope' }),
  ).toThrow('deadlineCron: “nope” is no cron expression');
});
