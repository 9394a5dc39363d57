import { MaterializeResult } from 'headwater';
import type { Inputs } from '#types/rain_totals';

// Nothing is wrong here. Its sibling fails, and this asset is materialized all the same.
export default function rain_totals({ raw_weather }: Inputs) {
  const totals = new Map<string, number>();
  for (const { date, precipitation } of raw_weather) {
    const year = date.slice(0, 4);
    totals.set(year, (totals.get(year) ?? 0) + precipitation);
  }
  const rows = [...totals].map(([year, total]) => ({ year, precipitation: Math.round(total * 10) / 10 }));

  return new MaterializeResult({ value: rows, metadata: { rows: rows.length } });
}
