// Reads any rows of a stored table without the others, for a preview that shows a page at a time.

import { ByteReader } from './byte-reader.ts';
import { ColumnReader } from './column-reader.ts';
import { ValueDecoder } from './decode-value.ts';
import { ColumnKind, HEADER_BYTES, Tag } from './format.ts';
import { noteAt, openStoredValue, type StoredValue } from './stored-value.ts';
import { type ColumnLayout, readTableLayout, type TableLayout } from './table-layout.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: 'boolean' | 'integer' | 'number' | 'date' | 'text' | 'mixed' | 'empty';
}

export interface TablePage {
  readonly columns: readonly TableColumn[];
  /** Cells by row, then by column. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface TableReader {
  readonly rowCount: number;
  /** In the display order of the first row. */
  readonly columns: readonly TableColumn[];
  /** The rows from (inclusive) to (exclusive) as far as there are such; throws on damaged bytes. */
  rows(from: number, to: number): unknown[][];
  /** The cells of one column, by its place in `columns`, of the same rows. */
  column(index: number, from: number, to: number): unknown[];
}

/** Random access to a stored table; undefined when the value is not one, an Error when the bytes are damaged. */
export function openTable(bytes: Uint8Array): TableReader | undefined {
  const stored = openStoredValue(bytes);
  return bytes[HEADER_BYTES] === Tag.table ? openTableAt(stored, HEADER_BYTES) : undefined;
}

/** The rows from..to of a stored table and what its columns are; undefined when the value is not a table. */
export function readTablePage(bytes: Uint8Array, from: number, to: number): TablePage | undefined {
  const table = openTable(bytes);
  return table && { columns: table.columns, rows: table.rows(from, to) };
}

/** The table whose tag lies at `offset` of an opened value. */
function openTableAt(stored: StoredValue, offset: number): TableReader {
  const layout = readTableLayout(new ByteReader(stored.bytes, offset + 1, stored.shapesAt));
  const note = noteAt(stored, offset);
  const order = note < 0 ? undefined : stored.orders?.orderOf(note, layout.keys.length);
  const shown = order ?? layout.keys.map((_, i) => i);
  const cells = shown.map((i) => cellsOf(stored, layout, layout.columns[i]!));
  return {
    rowCount: layout.rowCount,
    columns: shown.map((i) => ({ name: layout.keys[i]!, type: typeOf(layout.columns[i]!.kind) })),
    column(index, from, to) {
      const first = Math.max(0, Math.min(from, layout.rowCount));
      return cells[index]!(first, Math.max(first, Math.min(to, layout.rowCount)));
    },
    rows(from, to) {
      const first = Math.max(0, Math.min(from, layout.rowCount));
      const end = Math.max(first, Math.min(to, layout.rowCount));
      const columns = cells.map((read) => read(first, end));
      const rows: unknown[][] = [];
      for (let row = 0; row < end - first; row++) rows.push(columns.map((column) => column[row]));
      return rows;
    },
  };
}

/** Where the cell of a column of kind `any` lies. */
export function mixedCellOffset(
  bytes: Uint8Array,
  column: ColumnLayout,
  rowCount: number,
  row: number,
): number {
  const reader = new ByteReader(bytes, column.start + 4 * row, column.end);
  return column.start + 4 * rowCount + reader.u32();
}

function cellsOf(
  stored: StoredValue,
  { rowCount }: TableLayout,
  column: ColumnLayout,
): (from: number, to: number) => unknown[] {
  if (column.kind === ColumnKind.any) {
    let decoder: ValueDecoder | undefined;
    return (from, to) => {
      decoder ??= new ValueDecoder(stored);
      const values: unknown[] = [];
      for (let row = from; row < to; row++) {
        values.push(decoder.decodeAt(mixedCellOffset(stored.bytes, column, rowCount, row)));
      }
      return values;
    };
  }
  let reader: ColumnReader | undefined;
  return (from, to) => {
    reader ??= new ColumnReader(stored.bytes, column, rowCount);
    const values = new Array<unknown>(to - from);
    reader.read(from, to, values);
    return values;
  };
}

function typeOf(kind: number): TableColumn['type'] {
  switch (kind) {
    case ColumnKind.boolean:
      return 'boolean';
    case ColumnKind.int8:
    case ColumnKind.int16:
    case ColumnKind.int32:
      return 'integer';
    case ColumnKind.float:
      return 'number';
    case ColumnKind.date:
      return 'date';
    case ColumnKind.text:
    case ColumnKind.dictionary:
      return 'text';
    case ColumnKind.any:
      return 'mixed';
    default:
      return 'empty';
  }
}
