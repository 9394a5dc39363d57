import { MaterializeResult, MetadataValue } from 'headwater';
import { markdownTable, round } from '#lib/weather.ts';
import type { Inputs } from '#types/weather_changes';

// What follows what: how often each kind of weather is followed by each other, learned from 2012 to 2014.
export default function weather_changes({ daily_weather }: Inputs) {
  const counts = new Map<string, Map<string, number>>();
  for (let i = 1; i < daily_weather.length; i++) {
    if (daily_weather[i].year > 2014) break;
    const today = daily_weather[i - 1].weather;
    const tomorrow = daily_weather[i].weather;
    const row = counts.get(today) ?? new Map<string, number>();
    row.set(tomorrow, (row.get(tomorrow) ?? 0) + 1);
    counts.set(today, row);
  }
  const kinds = [...counts.keys()].sort();
  const changes = kinds.flatMap((today) => {
    const row = counts.get(today) ?? new Map<string, number>();
    const total = [...row.values()].reduce((sum, count) => sum + count, 0);
    return kinds.map((tomorrow) => {
      const days = row.get(tomorrow) ?? 0;
      return { today, tomorrow, days, share: round(days / total, 4) };
    });
  });
  const share = (today: string, tomorrow: string) =>
    changes.find((change) => change.today === today && change.tomorrow === tomorrow)?.share ?? 0;

  return new MaterializeResult({
    value: changes,
    metadata: {
      rows: changes.length,
      'rain after rain': share('rain', 'rain'),
      'sun after sun': share('sun', 'sun'),
      shares: MetadataValue.md(
        markdownTable(
          kinds.map((today) => ({
            today,
            ...Object.fromEntries(
              kinds.map((tomorrow) => [tomorrow, `${round(share(today, tomorrow) * 100)} %`]),
            ),
          })),
        ),
      ),
    },
  });
}
