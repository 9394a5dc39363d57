import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeValue } from './decode-value.ts';
import { describeValue } from './describe-value.ts';
import { encodeValue } from './encode-value.ts';
import { openTable, readTablePage } from './table-reader.ts';

function encoded(value: unknown): Uint8Array {
  const result = encodeValue(value);
  if (!result.ok) throw new Error(`${result.error.path} ${result.error.reason}`);
  return result.value;
}

const rows = Array.from({ length: 40_000 }, (_, i) => ({
  id: i,
  name: i % 5 === 0 ? null : `customer ${i} é`.repeat(1 + (i % 3)),
  city: ['Paris', 'Rome', undefined][i % 3],
  amount: i / 3,
  on: i % 2 === 0,
  at: new Date(i * 1e6),
  tags: i % 7 === 0 ? null : [i, { deep: `${i}` }],
  none: null,
  small: (i % 200) - 100,
  middle: (i % 60_000) - 30_000,
}));
const bytes = encoded(rows);

describe('openTable', () => {
  it('names columns in display order with their types', () => {
    const table = openTable(bytes)!;
    expect(table.rowCount).toBe(40_000);
    expect(table.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id integer',
      'name text',
      'city text',
      'amount number',
      'on boolean',
      'at date',
      'tags mixed',
      'none empty',
      'small integer',
      'middle integer',
    ]);
  });

  it('gives any page as decoding the whole would', () => {
    const table = openTable(bytes)!;
    const all = (decodeValue(bytes) as object[]).map((row) => Object.values(row));
    fc.assert(
      fc.property(fc.nat(40_100), fc.nat(50), (from, count) => {
        expect(table.rows(from, from + count)).toEqual(all.slice(from, from + count));
      }),
      { numRuns: 100 },
    );
    expect(table.rows(-5, 2)).toEqual(all.slice(0, 2));
    expect(table.rows(20, 10)).toEqual([]);
  });

  it('is undefined for a value that is not a table', () => {
    for (const value of [1, [], [1, 2], [{}], [{ a: 1 }, { b: 1 }], { a: [{ b: 1 }] }]) {
      expect(openTable(encoded(value))).toBeUndefined();
      expect(readTablePage(encoded(value), 0, 10)).toBeUndefined();
    }
  });

  it('takes rows whose keys come in different orders, under the first one', () => {
    expect(
      readTablePage(
        encoded([
          { b: 1, a: 2 },
          { a: 4, b: 3 },
        ]),
        0,
        2,
      ),
    ).toEqual({
      columns: [
        { name: 'b', type: 'integer' },
        { name: 'a', type: 'integer' },
      ],
      rows: [
        [1, 2],
        [3, 4],
      ],
    });
  });
});

describe('describeValue', () => {
  it.each<[unknown, object]>([
    [undefined, { kind: 'undefined', text: 'undefined' }],
    [null, { kind: 'null', text: 'null' }],
    [true, { kind: 'boolean', text: 'true' }],
    [-0, { kind: 'number', text: '-0' }],
    [-5000, { kind: 'number', text: '-5000' }],
    [1.5, { kind: 'number', text: '1.5' }],
    [-12n, { kind: 'bigint', text: '-12' }],
    ['short', { kind: 'string', text: 'short' }],
    ['x'.repeat(81), { kind: 'string', text: `${'x'.repeat(79)}…` }],
    ['😀'.repeat(1000), { kind: 'string', text: `${'😀'.repeat(39)}…` }],
    ['\ud800'.repeat(1000), { kind: 'string' }],
    [new Date(0), { kind: 'date', text: '1970-01-01T00:00:00.000Z' }],
    [new Date(Number.NaN), { kind: 'date', text: 'Invalid Date' }],
    [/a/g, { kind: 'regexp', text: '/a/g' }],
    [new TypeError('no'), { kind: 'error', text: 'TypeError: no' }],
    [new Uint8Array(9), { kind: 'bytes', count: 9, text: 'Uint8Array' }],
    [new ArrayBuffer(9), { kind: 'bytes', count: 9, text: 'ArrayBuffer' }],
    [new Float64Array(9), { kind: 'typed array', count: 9, text: 'Float64Array' }],
    [
      { b: 1, a: [{ z: 1 }] },
      { kind: 'object', count: 2 },
    ],
    [[1, 'a'], { kind: 'array', count: 2 }],
    [new Array(100).fill(1), { kind: 'array', count: 100 }],
    [new Array(100).fill([]), { kind: 'array', count: 100 }],
    [[{ a: 1, b: 2 }], { kind: 'table', count: 1, columns: 2 }],
    [new Map([[1, 2]]), { kind: 'map', count: 1 }],
    [new Set(Array.from({ length: 30 }, (_, i) => i)), { kind: 'set', count: 30 }],
  ])('says what %o is', (value, summary) => {
    expect(describeValue(encoded(value))).toMatchObject(summary);
    expect(describeValue(encoded(value)).text?.length ?? 0).toBeLessThanOrEqual(80);
  });

  it('calls bytes that are no value unreadable', () => {
    expect(describeValue(new Uint8Array([1, 2, 3]))).toEqual({ kind: 'unreadable', text: 'it is cut off' });
  });
});
