// The frame of a stored value: its header checked, its shapes and display orders read. What lies in between
// is read by whoever needs it.

import { ByteReader } from './byte-reader.ts';
import { DisplayOrders, type KeyOrder } from './display-orders.ts';
import { HEADER_BYTES, MAGIC_0, MAGIC_1, MAX_SHAPE_KEYS, VERSION } from './format.ts';
import { CorruptValueError } from './value-error.ts';

/** A set of keys in canonical order, and the objects made of it so far. */
export interface StoredShape {
  readonly id: number;
  readonly keys: readonly string[];
  /** An object with these keys in their usual order and no values, copied for each object but the first. */
  template: Record<string, unknown> | undefined;
  used: boolean;
}

export interface StoredValue {
  readonly bytes: Uint8Array;
  /** Where the value's own bytes end. */
  readonly shapesAt: number;
  /** The end of the canonical region. */
  readonly canonicalEnd: number;
  readonly shapes: readonly StoredShape[];
  readonly orders: DisplayOrders | undefined;
}

const NO_SHAPES: readonly never[] = [];

/** The offsets of the header; throws when `bytes` do not begin like a value. */
export function readHeader(bytes: Uint8Array): { shapesAt: number; canonicalEnd: number } {
  if (bytes.length <= HEADER_BYTES) throw new CorruptValueError('it is cut off');
  if (bytes[0] !== MAGIC_0 || bytes[1] !== MAGIC_1) {
    throw new CorruptValueError('it does not begin like a value');
  }
  if (bytes[3] !== VERSION)
    throw new CorruptValueError(`it is of format version ${bytes[3]}, not ${VERSION}`);
  const header = new ByteReader(bytes, 4, HEADER_BYTES);
  const canonicalEnd = header.u32();
  const shapesAt = header.u32();
  if (shapesAt <= HEADER_BYTES || shapesAt > canonicalEnd || canonicalEnd > bytes.length) {
    throw new CorruptValueError('its parts do not fit its length');
  }
  if (bytes[2] !== (canonicalEnd < bytes.length ? 1 : 0)) throw new CorruptValueError('it is cut off');
  return { shapesAt, canonicalEnd };
}

/** Checks the header and reads shapes and orders; throws a CorruptValueError. */
export function openStoredValue(bytes: Uint8Array): StoredValue {
  const { shapesAt, canonicalEnd } = readHeader(bytes);
  const shapes = shapesAt === canonicalEnd ? NO_SHAPES : readShapes(bytes, shapesAt, canonicalEnd);
  let orders: DisplayOrders | undefined;
  if (canonicalEnd < bytes.length) {
    const reader = new ByteReader(bytes, canonicalEnd, bytes.length);
    orders = new DisplayOrders(reader);
    expectEnd(reader);
  }
  return { bytes, shapesAt, canonicalEnd, shapes, orders };
}

function readShapes(bytes: Uint8Array, from: number, end: number): StoredShape[] {
  const reader = new ByteReader(bytes, from, end);
  const shapes: StoredShape[] = [];
  for (let count = reader.count(1); count > 0; count--) {
    const keys = readKeys(reader);
    if (keys.length > MAX_SHAPE_KEYS) throw new CorruptValueError('a shape has too many keys');
    shapes.push({ id: shapes.length, keys, template: undefined, used: false });
  }
  expectEnd(reader);
  return shapes;
}

/** A counted list of keys. */
export function readKeys(reader: ByteReader): string[] {
  const count = reader.count(1);
  const keys: string[] = [];
  for (let i = 0; i < count; i++) keys.push(reader.text());
  return keys;
}

export function expectEnd(reader: ByteReader): void {
  if (reader.position !== reader.end) throw new CorruptValueError('a part of it is longer than it says');
}

/** The usual order of a shape's keys, and the number noted for the object at `offset` if that differs, or -1. */
export function noteAt(stored: StoredValue, offset: number): number {
  return stored.orders === undefined ? -1 : stored.orders.ofOffset(offset);
}

export function orderOfShape(stored: StoredValue, shape: StoredShape): KeyOrder | undefined {
  return stored.orders?.orderOf(stored.orders.ofShape(shape.id), shape.keys.length);
}

/** `things` as they are displayed, given as they are listed canonically. */
export function inOrder<T>(things: readonly T[], order: KeyOrder | undefined): readonly T[] {
  return order === undefined ? things : order.map((position) => things[position]!);
}
