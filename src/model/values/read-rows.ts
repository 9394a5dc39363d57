// Turns an array of like objects into columns, each property read once.

import { layoutOfKeys } from './key-order.ts';
import { readRow } from './own-properties.ts';

/** Rows whose keys come in another order than those of the first row: canonical position of each. */
interface RowDeviation {
  readonly row: number;
  readonly order: readonly number[] | undefined;
}

export interface RowColumns {
  /** Canonical order. */
  readonly keys: readonly string[];
  /** The first row's display order; undefined when canonical. */
  readonly order: readonly number[] | undefined;
  /** Cells by column in canonical order, then by row. */
  readonly columns: readonly unknown[][];
  readonly deviations: readonly RowDeviation[];
}

const { getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf } = Object;

/** The columns of rows that are all plain objects with one set of keys (at least one); otherwise undefined. */
export function readRows(rows: readonly unknown[]): RowColumns | undefined {
  try {
    return readLikeRows(rows);
  } catch {
    // A Proxy threw: written one by one, the rows are refused with the path to it.
    return undefined;
  }
}

function readLikeRows(rows: readonly unknown[]): RowColumns | undefined {
  const first = rows[0];
  if (!isPlain(first)) return undefined;
  const names = getOwnPropertyNames(first);
  const width = names.length;
  if (width === 0) return undefined;
  const { keys, order } = layoutOfKeys(names);
  const displayed = names.map(() => new Array<unknown>(rows.length));
  const columns = new Array<unknown[]>(width);
  displayed.forEach((cells, i) => {
    columns[order ? order[i]! : i] = cells;
  });
  const strays = new StrayRows(keys, order);
  for (let row = 0; row < rows.length; row++) {
    const object = rows[row];
    if (!isPlain(object)) return undefined;
    const found = getOwnPropertyNames(object);
    if (found.length !== width || getOwnPropertySymbols(object).length > 0) return undefined;
    for (let i = 0; i < width; i++) {
      if (found[i] === names[i]) continue;
      if (!strays.add(row, found)) return undefined;
      break;
    }
    if (!readRow(object, names, displayed, row)) return undefined;
  }
  return { keys, order, columns, deviations: strays.deviations };
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && getPrototypeOf(value) === Object.prototype;
}

/** Rows with the keys of the first in another order, each distinct order held once. */
class StrayRows {
  readonly deviations: RowDeviation[] = [];
  private readonly positions: ReadonlyMap<string, number>;
  private readonly orders = new Map<string, RowDeviation['order']>();

  constructor(keys: readonly string[], order: readonly number[] | undefined) {
    this.positions = new Map(keys.map((key, i) => [key, i]));
    if (order) this.orders.set(order.join(), order);
    this.orders.set(keys.map((_, i) => i).join(), undefined);
  }

  /** False when the keys are not those of the first row. */
  add(row: number, found: readonly string[]): boolean {
    const order: number[] = [];
    for (const key of found) {
      const position = this.positions.get(key);
      if (position === undefined) return false;
      order.push(position);
    }
    const signature = order.join();
    if (!this.orders.has(signature)) this.orders.set(signature, order);
    this.deviations.push({ row, order: this.orders.get(signature) });
    return true;
  }
}
