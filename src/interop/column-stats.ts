// What a column holds, in figures.

import type { TableReader } from '#model/values/table-reader.ts';
import { cellString } from './cell-string.ts';

export interface ColumnStats {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  /** Of numbers, dates and texts that have an order. */
  readonly least?: string;
  readonly most?: string;
  /** Different cells, those that are missing aside; `atLeast` when counting stopped. */
  readonly distinct: number;
  readonly atLeast: boolean;
}

const countedDistinct = 100_000;
const shownText = 80;

export function columnStats(table: TableReader, index: number): ColumnStats {
  const { name, type } = table.columns[index]!;
  const cells = table.column(index, 0, table.rowCount);
  const seen = new Set<unknown>();
  let nulls = 0;
  let least: unknown;
  let most: unknown;
  for (const cell of cells) {
    if (cell === null || cell === undefined) {
      nulls++;
      continue;
    }
    const key = cell instanceof Date ? cell.getTime() : typeof cell === 'object' ? cellString(cell) : cell;
    if (seen.size <= countedDistinct) seen.add(key);
    if (type === 'mixed' || type === 'boolean' || (typeof key === 'number' && Number.isNaN(key))) continue;
    if (least === undefined || isBelow(cell, least)) least = cell;
    if (most === undefined || isBelow(most, cell)) most = cell;
  }
  return {
    name,
    type,
    nulls,
    distinct: Math.min(seen.size, countedDistinct),
    atLeast: seen.size > countedDistinct,
    ...(least === undefined ? {} : { least: short(least), most: short(most) }),
  };
}

const isBelow = (a: unknown, b: unknown): boolean => (a as number) < (b as number);
const short = (cell: unknown): string => {
  const text = cellString(cell);
  return text.length > shownText ? `${text.slice(0, shownText)}…` : text;
};
