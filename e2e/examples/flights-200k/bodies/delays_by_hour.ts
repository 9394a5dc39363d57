import { MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/delays_by_hour';

// Delays add up over the day: the mean delay for each hour of departure.
export default function delays_by_hour({ flights }: Inputs) {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, flights: 0, minutes: 0, late: 0 }));
  for (const { delay, time } of flights) {
    const hour = hours[Math.floor(time) % 24];
    hour.flights += 1;
    hour.minutes += delay;
    if (delay >= 15) hour.late += 1;
  }
  const rows = hours
    .filter((hour) => hour.flights > 0)
    .map(({ hour, flights: count, minutes, late }) => ({
      hour,
      flights: count,
      meanDelay: Math.round((minutes / count) * 10) / 10,
      lateShare: Math.round((late / count) * 1000) / 1000,
    }));
  const busy = rows.filter((row) => row.flights >= 500);
  const worst = busy.reduce((a, b) => (b.meanDelay > a.meanDelay ? b : a));
  const best = busy.reduce((a, b) => (b.meanDelay < a.meanDelay ? b : a));

  return new MaterializeResult({
    value: rows,
    metadata: {
      rows: rows.length,
      'worst hour': MetadataValue.text(`${worst.hour}:00, ${worst.meanDelay} min late on average`),
      'best hour': MetadataValue.text(`${best.hour}:00, ${best.meanDelay} min late on average`),
    },
  });
}
