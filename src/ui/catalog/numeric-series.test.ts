import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Materialization } from '#model/asset-state.ts';
import type { MetadataEntries } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { numericSeries, valueRange } from './numeric-series.ts';

const made = (timestamp: number, metadata: MetadataEntries, rows?: number): Materialization => ({
  pointer: { seq: timestamp, index: 0 },
  runId: asRunId(`run-${timestamp}`),
  timestamp,
  durationMs: 5,
  codeVersion: 'c',
  dataVersion: 'd',
  dataVersionIsUserProvided: false,
  inputVersions: {},
  metadata,
  ...(rows === undefined
    ? {}
    : { value: { hash: 'h', pack: 'p', offset: 0, length: 10, summary: { kind: 'table', count: rows } } }),
});

describe('numbers along time', () => {
  it('are the numeric metadata, then rows, size and duration, oldest first', () => {
    const series = numericSeries([
      made(3, { mean: { type: 'float', value: 2.5 }, note: { type: 'text', value: '7' } }, 20),
      made(1, { mean: { type: 'float', value: 1.5 } }, 10),
    ]);
    expect(series.map(({ name, points }) => `${name}: ${points.map(({ value }) => value)}`)).toEqual([
      'mean: 1.5,2.5',
      'Rows or items: 10,20',
      'Size: 10,10',
      'Duration: 5,5',
    ]);
    expect(series[0]?.points[0]?.at).toBe(1000);
  });

  it('lie strictly inside their range', () => {
    const value = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const [low, high] = valueRange(values.map((each) => ({ at: 0, value: each, runId: asRunId('r') })));
        for (const each of values) {
          expect(each).toBeGreaterThanOrEqual(low);
          expect(each).toBeLessThanOrEqual(high);
        }
        expect(high).toBeGreaterThan(low);
      }),
    );
  });
});
