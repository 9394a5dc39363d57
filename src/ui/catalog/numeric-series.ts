// The numbers that an asset's materializations carry, each as a series along time.

import type { Materialization } from '#model/asset-state.ts';

export interface SeriesPoint {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
  readonly runId: Materialization['runId'];
}

export interface NumericSeries {
  readonly name: string;
  /** How its numbers are written. */
  readonly unit: 'number' | 'milliseconds' | 'bytes';
  /** Oldest first. */
  readonly points: readonly SeriesPoint[];
}

/** The author's own numbers first, by name; then rows, size and duration. `newestFirst` as history gives it. */
export function numericSeries(newestFirst: readonly Materialization[]): readonly NumericSeries[] {
  const own = new Map<string, SeriesPoint[]>();
  const rows: SeriesPoint[] = [];
  const sizes: SeriesPoint[] = [];
  const durations: SeriesPoint[] = [];
  for (const made of newestFirst.toReversed()) {
    const point = (value: number): SeriesPoint => ({ at: made.timestamp * 1000, value, runId: made.runId });
    for (const [name, { type, value }] of Object.entries(made.metadata)) {
      if ((type !== 'int' && type !== 'float') || typeof value !== 'number' || !Number.isFinite(value))
        continue;
      const points = own.get(name) ?? [];
      points.push(point(value));
      own.set(name, points);
    }
    const { value, durationMs } = made;
    if (value?.summary.count !== undefined) rows.push(point(value.summary.count));
    if (value) sizes.push(point(value.length));
    durations.push(point(durationMs));
  }
  const byName = [...own].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const series: NumericSeries[] = [
    ...byName.map(([name, points]): NumericSeries => ({ name, unit: 'number', points })),
    ...(own.has('dagster/row_count')
      ? []
      : [{ name: 'Rows or items', unit: 'number', points: rows } as const]),
    { name: 'Size', unit: 'bytes', points: sizes },
    { name: 'Duration', unit: 'milliseconds', points: durations },
  ];
  return series.filter(({ points }) => points.length > 0);
}

/** A little room above and below, and never a range of nothing. */
export function valueRange(points: readonly SeriesPoint[]): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { value } of points) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}
