// Cells as the schema wants them. A reader gives the value, or `misfit` when the cell is none of its type;
// nothing is rounded, cut or guessed.

import type { ColumnSchema, ColumnType } from '#model/document.ts';

export const misfit = Symbol('misfit');

export type TextReader = (cell: string) => unknown;
export type ValueReader = (cell: unknown) => unknown;

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const commaNumber = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const wholeNumber = /^[+-]?\d+$/;
const dayText = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeText =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?$/;

function readDay(cell: string): unknown {
  const parts = dayText.exec(cell);
  if (!parts) return misfit;
  const date = new Date(`${cell}T00:00:00.000Z`);
  // The 30th of February would become a day in March.
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(parts[3]) ? date : misfit;
}

function readTime(cell: string): unknown {
  const parts = timeText.exec(cell);
  if (!parts) return misfit;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  if (readDay(day) === misfit) return misfit;
  const seconds = time.length === 5 ? `${time}:00` : time;
  const offset =
    zone === 'UTC'
      ? 'Z'
      : zone.length === 3
        ? `${zone}:00`
        : zone.length === 5
          ? `${zone.slice(0, 3)}:${zone.slice(3)}`
          : zone;
  const date = new Date(`${day}T${seconds}${offset}`);
  return Number.isNaN(date.getTime()) ? misfit : date;
}

function readBoolean(cell: string): unknown {
  const lower = cell.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : misfit;
}

const textReaders: Readonly<Record<Exclude<ColumnType, 'number'>, TextReader>> = {
  string: (cell) => cell,
  json: (cell) => cell,
  integer(cell) {
    if (!wholeNumber.test(cell)) return misfit;
    const number = Number(cell);
    return Number.isSafeInteger(number) ? number : misfit;
  },
  boolean: readBoolean,
  date: readDay,
  timestamp: readTime,
};

const readNumber: TextReader = (cell) => (plainNumber.test(cell) ? Number(cell) : misfit);
const readCommaNumber: TextReader = (cell) =>
  commaNumber.test(cell) ? Number(cell.replace(',', '.')) : misfit;

/** Reads cells of a delimited file. An empty cell is an empty text, or null where the column may have none. */
export function textReader({ type, nullable }: ColumnSchema, decimal: '.' | ','): TextReader {
  if (type === 'string' || type === 'json') return textReaders[type];
  const read = type === 'number' ? (decimal === ',' ? readCommaNumber : readNumber) : textReaders[type];
  return (cell) => {
    const value = read(cell);
    if (value !== misfit) return value;
    const trimmed = cell.trim();
    if (trimmed === '') return nullable ? null : misfit;
    return trimmed === cell ? misfit : read(trimmed);
  };
}

/** Reads values of files whose cells have types of their own: JSON, Parquet, Arrow. */
export function valueReader({ type, nullable }: ColumnSchema): ValueReader {
  const read = typedReaders[type];
  return (cell) => {
    if (cell === null || cell === undefined) return nullable || type === 'json' ? null : misfit;
    return read(cell);
  };
}

const toNumber = (cell: unknown): unknown => {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'bigint') return misfit;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : misfit;
};
const toDate = (readText: TextReader) => (cell: unknown) =>
  cell instanceof Date ? cell : typeof cell === 'string' ? readText(cell) : misfit;

const typedReaders: Readonly<Record<ColumnType, ValueReader>> = {
  json: (cell) => cell,
  string: (cell) => (typeof cell === 'string' ? cell : misfit),
  number: toNumber,
  integer(cell) {
    const number = toNumber(cell);
    return number !== misfit && Number.isInteger(number) ? number : misfit;
  },
  boolean: (cell) => (typeof cell === 'boolean' ? cell : misfit),
  date: toDate(readDay),
  timestamp: toDate(readTime),
};

const typeNames: Readonly<Record<ColumnType, string>> = {
  string: 'a text',
  json: 'a value',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  date: 'a date (2024-01-31)',
  timestamp: 'a time (2024-01-31T12:00:00Z)',
};

/** Why a cell is set aside, as a sentence without its full stop. */
export function misfitReason({ name, type }: ColumnSchema, cell: unknown): string {
  if (cell === null || cell === undefined || cell === '') return `“${name}” is empty`;
  const text = typeof cell === 'string' ? cell : shortJson(cell);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `“${name}” is not ${typeNames[type]}: ${shown}`;
}

export function shortJson(value: unknown): string {
  try {
    const text = JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'bigint' ? `${item}` : item,
    );
    return text ?? String(value);
  } catch {
    return String(value); // A bigint or a cycle deep inside: only shown.
  }
}
