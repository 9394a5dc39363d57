// A growing run of bytes with the few primitives that the segment codec needs.

export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  /** A whole number in [0, 2^32), seven bits a byte, least first. */
  varint(value: number): void {
    if (this.length + 5 > this.bytes.length) this.grow(5);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  float64(value: number): void {
    if (this.length + 8 > this.bytes.length) this.grow(8);
    FLOAT[0] = value;
    for (let index = 0; index < 8; index += 1) this.bytes[this.length + index] = FLOAT_BYTES[index]!;
    this.length += 8;
  }

  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + by));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

const FLOAT = new Float64Array(1);
const FLOAT_BYTES = new Uint8Array(FLOAT.buffer);
