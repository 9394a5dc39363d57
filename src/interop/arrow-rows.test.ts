import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrowToRows, isArrow, rowsToArrow } from './arrow-rows.ts';

const roundTrip = (value: unknown): unknown => {
  const bytes = rowsToArrow(value);
  return bytes === undefined ? undefined : arrowToRows(bytes);
};

test('rows come back from Arrow as they were', () => {
  const rows = [
    { city: 'Zürich 🌊', people: 400_000, share: 0.1, isLarge: true, since: new Date(-1e13), note: null },
    { city: '', people: -1, share: -0, isLarge: null, since: null, note: null },
    { city: null, people: null, share: Number.NaN, isLarge: false, since: new Date(1.5e12), note: null },
    { city: 'a\0b', people: 2 ** 53 - 1, share: Infinity, isLarge: true, since: new Date(0), note: null },
  ];
  expect(roundTrip(rows)).toEqual(rows);
  expect(Object.is((roundTrip(rows) as typeof rows)[1]?.share, -0)).toBe(true);
  expect(isArrow(rowsToArrow(rows)!)).toBe(true);
  expect(isArrow(new TextEncoder().encode(JSON.stringify(rows)))).toBe(false);
});

test('what would not come back as it was is no table', () => {
  class Row {
    n = 1;
  }
  for (const value of [
    [],
    [{}],
    { n: 1 },
    [1],
    [null],
    new Array(2),
    [{ n: 1 }, { m: 1 }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ n: 1 }, { n: '1' }],
    [{ n: undefined }],
    [{ n: 1n }],
    [{ n: [1] }],
    [{ n: {} }],
    [{ n: new Date(Number.NaN) }],
    [{ n: new Date(Date.UTC(-5, 0)) }],
    [{ n: '\ud800' }],
    [{ '\ud800': 1 }],
    [JSON.parse('{"__proto__": 1}')],
    [new Row()],
    [Object.assign(new Map(), { n: 1 })],
  ])
    expect(rowsToArrow(value)).toBeUndefined();
});

const cells = [
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
].map((cell: fc.Arbitrary<unknown>) => fc.option(cell, { nil: null }));

test('whatever rows hold, they come back as they were or are no table', () => {
  const tables = fc
    .dictionary(fc.string(), fc.nat(cells.length - 1), { minKeys: 1, maxKeys: 6, noNullPrototype: true })
    .chain((columns) =>
      fc.array(
        fc.record(
          Object.fromEntries(Object.entries(columns).map(([name, kind]) => [name, cells[kind]!])) as Record<
            string,
            fc.Arbitrary<unknown>
          >,
          { noNullPrototype: true },
        ),
        { minLength: 1, maxLength: 20 },
      ),
    );
  fc.assert(
    fc.property(tables, (rows) => {
      const back = roundTrip(rows);
      const isHalf = JSON.stringify(rows).includes('\\ud');
      if (back === undefined) expect(isHalf || Object.hasOwn(rows[0]!, '__proto__')).toBe(true);
      else expect(back).toStrictEqual(rows);
    }),
  );
});
