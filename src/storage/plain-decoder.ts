// The other half of plain-encoder.ts. It reads only bytes whose checksum was right, and throws a RangeError
// should they make no sense all the same.

import { CONSTANTS, Token } from './plain-encoder.ts';

export class PlainDecoder {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at: number;
  private strings: readonly string[] = [];
  private shapeParents: number[] = [0];
  private shapeKeys: string[] = [''];
  private readonly shapes: (readonly string[] | undefined)[] = [[]];

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  /** Cuts `text` into its strings by the lengths that follow. */
  readStrings(text: string, count: number): void {
    const strings: string[] = [];
    let start = 0;
    for (let index = 0; index < count; index += 1) {
      const end = start + this.varint();
      strings.push(text.slice(start, end));
      start = end;
    }
    this.strings = strings;
  }

  readShapes(count: number): void {
    for (let index = 1; index < count; index += 1) {
      this.shapeParents.push(this.varint());
      this.shapeKeys.push(internalized(this.string(this.varint())));
    }
  }

  read(): unknown {
    const token = this.varint();
    const number = token >>> 3;
    switch (token & 7) {
      case Token.string:
        return this.string(number);
      case Token.object:
        return this.readObject(this.shape(number));
      case Token.array: {
        if (number > this.bytes.length - this.at) throw new RangeError('An array is longer than its bytes');
        const items: unknown[] = [];
        for (let index = 0; index < number; index += 1) items.push(this.read());
        return items;
      }
      case Token.integer:
        return number;
      case Token.negative:
        return -number;
      case Token.float:
        this.at += 8;
        return this.view.getFloat64(this.at - 8, true);
      case Token.constant:
        return CONSTANTS[number];
      default: {
        const object: Record<string, unknown> = {};
        for (let index = 0; index < number; index += 1) {
          const key = this.string(this.varint());
          define(object, key, this.read());
        }
        return object;
      }
    }
  }

  private readObject(keys: readonly string[]): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index += 1) define(object, keys[index]!, this.read());
    return object;
  }

  private shape(id: number): readonly string[] {
    const known = this.shapes[id];
    if (known) return known;
    const keys: string[] = [];
    for (let node = id; node !== 0; node = this.shapeParents[node]!) {
      const key = this.shapeKeys[node];
      if (key === undefined) throw new RangeError('A shape is missing');
      keys.push(key);
    }
    keys.reverse();
    this.shapes[id] = keys;
    return keys;
  }

  private string(id: number): string {
    const text = this.strings[id];
    if (text === undefined) throw new RangeError('A string is missing');
    return text;
  }

  private varint(): number {
    let byte = this.bytes[this.at++]!;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; shift < 35; shift += 7) {
      byte = this.bytes[this.at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new RangeError('A number does not end');
  }
}

/** The engine's own copy of a key, which stores need not look up again each time. */
function internalized(key: string): string {
  return Object.keys({ [key]: 0 })[0]!;
}

/** A key named __proto__ is a key like any other. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}
