// Bytes become a value again: a fresh one, nothing shared with any other reading, nothing frozen. The bytes are
// not trusted; the walk keeps its own stack.

import { err, ok, type Result } from '#base/result.ts';
import { blankNullObject, blankObject } from './blank-object.ts';
import { ByteReader } from './byte-reader.ts';
import { ColumnReader } from './column-reader.ts';
import {
  addHoles,
  defineHidden,
  readBigInt,
  readBuffer,
  readErrorHead,
  readRegExp,
  readView,
} from './decode-builtin.ts';
import { ColumnKind, HEADER_BYTES, MAX_DEPTH, SMALL_INT, SMALL_TEXT, Tag } from './format.ts';
import {
  expectEnd,
  inOrder,
  noteAt,
  openStoredValue,
  orderOfShape,
  readKeys,
  type StoredValue,
} from './stored-value.ts';
import { type ColumnLayout, columnAt, readTableLayout, type TableLayout } from './table-layout.ts';
import { type CorruptValue, CorruptValueError } from './value-error.ts';

type Row = Record<string, unknown>;
type Step = 'items' | 'holey items' | 'keys' | 'map' | 'set' | 'error' | 'table' | 'column';

/** A container being filled. */
class Frame {
  step: Step = 'items';
  target: unknown = undefined;
  index = 0;
  count = 0;
  keys: readonly string[] = [];
  /** Where the container has to end, or 0. */
  end = 0;
  /** Of an array with holes: how long it has to be. */
  length = 0;
  mapKey: unknown = undefined;
  table: TableLayout | undefined = undefined;
  column: ColumnLayout | undefined = undefined;
}

const CHUNK_CELLS = 2 ** 20;

export class ValueDecoder {
  readonly stored: StoredValue;
  private readonly reader: ByteReader;
  private readonly frames: Frame[] = [];
  private depth = 0;

  constructor(stored: StoredValue) {
    this.stored = stored;
    this.reader = new ByteReader(stored.bytes, HEADER_BYTES, stored.shapesAt);
  }

  /** The value whose tag lies at `offset`. */
  decodeAt(offset: number): unknown {
    this.reader.position = offset;
    this.depth = 0;
    const value = this.read();
    while (this.depth > 0) this.advance(this.frames[this.depth - 1]!);
    return value;
  }

  decodeAll(): unknown {
    const value = this.decodeAt(HEADER_BYTES);
    expectEnd(this.reader);
    return value;
  }

  private push(step: Step, target: unknown, count: number, end: number): Frame {
    if (this.depth === MAX_DEPTH) throw new CorruptValueError('it is nested too deeply');
    let frame = this.frames[this.depth];
    if (frame === undefined) {
      frame = new Frame();
      this.frames.push(frame);
    }
    this.depth++;
    frame.step = step;
    frame.target = target;
    frame.index = 0;
    frame.count = count;
    frame.end = end;
    return frame;
  }

  private advance(frame: Frame): void {
    const { depth } = this;
    while (frame.index < frame.count) {
      const i = frame.index++;
      switch (frame.step) {
        case 'items':
          (frame.target as unknown[]).push(this.read());
          break;
        case 'holey items':
          this.readItem(frame.target as unknown[]);
          break;
        case 'keys':
          (frame.target as Row)[frame.keys[i]!] = this.read();
          break;
        case 'map':
          if (i % 2 === 0) frame.mapKey = this.read();
          else (frame.target as Map<unknown, unknown>).set(frame.mapKey, this.read());
          break;
        case 'set':
          (frame.target as Set<unknown>).add(this.read());
          break;
        case 'error':
          defineHidden(frame.target as Error, frame.keys[i]!, this.read());
          break;
        case 'table':
          this.openColumn(frame, i);
          break;
        case 'column':
          this.readCell(frame, i);
      }
      if (this.depth !== depth) return;
    }
    const short = frame.step === 'holey items' && (frame.target as unknown[]).length !== frame.length;
    if (short || (frame.end > 0 && frame.end !== this.reader.position)) {
      throw new CorruptValueError('a part of it is not as long as it says');
    }
    this.depth--;
  }

  private readItem(array: unknown[]): void {
    const { reader } = this;
    if (reader.bytes[reader.position] === Tag.holes && reader.position < reader.end) {
      reader.position++;
      addHoles(array, reader.varint());
    } else {
      array.push(this.read());
    }
  }

  /** A value without parts, or a container that the frame pushed for it will fill. */
  private read(): unknown {
    const { reader } = this;
    const offset = reader.position;
    const tag = reader.u8();
    if (tag >= SMALL_TEXT) return reader.textBytes(Tag.ascii, tag - SMALL_TEXT);
    if (tag >= SMALL_INT) return tag - SMALL_INT;
    switch (tag) {
      case Tag.undefined:
        return undefined;
      case Tag.null:
        return null;
      case Tag.false:
        return false;
      case Tag.true:
        return true;
      case Tag.int: {
        const folded = reader.varint();
        return (folded >>> 1) ^ -(folded & 1);
      }
      case Tag.float:
        return reader.f64();
      case Tag.bigint:
        return readBigInt(reader);
      case Tag.ascii:
      case Tag.utf8:
      case Tag.utf16:
        return reader.textBytes(tag, reader.u32());
      case Tag.date:
        return new Date(reader.f64());
      case Tag.regexp:
        return readRegExp(reader);
      case Tag.error: {
        const { error, held } = readErrorHead(reader);
        this.push('error', error, held.length, 0).keys = held;
        return error;
      }
      case Tag.buffer:
        return readBuffer(reader);
      case Tag.view:
        return readView(reader);
      case Tag.object:
      case Tag.nullObject:
        return this.readObject(offset, tag === Tag.nullObject);
      case Tag.bigObject:
      case Tag.nullBigObject:
        return this.readBigObject(offset, tag === Tag.nullBigObject);
      case Tag.array:
      case Tag.longArray:
        return this.readContainer('items', [], tag === Tag.longArray);
      case Tag.holeyArray:
        return this.readHoleyArray();
      case Tag.map:
      case Tag.longMap:
        return this.readContainer('map', new Map(), tag === Tag.longMap);
      case Tag.set:
      case Tag.longSet:
        return this.readContainer('set', new Set(), tag === Tag.longSet);
      case Tag.list:
        return this.readList();
      case Tag.table:
        return this.readTable(offset);
      default:
        throw new CorruptValueError(`it holds a value of an unknown kind (${tag})`);
    }
  }

  private readLength(): number {
    const length = this.reader.u32();
    const end = this.reader.position + length;
    if (end > this.reader.end) throw new CorruptValueError('it is cut off');
    return end;
  }

  private readContainer(step: Step, target: unknown, long: boolean): unknown {
    const end = long ? this.readLength() : 0;
    const parts = step === 'map' ? 2 : 1;
    this.push(step, target, this.reader.count(parts) * parts, end);
    return target;
  }

  private readHoleyArray(): unknown[] {
    const end = this.readLength();
    const array: unknown[] = [];
    const frame = this.push('holey items', array, this.reader.count(1), end);
    frame.length = this.reader.varint();
    return array;
  }

  private readObject(offset: number, isNull: boolean): Row {
    const { stored } = this;
    const shape = stored.shapes[this.reader.varint()];
    if (shape === undefined) throw new CorruptValueError('it names a shape that it does not hold');
    const { keys } = shape;
    const note = noteAt(stored, offset);
    let object: Row;
    if (isNull || note >= 0) {
      const order = note >= 0 ? stored.orders?.orderOf(note, keys.length) : orderOfShape(stored, shape);
      object = (isNull ? blankNullObject : blankObject)(inOrder(keys, order));
    } else if (shape.template !== undefined) {
      object = { ...shape.template };
    } else {
      object = blankObject(inOrder(keys, orderOfShape(stored, shape)));
      if (shape.used) shape.template = { ...object };
      shape.used = true;
    }
    this.push('keys', object, keys.length, 0).keys = keys;
    return object;
  }

  private readBigObject(offset: number, isNull: boolean): Row {
    const end = this.readLength();
    const keys = readKeys(this.reader);
    const note = noteAt(this.stored, offset);
    const order = note >= 0 ? this.stored.orders?.orderOf(note, keys.length) : undefined;
    const object = (isNull ? blankNullObject : blankObject)(inOrder(keys, order));
    this.push('keys', object, keys.length, end).keys = keys;
    return object;
  }

  private readList(): unknown[] {
    const { reader } = this;
    const count = reader.varint();
    const type = reader.u8();
    const layout = columnAt(reader, type, reader.u32(), count);
    if (layout.kind === ColumnKind.any) throw new CorruptValueError('a list in it is damaged');
    const items = new Array<unknown>(count);
    new ColumnReader(reader.bytes, layout, count).read(0, count, items);
    return items;
  }

  private readTable(offset: number): Row[] {
    const { reader, stored } = this;
    const table = readTableLayout(reader);
    const { rowCount, keys } = table;
    const note = noteAt(stored, offset);
    const order = note >= 0 ? stored.orders?.orderOf(note, keys.length) : undefined;
    const displayed = inOrder(keys, order);
    const rows = new Array<Row>(rowCount);
    for (const [row, id] of stored.orders?.ofRows(offset) ?? []) {
      if (row >= rowCount) throw new CorruptValueError('it notes the order of a row that it does not hold');
      rows[row] = blankObject(inOrder(keys, stored.orders?.orderOf(id, keys.length)));
    }
    fillRows(rows, displayed, table, reader.bytes);
    const mixed = table.columns.some((column) => column.kind === ColumnKind.any);
    if (mixed) this.push('table', rows, keys.length, table.end).table = table;
    return rows;
  }

  private openColumn(frame: Frame, i: number): void {
    const { columns, keys, rowCount, end } = frame.table!;
    const column = columns[i]!;
    if (column.kind === ColumnKind.any) {
      this.reader.position = column.start + 4 * rowCount;
      const opened = this.push('column', frame.target, rowCount, column.end);
      opened.column = column;
      opened.keys = [keys[i]!];
    } else if (i === columns.length - 1) {
      this.reader.position = end;
    }
  }

  private readCell(frame: Frame, i: number): void {
    const { reader } = this;
    const { start } = frame.column!;
    const offset = reader.view.getUint32(start + 4 * i, true);
    if (start + 4 * frame.count + offset !== reader.position) {
      throw new CorruptValueError('a cell of it lies elsewhere than noted');
    }
    (frame.target as Row[])[i]![frame.keys[0]!] = this.read();
  }
}

/** Makes the rows that are not there yet and sets the cells of all columns but those of kind `any`. */
function fillRows(rows: Row[], displayed: readonly string[], table: TableLayout, bytes: Uint8Array): void {
  const { rowCount } = table;
  const keys: string[] = [];
  const columns: ColumnReader[] = [];
  table.columns.forEach((column, i) => {
    if (column.kind === ColumnKind.any) return;
    keys.push(table.keys[i]!);
    columns.push(new ColumnReader(bytes, column, rowCount));
  });
  const width = columns.length;
  const chunk = Math.max(16, Math.min(1024, Math.floor(CHUNK_CELLS / Math.max(1, width))));
  const cells = columns.map(() => new Array<unknown>(Math.min(chunk, rowCount)));
  const template = blankObject(displayed);
  const growing = canGrow(displayed, width) ? displayed.map((key) => cells[keys.indexOf(key)]!) : undefined;
  for (let from = 0; from < rowCount; from += chunk) {
    const to = Math.min(rowCount, from + chunk);
    for (let i = 0; i < width; i++) columns[i]!.read(from, to, cells[i]!);
    for (let row = from; row < to; row++) {
      let object = rows[row];
      if (object === undefined && growing !== undefined) {
        object = {};
        for (let i = 0; i < width; i++) object[displayed[i]!] = growing[i]![row - from];
      } else {
        object ??= { ...template };
        for (let i = 0; i < width; i++) object[keys[i]!] = cells[i]![row - from];
      }
      rows[row] = object;
    }
  }
}

const GROWING_WIDTH = 64;

// Rows that grow key by key are frozen ten times faster in V8 than copies of a template. A key that plain objects
// inherit cannot be set that way.
const canGrow = (displayed: readonly string[], width: number): boolean =>
  width === displayed.length &&
  width <= GROWING_WIDTH &&
  displayed.every((key) => !(key in Object.prototype));

/** The value, fresh and unfrozen, keys in the order in which they were; throws an Error on bytes that hold none. */
export function decodeValue(bytes: Uint8Array): unknown {
  const result = tryDecodeValue(bytes);
  if (!result.ok) throw new CorruptValueError(result.error.reason);
  return result.value;
}

/** The same for bytes from someone who is not trusted. Time and memory are bounded by the length of the bytes. */
export function tryDecodeValue(bytes: Uint8Array): Result<unknown, CorruptValue> {
  try {
    return ok(new ValueDecoder(openStoredValue(bytes)).decodeAll());
  } catch (thrown) {
    const reason = thrown instanceof CorruptValueError ? thrown.reason : 'it asks for more than there can be';
    return err({ type: 'CorruptValue', reason });
  }
}
