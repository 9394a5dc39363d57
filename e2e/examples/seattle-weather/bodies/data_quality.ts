import { MaterializeResult, MetadataValue } from 'headwater';
import type { Context, Inputs } from '#types/data_quality';

// Looks for days that are missing or doubled, and for readings that cannot be. The report waits for it.
export default function data_quality({ daily_weather }: Inputs, context: Context) {
  const problems: { date: string; problem: string }[] = [];
  const seen = new Set<string>();
  let previous: number | undefined;
  for (const day of daily_weather) {
    const time = Date.parse(`${day.date}T00:00:00Z`);
    if (seen.has(day.date)) problems.push({ date: day.date, problem: 'the day stands twice' });
    if (previous !== undefined && time - previous > 86_400_000)
      problems.push({ date: day.date, problem: 'days are missing before it' });
    if (day.tempMin > day.tempMax)
      problems.push({ date: day.date, problem: 'the minimum is above the maximum' });
    if (day.precipitation < 0 || day.wind < 0)
      problems.push({ date: day.date, problem: 'a reading is negative' });
    seen.add(day.date);
    previous = time;
  }
  for (const { date, problem } of problems) context.log.warn(`${date}: ${problem}`);

  return new MaterializeResult({
    value: { daysChecked: daily_weather.length, problems },
    metadata: {
      'days checked': daily_weather.length,
      problems: problems.length,
      clean: problems.length === 0,
      rules: MetadataValue.md(
        '- every day once\n- no gap between days\n- minimum ≤ maximum\n- rain and wind ≥ 0',
      ),
    },
  });
}
