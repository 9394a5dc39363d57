import { quantileSorted } from 'd3-array';
import { MaterializeResult } from 'headwater';
import type { Inputs } from '#types/delay_quantiles';

// The delay that 5 %, 25 %, … of all flights do not exceed.
export default function delay_quantiles({ flights }: Inputs) {
  const sorted = Float64Array.from(flights, (flight: { readonly delay: number }) => flight.delay).sort();
  const quantiles = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999].map((share) => ({
    share,
    minutes: quantileSorted(sorted, share) ?? 0,
  }));
  const at = (share: number) => quantiles.find((row) => row.share === share)?.minutes ?? 0;

  return new MaterializeResult({
    value: quantiles,
    metadata: { rows: quantiles.length, median: at(0.5), '95 %': at(0.95), '99.9 %': at(0.999) },
  });
}
