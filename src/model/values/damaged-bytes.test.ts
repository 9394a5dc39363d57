import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalRange } from './canonical-range.ts';
import { decodeValue, tryDecodeValue } from './decode-value.ts';
import { describeValue } from './describe-value.ts';
import { encodeValue } from './encode-value.ts';
import { HAS_NULL, Tag } from './format.ts';
import { previewValue } from './preview-value.ts';
import { readTablePage } from './table-reader.ts';

function encoded(value: unknown): Uint8Array<ArrayBuffer> {
  const result = encodeValue(value);
  if (!result.ok) throw new Error(`${result.error.path} ${result.error.reason}`);
  return result.value;
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
});
const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.double(), fc.constant(null), anything);
const rows = fc
  .tuple(
    fc.array(cell, { minLength: 1, maxLength: 20 }),
    fc.array(fc.string(), { minLength: 1 }),
    fc.double(),
  )
  .map(([cells, texts, float]) =>
    cells.map((mixed, i) => {
      const text = texts[i % texts.length];
      const row = { text, mixed, float: i ? float : null, even: i % 2 === 0, i, at: new Date(i), kind: 'x' };
      return i % 3 === 1 ? Object.fromEntries(Object.entries(row).reverse()) : row;
    }),
  );
const storable = fc.oneof(
  anything,
  rows,
  anything.map((cause) => [new TypeError('no', { cause }), /a/g, new DataView(new ArrayBuffer(2))]),
);

describe('damaged bytes', () => {
  const read = (bytes: Uint8Array) => {
    const result = tryDecodeValue(bytes);
    describeValue(bytes);
    for (const attempt of [
      () => decodeValue(bytes),
      () => canonicalRange(bytes),
      () => readTablePage(bytes, 0, 20),
      () => previewValue(bytes, { maxNodes: 50 }),
    ]) {
      try {
        attempt();
      } catch (thrown) {
        expect((thrown as Error).message).toMatch(/^The stored value cannot be read: /);
      }
    }
    return result.ok;
  };

  it('are refused when they are cut off anywhere', () => {
    fc.assert(
      fc.property(storable, (value) => {
        const bytes = encoded(value);
        for (let length = 0; length < Math.min(bytes.length, 400); length++) {
          expect(read(bytes.slice(0, length))).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('give an error or a value when they are changed anywhere', () => {
    fc.assert(
      fc.property(
        storable,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }),
        (value, changes) => {
          const bytes = encoded(value);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          read(bytes);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('give an error or a value when they are made up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.boolean(), (body, shapes) => {
        const bytes = new Uint8Array(12 + body.length);
        bytes.set([0x48, 0x56, 0, 1]);
        const view = new DataView(bytes.buffer);
        view.setUint32(4, bytes.length, true);
        view.setUint32(8, shapes ? 12 + Math.ceil(body.length / 2) : bytes.length, true);
        bytes.set(body, 12);
        read(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('are refused before memory is taken for what they only claim to hold', () => {
    const claim = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for (const body of [
      [Tag.array, ...claim],
      [Tag.map, ...claim],
      [Tag.list, ...claim, 1, 1, 0, 0, 0, 0xff],
      [Tag.list, ...claim, HAS_NULL, 0, 0, 0, 0],
      [Tag.table, ...claim, 1, 0xc1, 0x61, 1, 1, 0, 0, 0, 0xff],
      [Tag.table, 1, ...claim],
      [Tag.bigObject, 0xff, 0xff, 0xff, 0xff, ...claim],
      [Tag.utf8, 0xff, 0xff, 0xff, 0x7f],
      [Tag.buffer, 0xff, 0xff, 0xff, 0x7f],
      [Tag.view, 1, 0xff, 0xff, 0xff, 0x7f],
    ]) {
      const bytes = new Uint8Array([...encoded(0).subarray(0, 12), ...body]);
      bytes[4] = bytes[8] = bytes.length;
      expect(read(bytes)).toBe(false);
    }
  });

  it('name another format version', () => {
    const bytes = encoded(1);
    bytes[3] = 9;
    expect(tryDecodeValue(bytes)).toEqual({
      ok: false,
      error: { type: 'CorruptValue', reason: 'it is of format version 9, not 1' },
    });
  });

  it('are read from inside a larger buffer', () => {
    const bytes = encoded([{ a: 1.5, b: 'x', c: [1], f: new Float64Array([1, 2]) }]);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    const part = larger.subarray(3, 3 + bytes.length);
    expect(decodeValue(part)).toEqual(decodeValue(bytes));
    expect(readTablePage(part, 0, 1)).toEqual(readTablePage(bytes, 0, 1));
  });
});
