// A growing buffer with the primitive forms of the format. It knows nothing of values.

import { MAX_VALUE_BYTES, SMALL_TEXT, Tag, type TextForm } from './format.ts';
import { Refusal } from './value-error.ts';

const FIRST_BYTES = 64 * 1024;
/** A buffer that grew beyond this is dropped after use. */
const KEPT_BYTES = 8 * 1024 * 1024;
const SHORT_TEXT = 40;
const LONE_SURROGATE = /\p{Surrogate}/u;
const encoder = new TextEncoder();

export class ByteWriter {
  bytes = new Uint8Array(FIRST_BYTES);
  view = new DataView(this.bytes.buffer);
  position = 0;

  /** Makes room for so many more bytes. */
  reserve(count: number): void {
    if (this.position + count > this.bytes.length) this.grow(count);
  }

  private grow(count: number): void {
    const needed = this.position + count;
    if (needed > MAX_VALUE_BYTES) throw new Refusal('is too large: a value takes at most 1.5 GB');
    let larger: Uint8Array<ArrayBuffer>;
    try {
      larger = new Uint8Array(Math.min(MAX_VALUE_BYTES, Math.max(needed, this.bytes.length * 2)));
    } catch {
      throw new Refusal('is too large for the memory that is left');
    }
    larger.set(this.bytes.subarray(0, this.position));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  /** An unsigned 32-bit number in one to five bytes. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.position++] = (rest & 0x7f) | 0x80;
      rest = rest >>> 7;
    }
    this.bytes[this.position++] = rest;
  }

  /** Eight bytes; every NaN is written alike. */
  f64(value: number): void {
    this.reserve(8);
    if (Number.isNaN(value)) {
      this.view.setUint32(this.position, 0, true);
      this.view.setUint32(this.position + 4, 0x7ff80000, true);
    } else {
      this.view.setFloat64(this.position, value, true);
    }
    this.position += 8;
  }

  raw(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.position);
    this.position += source.length;
  }

  /** A tagged text: the shortest of the three forms that holds it exactly. */
  text(text: string): void {
    const length = text.length;
    if (length <= SHORT_TEXT) {
      this.reserve(length + 1);
      const bytes = this.bytes;
      const start = this.position;
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) break;
        bytes[start + 1 + i] = unit;
      }
      if (i === length) {
        bytes[start] = SMALL_TEXT + length;
        this.position = start + 1 + length;
        return;
      }
    }
    const start = this.position;
    this.reserve(5);
    this.position += 5;
    const form = this.textBytes(text);
    const size = this.position - start - 5;
    if (form === Tag.ascii && size < 64) {
      this.bytes[start] = SMALL_TEXT + size;
      this.bytes.copyWithin(start + 1, start + 5, this.position);
      this.position -= 4;
      return;
    }
    this.bytes[start] = form;
    this.view.setUint32(start + 1, size, true);
  }

  /** The bytes of a text without tag or length, and the form they take. */
  textBytes(text: string): TextForm {
    const start = this.position;
    let rest = text;
    while (rest.length > 0) {
      this.reserve(rest.length + 8);
      const { read, written } = encoder.encodeInto(rest, this.bytes.subarray(this.position));
      this.position += written;
      if (read === rest.length) break;
      rest = rest.slice(read);
    }
    if (this.position - start === text.length) return Tag.ascii;
    if (!LONE_SURROGATE.test(text)) return Tag.utf8;
    this.position = start;
    this.reserve(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      this.view.setUint16(this.position, text.charCodeAt(i), true);
      this.position += 2;
    }
    return Tag.utf16;
  }

  /** A copy of what was written, in a buffer of its own; the writer starts again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.position);
    this.reset();
    return taken;
  }

  reset(): void {
    this.position = 0;
    if (this.bytes.length <= KEPT_BYTES) return;
    this.bytes = new Uint8Array(FIRST_BYTES);
    this.view = new DataView(this.bytes.buffer);
  }
}
