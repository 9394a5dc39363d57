// Which types cells have, from the cells. Cautious: what would lose something as a number stays text.

import type { ColumnSchema, ColumnType } from '#model/document.ts';
import { misfit, textReader } from './cell-readers.ts';

type Inferred = Pick<ColumnSchema, 'type' | 'nullable'>;

const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const commaText = /^-?(?:0|[1-9]\d*)(?:,\d+)?(?:[eE][+-]?\d+)?$/;
const isExact = (cell: string): boolean =>
  cell.replace(/[^\d]/g, '').length <= 15 || String(Number(cell)) === cell;

const isNumberText = (cell: string): boolean => numberText.test(cell) && isExact(cell);

/**
 * Cells of a delimited file without a schema: a column is numbers or booleans when every cell that is not
 * empty reads as one, to the letter; "007" and numbers too long for a double stay text.
 */
export function inferText(cells: readonly string[]): { readonly cells: unknown[] } {
  let isNumber = true;
  let isBoolean = true;
  let isEmpty = true;
  for (const cell of cells) {
    if (cell === '') continue;
    isEmpty = false;
    if (isNumber && !isNumberText(cell)) isNumber = false;
    if (isBoolean && cell !== 'true' && cell !== 'false') isBoolean = false;
    if (!isNumber && !isBoolean) break;
  }
  if (isEmpty || (!isNumber && !isBoolean)) return { cells: [...cells] };
  if (isNumber) return { cells: cells.map((cell) => (cell === '' ? null : Number(cell))) };
  return { cells: cells.map((cell) => (cell === '' ? null : cell === 'true')) };
}

/** The schema of a column of texts, from a sample of it, or from the whole column. */
export function inferTextColumn(cells: readonly string[], decimal: '.' | ',', isWhole: boolean): Inferred {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const type =
    filled.length === 0 ? 'string' : (textTypes.find((each) => fits(filled, each, decimal)) ?? 'string');
  // A sample without gaps says little about the rest: a number that is missing there is no bad row.
  const hasGaps = !isWhole || filled.length < cells.length;
  return { type, nullable: type !== 'string' && hasGaps };
}

const textTypes: readonly ColumnType[] = ['boolean', 'integer', 'number', 'date', 'timestamp'];

function fits(cells: readonly string[], type: ColumnType, decimal: '.' | ','): boolean {
  const read = textReader({ name: '', type, nullable: false }, decimal);
  const isNumeric = type === 'integer' || type === 'number';
  return cells.every((cell) => {
    const text = cell.trim();
    if (isNumeric && decimal === ',' ? !commaText.test(text) : isNumeric && !isNumberText(text)) return false;
    return read(text) !== misfit;
  });
}

/** The schema of a column of values that have types of their own. */
export function inferColumn(cells: readonly unknown[]): Inferred {
  let type: ColumnType | undefined;
  let nullable = false;
  for (const cell of cells) {
    if (cell === null || cell === undefined) {
      nullable = true;
      continue;
    }
    const found = typeOf(cell);
    if (type === undefined || type === found) type = found;
    else if (isNumeric(type) && isNumeric(found)) type = 'number';
    else if (isTime(type) && isTime(found)) type = 'timestamp';
    else return { type: 'json', nullable: true };
  }
  return { type: type ?? 'json', nullable: nullable || type === undefined };
}

const isNumeric = (type: ColumnType): boolean => type === 'integer' || type === 'number';
const isTime = (type: ColumnType): boolean => type === 'date' || type === 'timestamp';

function typeOf(cell: unknown): ColumnType {
  switch (typeof cell) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isSafeInteger(cell) && !Object.is(cell, -0) ? 'integer' : 'number';
    default:
      if (cell instanceof Date) return cell.getTime() % 86_400_000 === 0 ? 'date' : 'timestamp';
      return 'json';
  }
}
