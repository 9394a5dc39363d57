// The trailer: in which order objects show their keys. It lies outside the canonical region, so two values that
// differ only in key order have the same content hash and still come back as they were.
//
// orders  count, then each: length, canonical position of each displayed key (order 0, "as canonical", is not listed)
// shapes  count, then each: shape, order: what holds for an object of that shape unless noted below
// notes   count, then each: offset of the object or table less the offset before, row + 1 (0: all of it), order

import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Shape } from './shape-trie.ts';
import { CorruptValueError } from './value-error.ts';

export type KeyOrder = readonly number[];

/** Collects the orders of one value while it is written. */
export class DisplayOrderLog {
  private readonly ids = new Map<KeyOrder, number>();
  private readonly orders: KeyOrder[] = [];
  private readonly notes: number[] = [];

  /** Notes the order of the object or table at `offset` (row -1) or of one row; calls come in this order. */
  note(offset: number, row: number, order: KeyOrder | undefined): void {
    this.notes.push(offset, row + 1, this.idOf(order));
  }

  private idOf(order: KeyOrder | undefined): number {
    if (order === undefined) return 0;
    let id = this.ids.get(order);
    if (id === undefined) {
      id = this.orders.push(order);
      this.ids.set(order, id);
    }
    return id;
  }

  /** Writes nothing when every object shows its keys in canonical order. */
  write(writer: ByteWriter, shapes: readonly Shape[]): void {
    const defaults: number[] = [];
    for (const shape of shapes) {
      const { order } = shape.firstLayout;
      if (order !== undefined) defaults.push(shape.id, this.idOf(order));
    }
    if (defaults.length === 0 && this.notes.length === 0) return;
    writer.varint(this.orders.length);
    for (const order of this.orders) {
      writer.varint(order.length);
      for (const position of order) writer.varint(position);
    }
    writer.varint(defaults.length / 2);
    for (const number of defaults) writer.varint(number);
    writer.varint(this.notes.length / 3);
    let last = 0;
    for (let i = 0; i < this.notes.length; i += 3) {
      writer.varint(this.notes[i]! - last);
      writer.varint(this.notes[i + 1]!);
      writer.varint(this.notes[i + 2]!);
      last = this.notes[i]!;
    }
  }
}

/** The orders of a stored value, read as a whole when the value is opened. */
export class DisplayOrders {
  private readonly orders: (KeyOrder | undefined)[] = [undefined];
  private readonly byShape = new Map<number, number>();
  private readonly offsets: number[] = [];
  private readonly rows: number[] = [];
  private readonly noted: number[] = [];
  private cursor = 0;

  constructor(reader: ByteReader) {
    for (let count = reader.count(1); count > 0; count--) this.orders.push(readOrder(reader));
    for (let count = reader.count(2); count > 0; count--) {
      const shape = reader.varint();
      this.byShape.set(shape, this.readId(reader));
    }
    let offset = 0;
    for (let count = reader.count(3); count > 0; count--) {
      offset += reader.varint();
      this.offsets.push(offset);
      this.rows.push(reader.varint() - 1);
      this.noted.push(this.readId(reader));
    }
  }

  private readId(reader: ByteReader): number {
    const id = reader.varint();
    if (id >= this.orders.length)
      throw new CorruptValueError('it names an order of keys that it does not hold');
    return id;
  }

  /** The order with this number, for so many keys. */
  orderOf(id: number, keys: number): KeyOrder | undefined {
    const order = this.orders[id];
    if (order !== undefined && order.length !== keys) {
      throw new CorruptValueError('an order of keys does not fit its object');
    }
    return order;
  }

  ofShape(shape: number): number {
    return this.byShape.get(shape) ?? 0;
  }

  /** The number of the order noted for the object or table at `offset`, or -1. */
  ofOffset(offset: number): number {
    const at = this.seek(offset);
    return this.offsets[at] === offset && this.rows[at] === -1 ? this.noted[at]! : -1;
  }

  /** The rows of the table at `offset` that differ from its other rows. */
  *ofRows(offset: number): Iterable<readonly [row: number, order: number]> {
    for (let at = this.seek(offset); this.offsets[at] === offset; at++) {
      if (this.rows[at]! >= 0) yield [this.rows[at]!, this.noted[at]!];
    }
  }

  /** The first note at or after `offset`; reading a whole value asks for offsets in rising order. */
  private seek(offset: number): number {
    const { offsets, cursor } = this;
    let low = 0;
    let high = offsets.length;
    if (cursor === 0 || offsets[cursor - 1]! < offset) {
      low = cursor;
      if (low < high && offsets[low]! < offset) low++;
      if (low < high && offsets[low]! >= offset) high = low;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (offsets[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    this.cursor = low;
    return low;
  }
}

function readOrder(reader: ByteReader): KeyOrder {
  const length = reader.count(1);
  const order: number[] = [];
  const seen = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const position = reader.varint();
    if (position >= length || seen[position] === 1) {
      throw new CorruptValueError('an order of keys lists a key twice');
    }
    seen[position] = 1;
    order.push(position);
  }
  return order;
}
