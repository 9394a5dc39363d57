// Numbers, texts and the other values that hold no further ones, as bytes (values.md).

import type { ByteWriter } from './byte-writer.ts';
import { SMALL_INT, Tag } from './format.ts';
import { Refusal } from './value-error.ts';

/** False, with nothing written, for an object. */
export function writeScalar(writer: ByteWriter, value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      writeNumber(writer, value);
      return true;
    case 'string':
      writer.text(value);
      return true;
    case 'boolean':
      writer.u8(value ? Tag.true : Tag.false);
      return true;
    case 'undefined':
      writer.u8(Tag.undefined);
      return true;
    case 'bigint':
      writer.u8(Tag.bigint);
      writer.text(value.toString(16));
      return true;
    case 'object':
      if (value !== null) return false;
      writer.u8(Tag.null);
      return true;
    case 'function':
      throw new Refusal('a function cannot be stored');
    default:
      throw new Refusal('a symbol cannot be stored');
  }
}

function writeNumber(writer: ByteWriter, value: number): void {
  if ((value | 0) !== value || (value === 0 && !Object.is(value, 0))) {
    writer.u8(Tag.float);
    writer.f64(value);
  } else if (value >= 0 && value < 64) {
    writer.u8(SMALL_INT + value);
  } else {
    writer.u8(Tag.int);
    writer.varint(((value << 1) ^ (value >> 31)) >>> 0);
  }
}
