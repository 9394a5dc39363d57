import { MaterializeResult, MetadataValue } from 'headwater';
import { type DailyWeather, dayOfYear, markdownTable, round } from '#lib/weather.ts';
import type { Context, Inputs } from '#types/daily_weather';

// One clean row a day: names we like, dates split into parts, the mean temperature.
export default function daily_weather({ raw_weather }: Inputs, context: Context) {
  const days: DailyWeather[] = raw_weather.map((row) => ({
    date: row.date,
    year: Number(row.date.slice(0, 4)),
    month: Number(row.date.slice(5, 7)),
    dayOfYear: dayOfYear(row.date),
    precipitation: row.precipitation,
    tempMax: row.temp_max,
    tempMin: row.temp_min,
    tempMean: round((row.temp_max + row.temp_min) / 2, 2),
    wind: row.wind,
    weather: row.weather,
  }));
  const first = days[0];
  const last = days[days.length - 1];
  context.log.info(`${days.length} days, ${first.date} to ${last.date}`);

  return new MaterializeResult({
    value: days,
    metadata: {
      rows: days.length,
      'first day': MetadataValue.timestamp(new Date(`${first.date}T00:00:00Z`)),
      'last day': MetadataValue.timestamp(new Date(`${last.date}T00:00:00Z`)),
      columns: MetadataValue.tableSchema({
        columns: [
          { name: 'date', type: 'string', description: 'YYYY-MM-DD' },
          { name: 'precipitation', type: 'float', description: 'mm' },
          { name: 'tempMax', type: 'float', description: '°C' },
          { name: 'tempMin', type: 'float', description: '°C' },
          { name: 'tempMean', type: 'float', description: '°C, halfway between the two' },
          { name: 'wind', type: 'float', description: 'm/s' },
          { name: 'weather', type: 'string', description: 'drizzle, fog, rain, snow or sun' },
        ],
      }),
      preview: MetadataValue.md(
        markdownTable(
          days
            .slice(0, 3)
            .map(({ date, tempMax, precipitation, weather }) => ({ date, tempMax, precipitation, weather })),
        ),
      ),
    },
  });
}
