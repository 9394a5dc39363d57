import { max, mean, min, rollups, sum } from 'd3-array';
import { MaterializeResult, MetadataValue } from 'headwater';
import { markdownTable, monthNames, round } from '#lib/weather.ts';
import type { Inputs } from '#types/monthly_climate';

// The twelve months as Seattle knows them: temperatures, rain, and how long the light lasts.
export default function monthly_climate({ daily_weather, daylight }: Inputs) {
  const hoursOn = new Map(daylight.map((day) => [day.date, day.hours]));
  const years = new Set(daily_weather.map((day) => day.year)).size;
  const months = rollups(
    daily_weather,
    (days) => ({
      tempMean: round(mean(days, (day) => day.tempMean) ?? 0),
      tempMax: max(days, (day) => day.tempMax) ?? 0,
      tempMin: min(days, (day) => day.tempMin) ?? 0,
      precipitation: round(sum(days, (day) => day.precipitation) / years),
      rainyDays: round(days.filter((day) => day.precipitation > 0).length / years),
      daylightHours: round(mean(days, (day) => hoursOn.get(day.date)) ?? 0),
    }),
    (day) => day.month,
  )
    .sort(([a], [b]) => a - b)
    .map(([month, facts]) => ({ month, name: monthNames[month - 1], ...facts }));
  const wettest = months.reduce((a, b) => (b.precipitation > a.precipitation ? b : a));
  const warmest = months.reduce((a, b) => (b.tempMean > a.tempMean ? b : a));

  return new MaterializeResult({
    value: months,
    metadata: {
      rows: months.length,
      'wettest month': MetadataValue.text(`${wettest.name}, ${wettest.precipitation} mm`),
      'warmest month': MetadataValue.text(`${warmest.name}, ${warmest.tempMean} °C`),
      climate: MetadataValue.md(
        markdownTable(
          months.map(({ name, tempMean, precipitation, rainyDays }) => ({
            month: name,
            '°C': tempMean,
            mm: precipitation,
            'rainy days': rainyDays,
          })),
        ),
      ),
    },
  });
}
