// Steps over a stored value without making it.

import type { ByteReader } from './byte-reader.ts';
import {
  ERROR_HAS_CAUSE,
  ERROR_HAS_ERRORS,
  ERROR_HAS_MESSAGE,
  SMALL_INT,
  SMALL_TEXT,
  Tag,
} from './format.ts';
import type { StoredValue } from './stored-value.ts';
import { readTableLayout } from './table-layout.ts';
import { CorruptValueError } from './value-error.ts';

/** How many values may be stepped over one by one: most large ones say how long they are. */
export interface SkipAllowance {
  left: number;
}

/** Moves the reader behind the value at its position; false when the allowance is used up on the way. */
export function skipValue(reader: ByteReader, stored: StoredValue, allowance: SkipAllowance): boolean {
  let waiting = 1;
  while (waiting > 0) {
    if (allowance.left-- <= 0) return false;
    waiting += skipHead(reader, stored) - 1;
  }
  return true;
}

/** Steps over what a value holds itself; gives the number of values that follow as its parts. */
function skipHead(reader: ByteReader, stored: StoredValue): number {
  const tag = reader.u8();
  if (tag >= SMALL_TEXT) reader.skip(tag - SMALL_TEXT);
  if (tag >= SMALL_INT) return 0;
  switch (tag) {
    case Tag.undefined:
    case Tag.null:
    case Tag.false:
    case Tag.true:
      return 0;
    case Tag.int:
    case Tag.holes:
      reader.varint();
      return 0;
    case Tag.float:
    case Tag.date:
      reader.skip(8);
      return 0;
    case Tag.bigint:
      skipText(reader);
      return 0;
    case Tag.regexp:
      skipText(reader);
      skipText(reader);
      reader.varint();
      return 0;
    case Tag.error: {
      reader.u8();
      const flags = reader.u8();
      if ((flags & ERROR_HAS_MESSAGE) !== 0) skipText(reader);
      return (flags & ERROR_HAS_CAUSE ? 1 : 0) + (flags & ERROR_HAS_ERRORS ? 1 : 0);
    }
    case Tag.view:
      reader.u8();
      reader.skip(reader.u32());
      return 0;
    case Tag.list:
      reader.varint();
      reader.u8();
      reader.skip(reader.u32());
      return 0;
    case Tag.table:
      readTableLayout(reader);
      return 0;
    case Tag.object:
    case Tag.nullObject: {
      const shape = stored.shapes[reader.varint()];
      if (shape === undefined) throw new CorruptValueError('it names a shape that it does not hold');
      return shape.keys.length;
    }
    case Tag.array:
    case Tag.set:
      return reader.count(1);
    case Tag.map:
      return 2 * reader.count(2);
    default:
      if (tag > Tag.holeyArray) throw new CorruptValueError(`it holds a value of an unknown kind (${tag})`);
      // Texts, buffers and the long forms of containers begin with their byte length.
      reader.skip(reader.u32());
      return 0;
  }
}

function skipText(reader: ByteReader): void {
  const tag = reader.u8();
  reader.skip(tag >= SMALL_TEXT ? tag - SMALL_TEXT : reader.u32());
}
