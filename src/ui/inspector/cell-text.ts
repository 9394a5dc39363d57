// Cells of a table as one line of text each.

export interface CellText {
  readonly text: string;
  /** `none`: there is no value, said in grey. */
  readonly tone: 'plain' | 'number' | 'none';
}

const longest = 300;

export function cellText(value: unknown): CellText {
  switch (typeof value) {
    case 'number':
      return { text: Object.is(value, -0) ? '-0' : String(value), tone: 'number' };
    case 'bigint':
      return { text: `${value}n`, tone: 'number' };
    case 'string':
      return { text: oneLine(value), tone: 'plain' };
    case 'boolean':
      return { text: String(value), tone: 'plain' };
    case 'undefined':
      return { text: 'undefined', tone: 'none' };
    default:
      break;
  }
  if (value === null) return { text: 'null', tone: 'none' };
  if (value instanceof Date) return { text: dateText(value), tone: 'plain' };
  return { text: oneLine(jsonText(value)), tone: 'plain' };
}

/** Whole days in UTC as dates, other times to the second or millisecond. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  const [day = '', time = ''] = date.toISOString().split('T');
  if (time === '00:00:00.000Z') return day;
  return `${day} ${time.replace('.000Z', '').replace('Z', '')}`;
}

function jsonText(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item)) ?? ''
    );
  } catch {
    return String(value); // A cycle: the tree of the value shows it better.
  }
}

const oneLine = (text: string): string => {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replace(/\r?\n/g, ' ⏎ ');
};

const characterWidth = 7.3;
const padding = 25;

/** A width for each column that shows most of its first cells. */
export function columnWidths(
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: readonly (readonly unknown[])[],
): number[] {
  return columns.map(({ name, type }, column) => {
    let characters = Math.max(name.length, type.length);
    for (const row of rows.slice(0, 100))
      characters = Math.max(characters, cellText(row[column]).text.length);
    return Math.round(Math.min(320, Math.max(72, characters * characterWidth + padding)));
  });
}

export const isNumeric = (type: string): boolean =>
  type === 'integer' || type === 'number' || type === 'bigint';
