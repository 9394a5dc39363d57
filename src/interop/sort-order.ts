// Rows in the order of one column's cells: stable, what is missing last. Numbers and times are sorted by their
// bits (radix), texts by the rank of their distinct ones: both stay well under a second for a million rows.

import { cellString } from './cell-string.ts';

/** `rows` (numbers of cells) in a new order. */
export function sortOrder(cells: readonly unknown[], rows: Uint32Array, descending: boolean): Uint32Array {
  const keys = new Float64Array(rows.length);
  const kept = new Uint32Array(rows.length);
  const missing: number[] = [];
  const number = keyReader(cells, rows);
  let count = 0;
  for (const row of rows) {
    const key = number(cells[row]);
    if (key === undefined) missing.push(row);
    else {
      keys[count] = key;
      kept[count++] = row;
    }
  }
  const sorted = radixSort(keys.subarray(0, count), kept.subarray(0, count), descending);
  const order = new Uint32Array(rows.length);
  order.set(sorted);
  order.set(missing, count);
  return order;
}

const isMissing = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));

/** Cells as numbers in the same order; undefined for those that are missing. */
function keyReader(cells: readonly unknown[], rows: Uint32Array): (cell: unknown) => number | undefined {
  const hasOther = rows.some((row) => {
    const cell = cells[row];
    return (
      !isMissing(cell) && typeof cell !== 'number' && typeof cell !== 'boolean' && !(cell instanceof Date)
    );
  });
  if (!hasOther)
    return (cell) => {
      if (isMissing(cell)) return undefined;
      const key = Number(cell);
      return Number.isNaN(key) ? undefined : key;
    };
  const texts = new Set<string>();
  for (const row of rows) if (!isMissing(cells[row])) texts.add(cellString(cells[row]));
  const ranks = new Map<string, number>();
  for (const text of [...texts].sort()) ranks.set(text, ranks.size);
  return (cell) => (isMissing(cell) ? undefined : ranks.get(cellString(cell)));
}

/** Sorts by the bits of the keys, 16 at a time from the lowest; a pass in which all are alike is left out. */
function radixSort(keys: Float64Array, rows: Uint32Array, descending: boolean): Uint32Array {
  const count = rows.length;
  const bits = new Uint32Array(keys.buffer, keys.byteOffset, count * 2);
  const flip = descending ? 0xffffffff : 0;
  let low = new Uint32Array(count);
  let high = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    // −0 and 0 are one place; negative numbers run backwards.
    const isZero = keys[i] === 0;
    const top = isZero ? 0 : bits[2 * i + 1]!;
    const bottom = isZero ? 0 : bits[2 * i]!;
    const mask = top >>> 31 === 1 ? 0xffffffff : 0;
    high[i] = (top ^ (mask | 0x80000000) ^ flip) >>> 0;
    low[i] = (bottom ^ mask ^ flip) >>> 0;
  }
  let order = rows.slice();
  let [nextLow, nextHigh, nextOrder] = [
    new Uint32Array(count),
    new Uint32Array(count),
    new Uint32Array(count),
  ];
  const counts = new Uint32Array(65_536);
  for (let pass = 0; pass < 4; pass++) {
    const digits = pass < 2 ? low : high;
    const shift = (pass & 1) * 16;
    counts.fill(0);
    for (let i = 0; i < count; i++) counts[(digits[i]! >>> shift) & 0xffff]!++;
    if (count === 0 || counts[(digits[0]! >>> shift) & 0xffff] === count) continue;
    let sum = 0;
    for (let digit = 0; digit < 65_536; digit++) {
      const here = counts[digit]!;
      counts[digit] = sum;
      sum += here;
    }
    for (let i = 0; i < count; i++) {
      const at = counts[(digits[i]! >>> shift) & 0xffff]!++;
      nextLow[at] = low[i]!;
      nextHigh[at] = high[i]!;
      nextOrder[at] = order[i]!;
    }
    [low, nextLow] = [nextLow, low];
    [high, nextHigh] = [nextHigh, high];
    [order, nextOrder] = [nextOrder, order];
  }
  return order;
}
