// Reads what a value holds without running any of its code: no getter is called, and nothing that the format
// cannot give back (symbols, hidden properties, accessors) is passed over in silence.

import { indexOfKey } from './key-order.ts';
import { keySegment, Refusal } from './value-error.ts';

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, keys: enumerableKeys } = Object;

/** Asks without calling; it does not see a property that only has a setter, which reads as undefined. */
const getterOf = (
  Object.prototype as unknown as { __lookupGetter__(this: object, key: PropertyKey): unknown }
).__lookupGetter__;
/** Arrays up to this length are searched for hidden extra properties, longer ones for enumerable ones only. */
const LISTED_ITEMS = 10_000;
/** A gap so long makes an array sparse: from there on its items are found by listing them. */
const LONG_GAP = 1024;

/** Missing items of an array, in a row. */
export class Holes {
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  get count(): number {
    return this.#count;
  }

  /** Unlike instanceof, this asks a Proxy nothing. */
  static is(item: unknown): item is Holes {
    return typeof item === 'object' && item !== null && #count in item;
  }
}

/** The own keys of a plain object in display order; refuses symbols. */
export function keysOf(object: object): string[] {
  const names = getOwnPropertyNames(object);
  const symbols = getOwnPropertySymbols(object);
  if (symbols.length > 0) throw new Refusal(`has a property whose key is a symbol, ${String(symbols[0])}`);
  return names;
}

/** The value of a plain own property; refuses accessors and hidden properties. */
export function dataOf(object: object, key: string): unknown {
  const property = getOwnPropertyDescriptor(object, key);
  if (property === undefined) throw new Refusal('is missing although its object lists it', keySegment(key));
  if (property.writable === undefined) throw new Refusal('is a getter or setter', keySegment(key));
  if (property.enumerable !== true)
    throw new Refusal('is a hidden (non-enumerable) property', keySegment(key));
  return property.value;
}

/** Puts the values of a row's keys into `columns`; false when the row has a property that `dataOf` refuses. */
export function readRow(
  object: object,
  names: readonly string[],
  columns: readonly unknown[][],
  row: number,
): boolean {
  for (let i = 0; i < names.length; i++) {
    const property = getOwnPropertyDescriptor(object, names[i]!);
    if (property === undefined || property.writable === undefined || property.enumerable !== true)
      return false;
    columns[i]![row] = property.value;
  }
  return true;
}

/** The items of an array, runs of missing ones as `Holes`. */
export function itemsOf(array: readonly unknown[]): unknown[] {
  const whole = refuseExtras(array);
  const length = array.length;
  return whole && length > LISTED_ITEMS ? wholeItems(array, length) : anyItems(array, length);
}

/** The items of a long array without holes or hidden items. */
function wholeItems(array: readonly unknown[], length: number): unknown[] {
  const items = new Array<unknown>(length);
  for (let i = 0; i < length; i++) {
    if (getterOf.call(array, i) !== undefined) throw new Refusal('is a getter or setter', `[${i}]`);
    const item = array[i];
    if (item === undefined && getOwnPropertyDescriptor(array, i)?.writable === undefined) {
      throw new Refusal('is a getter or setter', `[${i}]`);
    }
    items[i] = item;
  }
  return items;
}

function anyItems(array: readonly unknown[], length: number): unknown[] {
  const items: unknown[] = [];
  let holes = 0;
  for (let i = 0; i < length; i++) {
    const property = getOwnPropertyDescriptor(array, i);
    if (property === undefined) {
      if (++holes >= LONG_GAP) return sparseItems(array, items, i + 1, holes);
      continue;
    }
    if (holes > 0) {
      items.push(new Holes(holes));
      holes = 0;
    }
    if (property.writable === undefined) throw new Refusal('is a getter or setter', `[${i}]`);
    if (property.enumerable !== true) throw new Refusal('is a hidden (non-enumerable) property', `[${i}]`);
    items.push(property.value);
  }
  if (holes > 0) items.push(new Holes(holes));
  return items;
}

/** The rest of an array after a long gap: `holes` missing items end at `next`. */
function sparseItems(array: readonly unknown[], items: unknown[], next: number, holes: number): unknown[] {
  let gapStart = next - holes;
  for (const key of getOwnPropertyNames(array)) {
    const index = Number(key);
    if (!(index >= next)) continue;
    if (index > gapStart) items.push(new Holes(index - gapStart));
    const property = getOwnPropertyDescriptor(array, key);
    if (property?.writable === undefined) throw new Refusal('is a getter or setter', `[${key}]`);
    if (property.enumerable !== true) throw new Refusal('is a hidden (non-enumerable) property', `[${key}]`);
    items.push(property.value);
    gapStart = index + 1;
  }
  if (array.length > gapStart) items.push(new Holes(array.length - gapStart));
  return items;
}

/** True when every index has an item that can be seen. */
function refuseExtras(array: readonly unknown[]): boolean {
  if (getOwnPropertySymbols(array).length > 0) {
    throw new Refusal('is an array with a property whose key is a symbol');
  }
  // The list begins with the indices and, if asked for, `length`: what comes after them is extra.
  const short = array.length <= LISTED_ITEMS;
  const names = short ? getOwnPropertyNames(array) : enumerableKeys(array);
  const last = names.at(-1);
  if (last !== undefined && last !== 'length' && indexOfKey(last) < 0) {
    const name = names.find((each) => each !== 'length' && indexOfKey(each) < 0);
    throw new Refusal('is a property besides the items of an array', keySegment(name ?? last));
  }
  return !short && names.length === array.length;
}

/** Refuses a built-in object that carries properties of its own beyond those allowed. */
export function refuseOwnProperties(object: object, allowed: readonly string[] = []): void {
  for (const name of getOwnPropertyNames(object)) {
    if (!allowed.includes(name))
      throw new Refusal('is a property added to a built-in object', keySegment(name));
  }
  if (getOwnPropertySymbols(object).length > 0) throw new Refusal('has a property whose key is a symbol');
}
