import { mean, median, rollups } from 'd3-array';
import { MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/delays_by_distance';

// Do long flights make up for lost time? Delays in bands of 250 miles.
export default function delays_by_distance({ flights }: Inputs) {
  const bands = rollups(
    flights,
    (group) => ({
      flights: group.length,
      meanDelay: Math.round((mean(group, (flight) => flight.delay) ?? 0) * 10) / 10,
      medianDelay: median(group, (flight) => flight.delay) ?? 0,
    }),
    (flight) => Math.floor(flight.distance / 250) * 250,
  )
    .sort(([a], [b]) => a - b)
    .map(([from, facts]) => ({ fromMiles: from, toMiles: from + 250, ...facts }));

  return new MaterializeResult({
    value: bands,
    metadata: { rows: bands.length, bands: MetadataValue.table({ records: bands.slice(0, 12) }) },
  });
}
