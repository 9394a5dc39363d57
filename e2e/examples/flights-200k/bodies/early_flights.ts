import { MaterializeResult } from 'headwater';
import type { Inputs } from '#types/early_flights';

// The other end: how early flights arrive, for each tenth of the distances.
export default function early_flights({ flights }: Inputs) {
  const early = flights.filter((flight) => flight.delay < 0);
  const byDistance = early.toSorted((a, b) => a.distance - b.distance);
  const tenths = Array.from({ length: 10 }, (_, i) => {
    const part = byDistance.slice(
      Math.floor((byDistance.length * i) / 10),
      Math.floor((byDistance.length * (i + 1)) / 10),
    );
    const minutes = part.reduce((sum, flight) => sum - flight.delay, 0);
    return {
      tenth: i + 1,
      upToMiles: part[part.length - 1].distance,
      flights: part.length,
      minutesEarly: Math.round((minutes / part.length) * 100) / 100,
    };
  });

  return new MaterializeResult({
    value: tenths,
    metadata: { rows: tenths.length, 'early flights': early.length, share: early.length / flights.length },
  });
}
