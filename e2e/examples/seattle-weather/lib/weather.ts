// Words and numbers that several assets of this project share.

export interface DailyWeather {
  date: string;
  year: number;
  month: number;
  dayOfYear: number;
  precipitation: number;
  tempMax: number;
  tempMin: number;
  tempMean: number;
  wind: number;
  weather: string;
}

export const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/** Rounds to so many digits after the point, and never to −0. */
export function round(value: number, digits = 1): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor + 0;
}

/** 1 for the first of January. */
export function dayOfYear(date: string): number {
  const start = Date.UTC(Number(date.slice(0, 4)), 0, 1);
  return Math.round((Date.parse(`${date}T00:00:00Z`) - start) / 86_400_000) + 1;
}

/** Rows as a Markdown table, headed by their keys. */
export function markdownTable(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => row[name] ?? ''))),
  ].join('\n');
}
