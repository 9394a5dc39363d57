// Reads the primitive forms of the format. The bytes may be hostile: every length is checked against what is
// left before anything is allocated for it.

import { SMALL_TEXT, Tag, type TextForm } from './format.ts';
import { CorruptValueError } from './value-error.ts';

const SHORT_TEXT = 24;
const UNITS_AT_ONCE = 4096;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const floatBytes = new Uint8Array(8);
const floatView = new DataView(floatBytes.buffer);
const { fromCharCode } = String;

export class ByteReader {
  readonly bytes: Uint8Array;
  position: number;
  /** Nothing is read at or beyond this offset. */
  readonly end: number;
  private lazyView: DataView | undefined = undefined;

  constructor(bytes: Uint8Array, position: number, end: number) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get view(): DataView {
    this.lazyView ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    return this.lazyView;
  }

  /** Takes so many bytes and gives the offset of the first. */
  skip(count: number): number {
    const start = this.position;
    if (count > this.end - start) throw new CorruptValueError('it is cut off');
    this.position = start + count;
    return start;
  }

  u8(): number {
    if (this.position >= this.end) throw new CorruptValueError('it is cut off');
    return this.bytes[this.position++]!;
  }

  u32(): number {
    const at = this.skip(4);
    const { bytes } = this;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  varint(): number {
    let byte = this.u8();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let scale = 128; scale <= 2 ** 28; scale *= 128) {
      byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw new CorruptValueError('a number in it is too long');
  }

  /** A count of things that take at least so many bytes each. */
  count(leastBytes: number): number {
    const count = this.varint();
    if (count * leastBytes > this.end - this.position) throw new CorruptValueError('it is cut off');
    return count;
  }

  f64(): number {
    const at = this.skip(8);
    for (let i = 0; i < 8; i++) floatBytes[i] = this.bytes[at + i]!;
    return floatView.getFloat64(0, true);
  }

  /** A tagged text. */
  text(): string {
    const tag = this.u8();
    if (tag >= SMALL_TEXT) return this.textBytes(Tag.ascii, tag - SMALL_TEXT);
    if (tag !== Tag.ascii && tag !== Tag.utf8 && tag !== Tag.utf16) {
      throw new CorruptValueError('a text is missing');
    }
    return this.textBytes(tag, this.u32());
  }

  /** The text of the next `size` bytes. */
  textBytes(form: TextForm, size: number): string {
    const start = this.skip(size);
    const { bytes } = this;
    if (form === Tag.utf16) return textOfUnits(bytes, start, size);
    if (form === Tag.ascii && size <= SHORT_TEXT) {
      let text = '';
      for (let i = start; i < start + size; i++) text += fromCharCode(bytes[i]!);
      return text;
    }
    try {
      return decoder.decode(bytes.subarray(start, start + size));
    } catch {
      throw new CorruptValueError('a text in it is damaged');
    }
  }
}

function textOfUnits(bytes: Uint8Array, start: number, size: number): string {
  if (size % 2 !== 0) throw new CorruptValueError('a text in it is damaged');
  let text = '';
  for (let from = 0; from < size; from += 2 * UNITS_AT_ONCE) {
    const units: number[] = [];
    for (let i = from; i < Math.min(size, from + 2 * UNITS_AT_ONCE); i += 2) {
      units.push(bytes[start + i]! | (bytes[start + i + 1]! << 8));
    }
    text += fromCharCode(...units);
  }
  return text;
}
