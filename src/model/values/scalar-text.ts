// A short text for a value without parts, read from its bytes without reading all of a long one.

import type { ByteReader } from './byte-reader.ts';
import { Tag } from './format.ts';
import { CorruptValueError } from './value-error.ts';

const MAX_TEXT = 80;
/** Enough bytes for MAX_TEXT units in any form. */
const START_BYTES = 4 * MAX_TEXT;
const MAX_HEX = 40;

/** At most 80 UTF-16 units, the last an ellipsis when something is left out. */
export function shorten(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const last = text.charCodeAt(MAX_TEXT - 2);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splitsPair ? MAX_TEXT - 2 : MAX_TEXT - 1)}…`;
}

/** The shortened text whose form (tag) was read; the reader ends up behind it. */
export function readTextStart(reader: ByteReader, form: number): string {
  if (form !== Tag.ascii && form !== Tag.utf8 && form !== Tag.utf16) {
    throw new CorruptValueError('a text is missing');
  }
  const size = reader.u32();
  const start = reader.position;
  reader.skip(size);
  let part = Math.min(size, START_BYTES);
  if (form === Tag.utf8 && part < size) {
    while (part > 0 && (reader.bytes[start + part]! & 0xc0) === 0x80) part--;
  }
  reader.position = start;
  const text = reader.textBytes(form, part);
  reader.position = start + size;
  return shorten(text);
}

/** A bigint's digits; a long one's first digits in hexadecimal. */
export function bigIntText(hex: string): string {
  const negative = hex.startsWith('-');
  const digits = negative ? hex.slice(1) : hex;
  if (!/^[0-9a-f]+$/.test(digits)) throw new CorruptValueError('a bigint in it is damaged');
  const text = digits.length <= MAX_HEX ? String(BigInt(`0x${digits}`)) : `0x${digits}`;
  return shorten(negative ? `-${text}` : text);
}

export const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

export function dateText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString();
}
