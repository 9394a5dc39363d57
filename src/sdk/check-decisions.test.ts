import { expect, test } from 'vitest';
import {
  boundsText,
  decideColumnSchemaChange,
  decideLastUpdate,
  decideMetadataBounds,
  type UpdateRecord,
} from './check-decisions.ts';
import { durationSeconds, secondsInWords } from './duration.ts';
import { coerceMetadata, MetadataValue, type RawMetadata } from './metadata.ts';

const record = (
  metadata: RawMetadata,
  timestamp = 0,
  type: UpdateRecord['type'] = 'materialization',
): UpdateRecord => ({ type, timestamp, metadata: coerceMetadata(metadata)! });

// Every sentence below is what Dagster 1.13.28 says.
test.each([
  [undefined, { minValue: 1 }, false, 'Asset has not been materialized'],
  [{}, { minValue: 1 }, false, 'Metadata key `rows` not found'],
  [{ rows: 'x' }, { minValue: 1 }, false, 'Value `x` is not a number'],
  [{ rows: 3 }, { minValue: 1, maxValue: 3 }, true, 'Value `3` is within range'],
  [{ rows: 3 }, { maxValue: 3, exclusiveMax: true }, false, 'Value `3` is greater than or equal to 3'],
  [{ rows: 3 }, { minValue: 3, exclusiveMin: true }, false, 'Value `3` is less than or equal to 3'],
  [{ rows: 0.5 }, { minValue: 1 }, false, 'Value `0.5` is less than 1'],
  [{ rows: 2 }, { maxValue: 1 }, false, 'Value `2` is greater than 1'],
])('bounds: the metadata %j within %j', (metadata, bounds, passed, description) => {
  const latest = metadata && record(metadata as RawMetadata);
  expect(decideMetadataBounds(latest, { metadataKey: 'rows', ...bounds })).toEqual({ passed, description });
});

test('bounds are said in words', () => {
  expect(boundsText({ metadataKey: 'n', minValue: 1, maxValue: 3 })).toBe(
    'greater than or equal to 1 and less than or equal to 3',
  );
  expect(boundsText({ metadataKey: 'n', maxValue: 3, exclusiveMax: true })).toBe('less than 3');
});

const schema = (columns: Readonly<Record<string, string>>) =>
  record({
    'dagster/column_schema': MetadataValue.tableSchema({
      columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    }),
  });

test.each<[string, readonly UpdateRecord[], boolean, string]>([
  ['nothing', [], true, 'The asset has been materialized fewer than 2 times'],
  ['one', [schema({ a: 'int' })], true, 'The asset has been materialized fewer than 2 times'],
  [
    'two alike',
    [schema({ a: 'int' }), schema({ a: 'int' })],
    true,
    'No changes to column schema between previous and latest materialization',
  ],
  [
    'two that differ',
    [schema({ a: 'float', c: 'y', e: 'z', d: 'r' }), schema({ a: 'int', b: 'x', d: 'q' })],
    false,
    'Column schema changed between previous and latest materialization.\n\nAdded columns: c, e\n\n' +
      'Removed columns: b\n\nColumn type changes:\n- a: int -> float\n- d: q -> r',
  ],
  [
    'a latest without a schema',
    [record({}), schema({ a: 'int' })],
    false,
    'Latest materialization has no column schema metadata',
  ],
  [
    'a previous without a schema',
    [schema({ a: 'int' }), record({})],
    false,
    'Previous materialization has no column schema metadata',
  ],
])('columns: %s', (_name, records, passed, description) => {
  expect(decideColumnSchemaChange(records)).toEqual({ passed, description });
});

test('columns: a schema that is none is an error, and so it is in Dagster', () => {
  const odd = record({ 'dagster/column_schema': { x: 1 } });
  expect(() => decideColumnSchemaChange([odd, odd])).toThrow('is a table schema; got json');
});

const now = 1_000_000;
const rule = { lowerBoundDeltaSeconds: 3661, timezone: 'UTC' };
const updated = (secondsAgo: number) => ({
  'dagster/last_updated_timestamp': MetadataValue.timestamp(now - secondsAgo),
});
const fresh = (ago: string) =>
  `Asset is currently fresh. The last update was ${ago} ago, within the allowed time range of 1 hour, 1 minute, 1 second.`;
const overdue = (ago: string) =>
  `Asset is overdue for an update. The last update was ${ago} ago, which is past the allowed distance of 1 hour, 1 minute, 1 second ago.`;

test.each<[string, readonly UpdateRecord[], boolean, string]>([
  ['nothing', [], false, 'Asset has never been observed/materialized.'],
  ['a materialization', [record({}, now - 10)], true, fresh('10 seconds')],
  ['a materialization of older data', [record(updated(7200), now)], false, overdue('2 hours')],
  [
    'an observation that does not say when',
    [record({}, now, 'observation')],
    false,
    'Asset has never been observed/materialized.',
  ],
  ['an observation that says when', [record(updated(11), now, 'observation')], true, fresh('11 seconds')],
  [
    'the later of the two',
    [record(updated(7200), now, 'observation'), record({}, now - 5)],
    true,
    fresh('5 seconds'),
  ],
  [
    'a materialization when the observation does not say',
    [record({}, now, 'observation'), record(updated(5000), now)],
    false,
    overdue('1 hour, 23 minutes, 20 seconds'),
  ],
  ['the bound itself', [record({}, now - 3661)], true, fresh('1 hour, 1 minute, 1 second')],
])('freshness: %s', (_name, records, passed, description) => {
  expect(decideLastUpdate(records, rule, now)).toMatchObject({ passed, description });
});

test('freshness: the metadata holds the rule and the moments, and until when it is fresh', () => {
  const { metadata } = decideLastUpdate([record({}, now - 10)], rule, now);
  expect(coerceMetadata(metadata)).toEqual({
    'dagster/freshness_params': {
      type: 'json',
      value: { timezone: 'UTC', lower_bound_delta_seconds: 3661 },
    },
    'dagster/freshness_lower_bound_timestamp': { type: 'timestamp', value: now - 3661 },
    'dagster/fresh_until_timestamp': { type: 'timestamp', value: now - 10 + 3661 },
    'dagster/last_updated_timestamp': { type: 'timestamp', value: now - 10 },
  });
});

test('freshness: with a deadline its last passing counts, and the asset is fresh until the next', () => {
  const deadline = { cron: '0 9 * * *', latest: now - 100, next: now + 900 };
  const within = decideLastUpdate([record({}, now - 3700)], { ...rule, deadline }, now);
  expect(within.passed).toBe(true);
  expect(coerceMetadata(within.metadata)).toMatchObject({
    'dagster/freshness_params': { value: { deadline_cron: '0 9 * * *' } },
    'dagster/latest_cron_tick_timestamp': { type: 'timestamp', value: now - 100 },
    'dagster/fresh_until_timestamp': { type: 'timestamp', value: now + 900 },
  });
  expect(decideLastUpdate([record({}, now - 3800)], { ...rule, deadline }, now).passed).toBe(false);
});

test('a duration is made of units of one length', () => {
  expect(durationSeconds({ weeks: 1, days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 500 })).toBe(
    698_584.5,
  );
  expect(() => durationSeconds({ months: 1 } as object)).toThrow('A duration has no “months” here.');
  expect(() => durationSeconds({ hours: Number.NaN })).toThrow('are a number');
  expect(secondsInWords(90_061.9)).toBe('1 day, 1 hour, 1 minute, 1 second');
  expect(secondsInWords(0)).toBe('0 seconds');
});
