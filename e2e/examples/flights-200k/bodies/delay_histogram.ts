import { MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/delay_histogram';

// How many flights arrived how late, in steps of 15 minutes.
export default function delay_histogram({ flights }: Inputs) {
  const counts = new Map<number, number>();
  for (const { delay } of flights) {
    const from = Math.floor(delay / 15) * 15;
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  const bins = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([from, count]) => ({ from, to: from + 15, flights: count, share: count / flights.length }));
  const fullest = bins.reduce((a, b) => (b.flights > a.flights ? b : a));

  return new MaterializeResult({
    value: bins,
    metadata: {
      rows: bins.length,
      'flights counted': flights.length,
      'fullest step': MetadataValue.text(
        `${fullest.from} to ${fullest.to} minutes: ${fullest.flights} flights`,
      ),
    },
  });
}
