import { MaterializeResult, MetadataValue } from 'headwater';
import { round } from '#lib/weather.ts';
import type { Context, Inputs } from '#types/forecast_score';

// Forecasts each day of 2015 from the day before, by what followed most often in 2012 to 2014, and counts how
// often that is right. A model that cannot beat "the same as today" is none.
export default function forecast_score({ daily_weather, weather_changes }: Inputs, context: Context) {
  const likeliest = new Map<string, { tomorrow: string; share: number }>();
  for (const { today, tomorrow, share } of weather_changes)
    if (share > (likeliest.get(today)?.share ?? 0)) likeliest.set(today, { tomorrow, share });

  const forecasts = daily_weather.flatMap((day, i) => {
    const before = daily_weather[i - 1];
    if (day.year !== 2015 || !before) return [];
    const forecast = likeliest.get(before.weather)?.tomorrow ?? before.weather;
    return [
      {
        date: day.date,
        before: before.weather,
        forecast,
        actual: day.weather,
        right: forecast === day.weather,
      },
    ];
  });
  const right = forecasts.filter((day) => day.right).length;
  const same = forecasts.filter((day) => day.before === day.actual).length;
  context.log.info(
    `${right} of ${forecasts.length} days are forecast right; "the same as today" gets ${same}`,
  );

  return new MaterializeResult({
    value: forecasts,
    metadata: {
      rows: forecasts.length,
      accuracy: MetadataValue.float(round(right / forecasts.length, 4)),
      'accuracy of “the same as today”': MetadataValue.float(round(same / forecasts.length, 4)),
      rule: MetadataValue.json(
        Object.fromEntries([...likeliest].map(([today, { tomorrow }]) => [today, tomorrow])),
      ),
    },
  });
}
