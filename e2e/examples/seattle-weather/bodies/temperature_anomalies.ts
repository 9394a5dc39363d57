import { deviation, mean, rollup } from 'd3-array';
import { MaterializeResult, MetadataValue } from 'headwater';
import { round } from '#lib/weather.ts';
import type { Inputs } from '#types/temperature_anomalies';

// How much warmer or colder each day was than its season: the mean of the 15 days around it, over all years.
export default function temperature_anomalies({ daily_weather }: Inputs) {
  const meanOfDay = rollup(
    daily_weather,
    (days) => mean(days, (day) => day.tempMean) ?? 0,
    (day) => Math.min(day.dayOfYear, 365),
  );
  const normal = new Map<number, number>();
  for (let day = 1; day <= 365; day++) {
    const around: number[] = [];
    for (let offset = -7; offset <= 7; offset++)
      around.push(meanOfDay.get(((day + offset + 364) % 365) + 1) ?? 0);
    normal.set(day, mean(around) ?? 0);
  }
  const days = daily_weather.map((day) => {
    const expected = normal.get(Math.min(day.dayOfYear, 365)) ?? 0;
    return {
      date: day.date,
      tempMean: day.tempMean,
      normal: round(expected, 2),
      anomaly: round(day.tempMean - expected, 2),
    };
  });
  const warmest = days.reduce((a, b) => (b.anomaly > a.anomaly ? b : a));
  const coldest = days.reduce((a, b) => (b.anomaly < a.anomaly ? b : a));

  return new MaterializeResult({
    value: days,
    metadata: {
      rows: days.length,
      'deviation (°C)': round(deviation(days, (day) => day.anomaly) ?? 0, 2),
      'most above normal': MetadataValue.text(`${warmest.date}: +${warmest.anomaly} °C`),
      'most below normal': MetadataValue.text(`${coldest.date}: ${coldest.anomaly} °C`),
    },
  });
}
