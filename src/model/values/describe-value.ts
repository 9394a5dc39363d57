// What a stored value is, from its first bytes.

import type { ValueSummary } from '../events.ts';
import { ByteReader } from './byte-reader.ts';
import {
  ERROR_HAS_MESSAGE,
  ERROR_TYPES,
  HEADER_BYTES,
  SMALL_INT,
  SMALL_TEXT,
  Tag,
  VIEW_TYPES,
} from './format.ts';
import { bigIntText, dateText, numberText, readTextStart, shorten } from './scalar-text.ts';
import { readHeader, readKeys } from './stored-value.ts';
import { CorruptValueError } from './value-error.ts';

/** Says what a value is; of kind "unreadable" when the bytes are none. Never throws, and reads little. */
export function describeValue(bytes: Uint8Array): ValueSummary {
  try {
    const { shapesAt, canonicalEnd } = readHeader(bytes);
    const reader = new ByteReader(bytes, HEADER_BYTES, shapesAt);
    return describeAt(reader, () => {
      // The root of a value has the first shape.
      const shapes = new ByteReader(bytes, shapesAt, canonicalEnd);
      shapes.count(1);
      return readKeys(shapes).length;
    });
  } catch (thrown) {
    return { kind: 'unreadable', text: thrown instanceof CorruptValueError ? shorten(thrown.reason) : '' };
  }
}

/** The summary of the value that begins at the reader's position; the reader ends up somewhere inside it. */
export function describeAt(reader: ByteReader, keysOfShape: (shape: number) => number): ValueSummary {
  const tag = reader.u8();
  if (tag >= SMALL_TEXT) return { kind: 'string', text: reader.textBytes(Tag.ascii, tag - SMALL_TEXT) };
  if (tag >= SMALL_INT) return { kind: 'number', text: String(tag - SMALL_INT) };
  switch (tag) {
    case Tag.undefined:
      return { kind: 'undefined', text: 'undefined' };
    case Tag.null:
      return { kind: 'null', text: 'null' };
    case Tag.false:
      return { kind: 'boolean', text: 'false' };
    case Tag.true:
      return { kind: 'boolean', text: 'true' };
    case Tag.int: {
      const folded = reader.varint();
      return { kind: 'number', text: String((folded >>> 1) ^ -(folded & 1)) };
    }
    case Tag.float:
      return { kind: 'number', text: numberText(reader.f64()) };
    case Tag.bigint:
      return { kind: 'bigint', text: bigIntText(reader.text()) };
    case Tag.ascii:
    case Tag.utf8:
    case Tag.utf16:
      return { kind: 'string', text: readTextStart(reader, tag) };
    case Tag.date:
      return { kind: 'date', text: dateText(reader.f64()) };
    case Tag.regexp:
      return { kind: 'regexp', text: shorten(`/${reader.text()}/${reader.text()}`) };
    case Tag.error: {
      const name = ERROR_TYPES[reader.u8()]?.name ?? 'Error';
      const message = (reader.u8() & ERROR_HAS_MESSAGE) !== 0 ? reader.text() : '';
      return { kind: 'error', text: shorten(message === '' ? name : `${name}: ${message}`) };
    }
    case Tag.buffer:
      return { kind: 'bytes', count: reader.u32(), text: 'ArrayBuffer' };
    case Tag.view:
      return describeView(reader);
    case Tag.holes:
      return { kind: 'empty', count: reader.varint() };
    case Tag.table: {
      const count = reader.varint();
      return { kind: 'table', count, columns: reader.varint() };
    }
    case Tag.object:
    case Tag.nullObject:
      return { kind: 'object', count: keysOfShape(reader.varint()) };
    case Tag.bigObject:
    case Tag.nullBigObject:
      reader.u32();
      return { kind: 'object', count: reader.varint() };
    case Tag.holeyArray:
      reader.u32();
      reader.varint();
      return { kind: 'array', count: reader.varint() };
    case Tag.longArray:
      reader.u32();
      return { kind: 'array', count: reader.varint() };
    case Tag.array:
    case Tag.list:
      return { kind: 'array', count: reader.varint() };
    case Tag.longMap:
      reader.u32();
      return { kind: 'map', count: reader.varint() };
    case Tag.map:
      return { kind: 'map', count: reader.varint() };
    case Tag.longSet:
      reader.u32();
      return { kind: 'set', count: reader.varint() };
    case Tag.set:
      return { kind: 'set', count: reader.varint() };
    default:
      throw new CorruptValueError(`it holds a value of an unknown kind (${tag})`);
  }
}

function describeView(reader: ByteReader): ValueSummary {
  const type = VIEW_TYPES[reader.u8()];
  const size = reader.u32();
  if (type === undefined) throw new CorruptValueError('a typed array in it is damaged');
  const text = type.name;
  if (type === Uint8Array || type === DataView) return { kind: 'bytes', count: size, text };
  return { kind: 'typed array', count: size / (type as typeof Float64Array).BYTES_PER_ELEMENT, text };
}
