// Makes the built-in objects that hold no other values, and errors without what they hold.

import type { ByteReader } from './byte-reader.ts';
import { ERROR_HAS_CAUSE, ERROR_HAS_ERRORS, ERROR_HAS_MESSAGE, ERROR_TYPES, VIEW_TYPES } from './format.ts';
import { CorruptValueError } from './value-error.ts';

export function readBigInt(reader: ByteReader): bigint {
  const text = reader.text();
  if (!/^-?[0-9a-f]+$/.test(text)) throw new CorruptValueError('a bigint in it is damaged');
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
}

export function readRegExp(reader: ByteReader): RegExp {
  const source = reader.text();
  const flags = reader.text();
  const lastIndex = reader.varint();
  try {
    const pattern = new RegExp(source, flags);
    pattern.lastIndex = lastIndex;
    return pattern;
  } catch {
    throw new CorruptValueError('a regular expression in it is not one here');
  }
}

export function readBuffer(reader: ByteReader): ArrayBuffer {
  const size = reader.u32();
  const start = reader.skip(size);
  const copy = new Uint8Array(size);
  copy.set(reader.bytes.subarray(start, start + size));
  return copy.buffer;
}

export function readView(reader: ByteReader): ArrayBufferView {
  const type = VIEW_TYPES[reader.u8()] as typeof Uint8Array | undefined;
  const buffer = readBuffer(reader);
  if (type === undefined || buffer.byteLength % (type.BYTES_PER_ELEMENT ?? 1) !== 0) {
    throw new CorruptValueError('a typed array in it is damaged');
  }
  return new type(buffer);
}

/** An error, and the keys of the values that follow it. Its stack is its name and message. */
export function readErrorHead(reader: ByteReader): { error: Error; held: string[] } {
  const type = ERROR_TYPES[reader.u8()];
  const flags = reader.u8();
  if (type === undefined) throw new CorruptValueError('an error in it is of no known class');
  const error = type === AggregateError ? new AggregateError([]) : new (type as ErrorConstructor)();
  if (type === AggregateError) Reflect.deleteProperty(error, 'errors');
  if ((flags & ERROR_HAS_MESSAGE) !== 0) defineHidden(error, 'message', reader.text());
  defineHidden(error, 'stack', `${error.name}: ${error.message}`);
  const held: string[] = [];
  if ((flags & ERROR_HAS_CAUSE) !== 0) held.push('cause');
  if ((flags & ERROR_HAS_ERRORS) !== 0) held.push('errors');
  return { error, held };
}

export function defineHidden(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

/** Lengthens an array by missing items. A long gap is made without memory for what is not there. */
export function addHoles(array: unknown[], count: number): void {
  const length = array.length + count;
  if (length > 0xffffffff || count === 0) throw new CorruptValueError('an array in it is too long');
  if (count > 64) {
    // An item with unusual attributes turns the array into a sparse one.
    Object.defineProperty(array, length - 1, { value: 0, writable: false, configurable: true });
    Reflect.deleteProperty(array, length - 1);
  }
  array.length = length;
}
