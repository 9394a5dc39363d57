import { MaterializeResult } from 'headwater';
import type { Context, Inputs } from '#types/late_flights';

// Every flight that was an hour late or more, the latest first.
export default function late_flights({ flights }: Inputs, context: Context) {
  const late = flights
    .filter((flight) => flight.delay >= 60)
    .map(({ delay, distance, time }) => ({ delay, distance, hour: Math.round(time * 100) / 100 }))
    .sort((a, b) => b.delay - a.delay || a.hour - b.hour || a.distance - b.distance);
  context.log.info(`${late.length} of ${flights.length} flights were an hour late or more`);

  return new MaterializeResult({
    value: late,
    metadata: { rows: late.length, share: late.length / flights.length, 'latest (min)': late[0].delay },
  });
}
