// Which rows of a stored table are shown, and in which order. Works column by column on the encoded bytes; the
// answer is a list of row numbers, so that a million rows cost four megabytes.

import { err, ok, type Result } from '#base/result.ts';
import type { TableReader } from '#model/values/table-reader.ts';
import { cellString } from './cell-string.ts';
import { sortOrder } from './sort-order.ts';

export type FilterOp = 'contains' | 'equals' | 'differs' | 'less' | 'greater' | 'empty' | 'filled';

export interface ColumnFilter {
  /** Place among the table's columns. */
  readonly column: number;
  readonly op: FilterOp;
  readonly text: string;
}

export interface TableQuery {
  /** All must hold. */
  readonly filters: readonly ColumnFilter[];
  readonly sort?: { readonly column: number; readonly descending: boolean };
}

export interface FilterProblem {
  readonly type: 'FilterProblem';
  /** Place among the filters. */
  readonly filter: number;
  /** A sentence. */
  readonly message: string;
}

const blockRows = 16_384;
const dayMs = 86_400_000;

type Test = (cell: unknown) => boolean;

/** Undefined: all rows as they are stored. */
export function queryTable(
  table: TableReader,
  { filters, sort }: TableQuery,
): Result<Uint32Array | undefined, FilterProblem> {
  const tests: { readonly column: number; readonly test: Test }[] = [];
  for (const [i, filter] of filters.entries()) {
    const test = testOf(filter, table.columns[filter.column]?.type ?? 'empty');
    if (typeof test === 'string') return err({ type: 'FilterProblem', filter: i, message: test });
    tests.push({ column: filter.column, test });
  }
  const kept = tests.length === 0 ? undefined : keptRows(table, tests);
  if (!sort) return ok(kept);
  const cells = table.column(sort.column, 0, table.rowCount);
  return ok(sortOrder(cells, kept ?? allRows(table.rowCount), sort.descending));
}

const allRows = (count: number): Uint32Array => {
  const rows = new Uint32Array(count);
  for (let i = 0; i < count; i++) rows[i] = i;
  return rows;
};

function keptRows(table: TableReader, tests: readonly { column: number; test: Test }[]): Uint32Array {
  const rows = new Uint32Array(table.rowCount);
  let count = 0;
  for (let from = 0; from < table.rowCount; from += blockRows) {
    const to = Math.min(table.rowCount, from + blockRows);
    const holds = new Uint8Array(to - from).fill(1);
    for (const { column, test } of tests) {
      const cells = table.column(column, from, to);
      for (let i = 0; i < cells.length; i++) if (holds[i] === 1 && !test(cells[i])) holds[i] = 0;
    }
    for (let i = 0; i < holds.length; i++) if (holds[i] === 1) rows[count++] = from + i;
  }
  return rows.slice(0, count);
}

const isEmpty = (cell: unknown): boolean => cell === null || cell === undefined || cell === '';

/** The filter as a test of one cell, or why it is none. */
function testOf({ op, text }: ColumnFilter, type: string): Test | string {
  switch (op) {
    case 'empty':
      return isEmpty;
    case 'filled':
      return (cell) => !isEmpty(cell);
    case 'contains': {
      const wanted = text.toLowerCase();
      return (cell) => !isEmpty(cell) && cellString(cell).toLowerCase().includes(wanted);
    }
    default:
      break;
  }
  if (type === 'integer' || type === 'number') {
    const wanted = Number(text.replace(/[\s_]/g, ''));
    if (text.trim() === '' || Number.isNaN(wanted)) return `“${text}” is not a number.`;
    return compare(op, (cell) => (typeof cell === 'number' ? cell - wanted : undefined));
  }
  if (type === 'date') {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(text.trim());
    const wanted = Date.parse(
      /\d\d:\d\d/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text.trim()) ? `${text.trim()}Z` : text.trim(),
    );
    if (Number.isNaN(wanted)) return `“${text}” is not a date. Write it as 2024-01-31 or 2024-01-31T12:00.`;
    return compare(op, (cell) => {
      if (!(cell instanceof Date)) return undefined;
      const time = cell.getTime();
      // All of a day equals the day.
      if (isDay && time >= wanted && time < wanted + dayMs) return 0;
      return time - wanted;
    });
  }
  return compare(op, (cell) => {
    if (cell === null || cell === undefined) return undefined;
    const own = cellString(cell);
    return own === text ? 0 : own < text ? -1 : 1;
  });
}

/** `order`: below, at or above what is asked for; undefined for cells that cannot be compared. */
function compare(op: FilterOp, order: (cell: unknown) => number | undefined): Test {
  switch (op) {
    case 'less':
      return (cell) => (order(cell) ?? 1) < 0;
    case 'greater':
      return (cell) => (order(cell) ?? -1) > 0;
    case 'differs':
      return (cell) => order(cell) !== 0;
    default:
      return (cell) => order(cell) === 0;
  }
}
