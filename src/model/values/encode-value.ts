// A value becomes bytes, once, in the worker that made it (values.md). The walk keeps its own stack, so that
// depth is a limit with a name and never an overflow; it runs none of the value's code but the traps of Proxies.

import { err, ok, type Result } from '#base/result.ts';
import { ByteWriter } from './byte-writer.ts';
import { type ColumnPlan, planColumn } from './column-plan.ts';
import { DisplayOrderLog } from './display-orders.ts';
import { errorNumber, heldByError, refusalOf, writeErrorHead, writeLeaf } from './encode-builtin.ts';
import { writeColumn } from './encode-column.ts';
import { Frame, type Step, segmentOf } from './encode-frame.ts';
import { writeScalar } from './encode-scalar.ts';
import {
  ColumnKind,
  HEADER_BYTES,
  MAGIC_0,
  MAGIC_1,
  MAX_DEPTH,
  MAX_SHAPE_KEYS,
  MAX_UNMEASURED,
  MIN_COLUMN_ROWS,
  Tag,
  VERSION,
} from './format.ts';
import { layoutOfKeys } from './key-order.ts';
import { dataOf, Holes, itemsOf, keysOf, refuseOwnProperties } from './own-properties.ts';
import { type RowColumns, readRows } from './read-rows.ts';
import { type Shape, ShapeTrie } from './shape-trie.ts';
import { joinPath, Refusal, type ValueError } from './value-error.ts';

const mapForEach = Map.prototype.forEach;
const setForEach = Set.prototype.forEach;
const { getPrototypeOf, prototype: objectPrototype } = Object;

class ValueEncoder {
  private readonly writer = new ByteWriter();
  private readonly trie = new ShapeTrie();
  private readonly frames: Frame[] = [];
  /** The containers on the way from the root to here, for finding cycles; of a column, the row. */
  private readonly path: unknown[] = [];
  private depth = 0;
  private epoch = 0;
  private shapes: Shape[] = [];
  private orders: DisplayOrderLog | undefined = undefined;

  encode(value: unknown): Result<Uint8Array<ArrayBuffer>, ValueError> {
    return this.encodeRoot(() => this.write(value));
  }

  encodeTable(names: readonly string[], columns: readonly unknown[][], rowCount: number) {
    return this.encodeRoot(() => {
      const { keys, order } = layoutOfKeys(names);
      const sorted = new Array<unknown[]>(columns.length);
      columns.forEach((cells, i) => {
        sorted[order ? order[i]! : i] = cells;
      });
      // There are no row objects that a cell could refer back to.
      const rows = new Array<unknown>(rowCount);
      this.writeTable(undefined, rows, { keys, order, columns: sorted, deviations: [] });
    });
  }

  private encodeRoot(writeRoot: () => void): Result<Uint8Array<ArrayBuffer>, ValueError> {
    const { writer } = this;
    this.epoch++;
    this.trie.trim();
    try {
      writer.position = HEADER_BYTES;
      writeRoot();
      while (this.depth > 0) {
        const frame = this.frames[this.depth - 1]!;
        if (frame.step === 'table') this.advanceTable(frame);
        else this.advance(frame);
      }
      this.finish();
      return ok(writer.take());
    } catch (thrown) {
      const segments = this.frames.slice(0, this.depth).map(segmentOf);
      const refusal = thrown instanceof Refusal ? thrown : undefined;
      if (refusal?.segment) segments.push(refusal.segment);
      writer.reset();
      const reason = refusal ? refusal.message : 'throws an error when it is read';
      return err({ type: 'NotStorable', path: joinPath(segments), reason });
    } finally {
      this.forget();
    }
  }

  private finish(): void {
    const { writer, shapes } = this;
    const shapesAt = writer.position;
    if (shapes.length > 0) {
      writer.varint(shapes.length);
      for (const { keys } of shapes) this.writeKeys(keys);
    }
    const end = writer.position;
    if (shapes.length > 0 || this.orders) (this.orders ?? new DisplayOrderLog()).write(writer, shapes);
    const { bytes, view } = writer;
    bytes[0] = MAGIC_0;
    bytes[1] = MAGIC_1;
    bytes[2] = writer.position > end ? 1 : 0;
    bytes[3] = VERSION;
    view.setUint32(4, end, true);
    view.setUint32(8, shapesAt, true);
  }

  private forget(): void {
    for (let i = 0; i < this.frames.length && i < this.path.length; i++) {
      this.frames[i]!.clear();
    }
    if (this.frames.length > 64) this.frames.length = 64;
    this.path.length = 0;
    this.depth = 0;
    if (this.shapes.length > 0) this.shapes = [];
    this.orders = undefined;
  }

  private writeKeys(keys: readonly string[]): void {
    this.writer.varint(keys.length);
    for (let i = 0; i < keys.length; i++) this.writer.text(keys[i]!);
  }

  private noteOrder(offset: number, row: number, order: readonly number[] | undefined): void {
    this.orders ??= new DisplayOrderLog();
    this.orders.note(offset, row, order);
  }

  private push(step: Step, container: unknown, items: readonly unknown[], lengthAt: number): Frame {
    if (this.depth === MAX_DEPTH) throw new Refusal(`is nested more than ${MAX_DEPTH} levels deep`);
    let frame = this.frames[this.depth];
    if (frame === undefined) {
      frame = new Frame();
      this.frames.push(frame);
    }
    frame.step = step;
    frame.items = items;
    frame.index = 0;
    frame.lengthAt = lengthAt;
    this.path[this.depth++] = container;
    return frame;
  }

  private pop(frame: Frame): void {
    if (frame.lengthAt > 0) {
      this.writer.view.setUint32(frame.lengthAt, this.writer.position - frame.lengthAt - 4, true);
    }
    frame.clear();
    this.path[--this.depth] = undefined;
  }

  /** Writes on until the frame is done or a container on top of it has to be written first. */
  private advance(frame: Frame): void {
    const { depth } = this;
    const { items } = frame;
    const column = frame.step === 'column';
    while (frame.index < items.length) {
      const i = frame.index++;
      if (column) {
        this.path[depth - 1] = frame.rows[i];
        this.writer.view.setUint32(frame.offsetsAt + 4 * i, this.writer.position - frame.cellsAt, true);
      }
      this.write(items[i]);
      if (this.depth !== depth) return;
    }
    this.pop(frame);
  }

  private write(value: unknown): void {
    if (!writeScalar(this.writer, value)) this.writeObject(value as object);
  }

  private writeObject(value: object): void {
    for (let i = this.depth - 1; i >= 0; i--) {
      if (this.path[i] === value) throw new Refusal('refers back to itself');
    }
    const prototype = getPrototypeOf(value) as object | null;
    if (prototype === objectPrototype) {
      this.writePlain(value, Tag.object, Tag.bigObject);
    } else if (Array.isArray(value)) {
      if (prototype !== Array.prototype) throw refusalOf(prototype);
      this.writeArray(value);
    } else if (prototype === null) {
      this.writePlain(value, Tag.nullObject, Tag.nullBigObject);
    } else if (prototype === Map.prototype || prototype === Set.prototype) {
      this.writeEntries(value, prototype);
    } else if (Holes.is(value)) {
      this.writer.u8(Tag.holes);
      this.writer.varint(value.count);
    } else if (!writeLeaf(this.writer, value, prototype)) {
      this.writeError(value, prototype);
    }
  }

  private writeError(value: object, prototype: object): void {
    const error = errorNumber(value, prototype);
    if (error < 0) throw refusalOf(prototype);
    const held = writeErrorHead(this.writer, value, error);
    const items = held.map((key) => heldByError(value, key));
    this.push('keys', value, items, 0).keys = held;
  }

  private writePlain(value: object, tag: number, bigTag: number): void {
    const names = keysOf(value);
    const offset = this.writer.position;
    if (names.length > MAX_SHAPE_KEYS) {
      const { keys, order } = layoutOfKeys(names);
      if (order) this.noteOrder(offset, -1, order);
      this.writer.u8(bigTag);
      this.writer.u32(0);
      this.writeKeys(keys);
      const items = keys.map((key) => dataOf(value, key));
      this.push('keys', value, items, offset + 1).keys = keys;
      return;
    }
    const layout = this.trie.find(names);
    const { shape } = layout;
    if (shape.epoch !== this.epoch) {
      shape.epoch = this.epoch;
      shape.id = this.shapes.push(shape) - 1;
      shape.firstLayout = layout;
    } else if (shape.firstLayout !== layout) {
      this.noteOrder(offset, -1, layout.order);
    }
    this.writer.u8(tag);
    this.writer.varint(shape.id);
    const { keys } = shape;
    const items = new Array<unknown>(keys.length);
    for (let i = 0; i < keys.length; i++) items[i] = dataOf(value, keys[i]!);
    this.push('keys', value, items, 0).keys = keys;
  }

  private writeArray(array: readonly unknown[]): void {
    const items = itemsOf(array);
    const { writer } = this;
    // Holes are neither rows nor cells: an array that has some is written item by item.
    const rows = items.length >= (this.depth === 0 ? 1 : MIN_COLUMN_ROWS) ? readRows(items) : undefined;
    if (rows) {
      this.writeTable(array, items, rows);
      return;
    }
    const plan = items.length >= MIN_COLUMN_ROWS ? planColumn(items) : undefined;
    if (plan && plan.kind !== ColumnKind.any) {
      this.writeList(items, plan);
      return;
    }
    const holey = items.some(Holes.is);
    const long = holey || items.length > MAX_UNMEASURED;
    const offset = writer.position;
    writer.u8(holey ? Tag.holeyArray : long ? Tag.longArray : Tag.array);
    if (long) writer.u32(0);
    writer.varint(items.length);
    if (holey) writer.varint(array.length);
    this.push('items', array, items, long ? offset + 1 : 0);
  }

  private writeList(items: readonly unknown[], plan: ColumnPlan): void {
    const { writer } = this;
    writer.u8(Tag.list);
    writer.varint(items.length);
    writer.u8(plan.kind | plan.flags);
    const lengthAt = writer.position;
    writer.u32(0);
    writeColumn(writer, items, plan);
    writer.view.setUint32(lengthAt, writer.position - lengthAt - 4, true);
  }

  private writeEntries(value: object, prototype: object): void {
    refuseOwnProperties(value);
    const items: unknown[] = [];
    const map = prototype === Map.prototype;
    if (map) mapForEach.call(value as Map<unknown, unknown>, (item, key) => items.push(key, item));
    else setForEach.call(value as Set<unknown>, (item) => items.push(item));
    const count = map ? items.length / 2 : items.length;
    const long = count > MAX_UNMEASURED;
    const offset = this.writer.position;
    this.writer.u8(map ? (long ? Tag.longMap : Tag.map) : long ? Tag.longSet : Tag.set);
    if (long) this.writer.u32(0);
    this.writer.varint(count);
    this.push(map ? 'map' : 'set', value, items, long ? offset + 1 : 0);
  }

  private writeTable(array: unknown, rows: readonly unknown[], table: RowColumns): void {
    const { writer } = this;
    const offset = writer.position;
    if (table.order) this.noteOrder(offset, -1, table.order);
    for (const { row, order } of table.deviations) this.noteOrder(offset, row, order);
    writer.u8(Tag.table);
    writer.varint(rows.length);
    this.writeKeys(table.keys);
    const frame = this.push('table', array, rows, 0);
    frame.keys = table.keys;
    frame.columns = table.columns;
    // The directory: type and byte length of each column.
    frame.offsetsAt = writer.position;
    writer.reserve(5 * table.keys.length);
    writer.position += 5 * table.keys.length;
  }

  private advanceTable(frame: Frame): void {
    const { writer } = this;
    for (;;) {
      if (frame.index > 0) {
        const lengthAt = frame.offsetsAt + 5 * (frame.index - 1) + 1;
        writer.view.setUint32(lengthAt, writer.position - frame.cellsAt, true);
      }
      if (frame.index === frame.columns.length) break;
      const key = frame.keys[frame.index]!;
      const cells = frame.columns[frame.index]!;
      const plan = planColumn(cells);
      writer.bytes[frame.offsetsAt + 5 * frame.index] = plan.kind | plan.flags;
      frame.cellsAt = writer.position;
      frame.index++;
      if (plan.kind === ColumnKind.any) {
        this.pushColumn(key, cells, frame.items);
        return;
      }
      writeColumn(writer, cells, plan);
    }
    this.pop(frame);
  }

  private pushColumn(key: string, cells: readonly unknown[], rows: readonly unknown[]): void {
    const { writer } = this;
    const frame = this.push('column', undefined, cells, 0);
    frame.keys = [key];
    frame.rows = rows;
    frame.offsetsAt = writer.position;
    writer.reserve(4 * cells.length);
    writer.position += 4 * cells.length;
    frame.cellsAt = writer.position;
  }
}

/** Taken while a value is written: a Proxy's trap could ask for another encoding meanwhile. */
let spare: ValueEncoder | undefined;

/**
 * The bytes of a value, in a buffer of their own. Equal values (key order aside) have equal canonical regions.
 * Refuses, and never alters, what cannot be given back; references to one object are stored once each.
 */
export function encodeValue(value: unknown): Result<Uint8Array<ArrayBuffer>, ValueError> {
  return withEncoder((encoder) => encoder.encode(value));
}

/** A table by columns, each of `rowCount` cells: the bytes that `encodeValue` gives for its rows as objects. */
export function encodeTable(
  names: readonly string[],
  columns: readonly unknown[][],
  rowCount: number,
): Result<Uint8Array<ArrayBuffer>, ValueError> {
  if (rowCount === 0 || names.length === 0) return encodeValue([]);
  return withEncoder((encoder) => encoder.encodeTable(names, columns, rowCount));
}

function withEncoder<T>(work: (encoder: ValueEncoder) => T): T {
  const encoder = spare ?? new ValueEncoder();
  spare = undefined;
  try {
    return work(encoder);
  } finally {
    spare = encoder;
  }
}
