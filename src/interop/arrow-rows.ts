// Rows as Arrow IPC and back, where that loses nothing: plain objects of the same fields, each field of one kind.
// Anything else is no table here, and its caller keeps it in another form.

import {
  bool,
  columnFromArray,
  float64,
  int64,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette';

type Rows = readonly Readonly<Record<string, unknown>>[];
type Kind = 'text' | 'truth' | 'whole' | 'number' | 'moment';

/** How an Arrow IPC file begins; no JSON does. */
const magic = [...'ARROW1'].map((letter) => letter.charCodeAt(0));

export const isArrow = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

/** The Arrow IPC file of a table; undefined for any value that would not come back from one as it was. */
export function rowsToArrow(value: unknown): Uint8Array | undefined {
  const names = namesOf(value);
  if (!names) return undefined;
  const rows = value as Rows;
  const columns: [string, ReturnType<typeof columnFromArray>][] = [];
  for (const name of names) {
    const cells = rows.map((row) => row[name]);
    const kind = kindOf(cells);
    if (!kind) return undefined;
    columns.push([name, columnOf(cells, kind)]);
  }
  return tableToIPC(tableFromColumns(columns), { format: 'file' }) ?? undefined;
}

/** The rows of an Arrow IPC file: whole numbers as numbers, moments as dates. */
export function arrowToRows(bytes: Uint8Array): Record<string, unknown>[] {
  // Arrow wants its numbers at addresses that a slice of a larger buffer need not have.
  const table = tableFromIPC(bytes.slice(), { useDate: true });
  const names = table.names as string[];
  const columns = names.map((name) => Array.from(table.getChild(name)!.toArray() as ArrayLike<unknown>));
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(names.map((name, i) => [name, plain(columns[i]![row])])),
  );
}

const plain = (cell: unknown): unknown =>
  cell === undefined ? null : typeof cell === 'bigint' ? Number(cell) : cell;

/** The fields that all rows have, in the same order. */
function namesOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  let names: readonly string[] | undefined;
  // By index: a hole in the list is no row.
  for (let i = 0; i < value.length; i++) {
    const row: unknown = value[i];
    if (!isPlain(row)) return undefined;
    const own = Object.keys(row);
    names ??= own;
    if (own.length !== names.length || own.some((name, at) => name !== names?.[at])) return undefined;
  }
  return names?.length && !names.includes('__proto__') && names.every(isWellFormed) ? names : undefined;
}

const isPlain = (row: unknown): row is object =>
  typeof row === 'object' &&
  row !== null &&
  (Object.getPrototypeOf(row) === Object.prototype || Object.getPrototypeOf(row) === null);

/** Half a character has no form in UTF-8. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

// Only nothing in a column is text without text.
function kindOf(cells: readonly unknown[]): Kind | undefined {
  let kind: Kind | undefined;
  for (const cell of cells) {
    if (cell === null) continue;
    const own = cellKind(cell);
    if (own === undefined) return undefined;
    if (kind === undefined || (kind === 'whole' && own === 'number')) kind = own;
    else if (own !== kind && !(own === 'whole' && kind === 'number')) return undefined;
  }
  return kind ?? 'text';
}

function cellKind(cell: unknown): Kind | undefined {
  switch (typeof cell) {
    case 'string':
      return isWellFormed(cell) ? 'text' : undefined;
    case 'boolean':
      return 'truth';
    case 'number':
      return Number.isSafeInteger(cell) && !Object.is(cell, -0) ? 'whole' : 'number';
    case 'object':
      return cell instanceof Date && isReadable(cell) ? 'moment' : undefined;
    default:
      return undefined;
  }
}

const firstMs = Date.parse('0001-01-01T00:00:00Z');
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Has Python a date for it? */
function isReadable(date: Date): boolean {
  const time = date.getTime();
  return time >= firstMs && time <= lastMs;
}

function columnOf(cells: unknown[], kind: Kind): ReturnType<typeof columnFromArray> {
  const present = (read: (cell: never) => unknown): unknown[] =>
    cells.map((cell) => (cell === null ? null : read(cell as never)));
  switch (kind) {
    case 'text':
      return columnFromArray(cells, utf8());
    case 'truth':
      return columnFromArray(cells, bool());
    case 'whole':
      return columnFromArray(
        present((cell: number) => BigInt(cell)),
        int64(),
      );
    case 'number':
      return columnFromArray(cells, float64());
    case 'moment':
      return columnFromArray(
        present((cell: Date) => cell.getTime()),
        timestamp(1, 'UTC'),
      );
  }
}
