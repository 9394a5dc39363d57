import { MaterializeResult, MetadataValue } from 'headwater';
import { markdownTable, round } from '#lib/weather.ts';
import type { Inputs } from '#types/seattle_report';

// All of it on one page. Waits for data_quality without reading it: a report over bad data is not written.
export default function seattle_report({
  monthly_climate,
  yearly_summary,
  weather_records,
  forecast_score,
}: Inputs) {
  const rainy = monthly_climate.filter((month) => month.rainyDays > 15).map((month) => month.name);
  const right = forecast_score.filter((day) => day.right).length;
  const text = [
    '# Four years of Seattle weather',
    '',
    `It rains on more than half of the days in ${rainy.join(', ')}.`,
    `What follows most often is right on ${round((right / forecast_score.length) * 100)} % of the days of 2015.`,
    '',
    '## Years',
    '',
    markdownTable(yearly_summary),
    '',
    '## Records',
    '',
    markdownTable(weather_records),
    '',
    '## Months',
    '',
    markdownTable(monthly_climate),
  ].join('\n');

  return new MaterializeResult({
    value: text,
    metadata: {
      report: MetadataValue.md(text),
      words: text.split(/\s+/).length,
      'rainy months': rainy.length,
    },
  });
}
