import { MaterializeResult } from 'headwater';
import type { Inputs } from '#types/on_time_grid';

// The share of flights less than 15 minutes late, by hour and length of flight: the data of a heat map.
export default function on_time_grid({ flights }: Inputs) {
  const lengths = ['short', 'medium', 'long'];
  const counts = Array.from({ length: 24 * lengths.length }, () => ({ all: 0, onTime: 0 }));
  for (const { delay, distance, time } of flights) {
    const length = distance < 500 ? 0 : distance < 1500 ? 1 : 2;
    const cell = counts[(Math.floor(time) % 24) * lengths.length + length];
    cell.all += 1;
    if (delay < 15) cell.onTime += 1;
  }
  const grid = counts
    .map(({ all, onTime }, i) => ({
      hour: Math.floor(i / lengths.length),
      length: lengths[i % lengths.length],
      flights: all,
      onTime: all === 0 ? null : Math.round((onTime / all) * 1000) / 1000,
    }))
    .filter((cell) => cell.flights > 0);
  const onTime = counts.reduce((sum, cell) => sum + cell.onTime, 0) / flights.length;

  return new MaterializeResult({
    value: grid,
    metadata: { cells: grid.length, 'on time in all': Math.round(onTime * 1000) / 1000 },
  });
}
