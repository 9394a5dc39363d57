// Values as files: CSV and JSON in pieces of text, Arrow as bytes.

import {
  bool,
  type Column,
  columnFromArray,
  dateDay,
  dictionary,
  float64,
  int32,
  tableFromColumns,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import type { TableReader } from '#model/values/table-reader.ts';
import { cellString, dateString, jsonReady } from './cell-string.ts';

const pieceRows = 8_192;
const dayMs = 86_400_000;

export interface CsvWriteOptions {
  /** Cells that a spreadsheet would run as formulas get a leading apostrophe. */
  readonly guard: boolean;
}

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const formulaStarts: ReadonlySet<string | undefined> = new Set(['=', '+', '-', '@', '\t', '\r', '\0']);

/** A text that begins as a formula does gets a leading apostrophe, unless it is a plain number. */
export const guardFormula = (text: string): string =>
  formulaStarts.has(text[0]) && !plainNumber.test(text) ? `'${text}` : text;

/** As RFC 4180 has it; a lone empty cell is quoted, or its row would look like no row. */
const quoted = (text: string, isOnly: boolean): string =>
  /[",\n\r]/.test(text) || (isOnly && text === '') ? `"${text.replaceAll('"', '""')}"` : text;

/** `rows`: which, in which order; all when undefined. Each piece ends at a line's end. */
export function* csvPieces(
  table: TableReader,
  rows: Uint32Array | undefined,
  { guard }: CsvWriteOptions,
): Generator<string> {
  const isOnly = table.columns.length === 1;
  const field = (text: string) => quoted(guard ? guardFormula(text) : text, isOnly);
  yield `${table.columns.map(({ name }) => field(name)).join(',')}\n`;
  const isDay = dayColumns(table);
  for (const piece of piecesOf(table, rows)) {
    let text = '';
    for (const row of piece) {
      for (let i = 0; i < row.length; i++) {
        const cell = row[i];
        if (i > 0) text += ',';
        text += typeof cell === 'number' ? numberText(cell) : field(textOf(cell, isDay[i]!));
      }
      text += '\n';
    }
    yield text;
  }
}

const numberText = (cell: number): string => (Object.is(cell, -0) ? '-0' : String(cell));
const textOf = (cell: unknown, isDay: boolean): string =>
  cell instanceof Date ? dateString(cell, isDay) : cellString(cell);

/** Columns of dates that are all whole days. */
function dayColumns(table: TableReader): boolean[] {
  return table.columns.map(
    ({ type }, i) =>
      type === 'date' &&
      table
        .column(i, 0, table.rowCount)
        .every((cell) => !(cell instanceof Date) || cell.getTime() % dayMs === 0),
  );
}

/** Rows in blocks, each read at one go where they stand together. */
function* piecesOf(table: TableReader, rows: Uint32Array | undefined): Generator<readonly unknown[][]> {
  const count = rows?.length ?? table.rowCount;
  for (let from = 0; from < count; from += pieceRows) {
    const to = Math.min(count, from + pieceRows);
    yield rows ? pickRows(table, rows.subarray(from, to)) : table.rows(from, to);
  }
}

/** Rows by number. Read in the order in which they are stored, so that a block of texts is decoded once. */
export function pickRows(table: TableReader, rows: Uint32Array): unknown[][] {
  const stored = Array.from(rows, (row, place) => ({ row, place })).sort((a, b) => a.row - b.row);
  const picked: unknown[][] = new Array(rows.length);
  for (let i = 0; i < stored.length; ) {
    const first = stored[i]!.row;
    let end = i + 1;
    while (end < stored.length && stored[end]!.row - stored[end - 1]!.row <= 8) end++;
    const read = table.rows(first, stored[end - 1]!.row + 1);
    for (; i < end; i++) picked[stored[i]!.place] = read[stored[i]!.row - first]!;
  }
  return picked;
}

/** A list of objects, one a line. */
export function* jsonPieces(table: TableReader, rows: Uint32Array | undefined): Generator<string> {
  const names = table.columns.map(({ name }) => JSON.stringify(name));
  let isFirst = true;
  yield '[';
  for (const piece of piecesOf(table, rows)) {
    let text = '';
    for (const row of piece) {
      const fields: string[] = [];
      row.forEach((cell, i) => {
        if (cell !== undefined) fields.push(`${names[i]}:${JSON.stringify(jsonReady(cell))}`);
      });
      text += `${isFirst ? '' : ','}\n{${fields.join(',')}}`;
      isFirst = false;
    }
    yield text;
  }
  yield '\n]\n';
}

/** The Arrow IPC file of a table; cells of no one type are written as JSON texts. */
export function arrowBytes(table: TableReader, rows: Uint32Array | undefined): Uint8Array {
  const isDay = dayColumns(table);
  const columns = table.columns.map(({ name, type }, i): [string, Column<unknown>] => {
    const all = table.column(i, 0, table.rowCount);
    const cells = rows ? Array.from(rows, (row) => all[row]) : all;
    return [name, arrowColumn(cells, type, isDay[i]!)];
  });
  const bytes = tableToIPC(tableFromColumns(columns), { format: 'file' });
  if (!bytes) throw new Error('Internal error: the Arrow file was written elsewhere');
  return bytes;
}

function arrowColumn(cells: readonly unknown[], type: string, isDay: boolean): Column<unknown> {
  const present = (read: (cell: unknown) => unknown) =>
    cells.map((cell) => (cell === null || cell === undefined ? null : read(cell)));
  switch (type) {
    case 'boolean':
      return columnFromArray(present(Boolean), bool());
    case 'integer':
      return columnFromArray(present(Number), int32());
    case 'number':
      return columnFromArray(present(Number), float64());
    case 'date':
      return columnFromArray(
        present((cell) => (cell as Date).getTime()).map((time) => (Number.isNaN(time) ? null : time)),
        isDay ? dateDay() : timestamp(),
      );
    default: {
      const texts = present((cell) => cellString(cell));
      const distinct = new Set(texts.slice(0, 10_000)).size;
      return columnFromArray(texts, distinct < 1_000 && texts.length > 10_000 ? dictionary(utf8()) : utf8());
    }
  }
}
