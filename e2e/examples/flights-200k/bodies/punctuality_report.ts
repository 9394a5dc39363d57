import { MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/punctuality_report';

// The seven views joined again.
export default function punctuality_report({
  delay_histogram,
  delays_by_hour,
  delays_by_distance,
  delay_quantiles,
  on_time_grid,
  late_flights,
  early_flights,
}: Inputs) {
  const flights = delay_histogram.reduce((sum, bin) => sum + bin.flights, 0);
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
  const onTime = on_time_grid.reduce((sum, cell) => sum + cell.flights * (cell.onTime ?? 0), 0) / flights;
  const early = early_flights.reduce((sum, tenth) => sum + tenth.flights, 0);
  const worst = delays_by_hour
    .filter((row) => row.flights >= 500)
    .reduce((a, b) => (b.meanDelay > a.meanDelay ? b : a));
  const longest = delays_by_distance[delays_by_distance.length - 1];
  const median = delay_quantiles.find((row) => row.share === 0.5)?.minutes ?? 0;
  const report = {
    flights,
    onTime: Math.round(onTime * 1000) / 1000,
    early,
    anHourLate: late_flights.length,
    median,
    worstHour: worst.hour,
  };

  return new MaterializeResult({
    value: report,
    metadata: {
      flights,
      summary: MetadataValue.md(
        [
          `- ${percent(onTime)} of ${flights} flights were less than 15 minutes late; the median is ${median} minutes`,
          `- ${percent(early / flights)} came early, ${percent(late_flights.length / flights)} an hour late or more`,
          `- the worst hour to leave is ${worst.hour}:00, with ${worst.meanDelay} minutes on average`,
          `- flights over ${longest.fromMiles} miles were ${longest.meanDelay} minutes late on average`,
        ].join('\n'),
      ),
    },
  });
}
