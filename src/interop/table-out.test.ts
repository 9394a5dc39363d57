import { tableFromIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { encodeValue } from '#model/values/encode-value.ts';
import { openTable, type TableReader } from '#model/values/table-reader.ts';
import { columnStats } from './column-stats.ts';
import { decodeDataFile } from './decode-data-file.ts';
import { type ColumnFilter, queryTable, type TableQuery } from './table-query.ts';
import { arrowBytes, csvPieces, guardFormula, jsonPieces } from './write-table.ts';

function tableOf(rows: readonly object[]): TableReader {
  const encoded = encodeValue(rows);
  const table = encoded.ok ? openTable(encoded.value) : undefined;
  if (!table) throw new Error('no table');
  return table;
}
function shown(table: TableReader, query: TableQuery): unknown[] {
  const rows = queryTable(table, query);
  if (!rows.ok) throw new Error(rows.error.message);
  const first = table.column(0, 0, table.rowCount);
  return rows.value ? Array.from(rows.value, (row) => first[row]) : first;
}
const csvOf = (table: TableReader, guard: boolean, rows?: Uint32Array) =>
  [...csvPieces(table, rows, { guard })].join('');

const people = tableOf([
  { id: 1, name: 'Ada', age: 36, born: new Date('1815-12-10'), note: null },
  { id: 2, name: 'Grace', age: null, born: new Date('1906-12-09'), note: 'x' },
  { id: 3, name: 'ada b', age: -1.5, born: null, note: '' },
  { id: 4, name: 'Linus', age: 0, born: new Date('1969-12-28T10:00:00Z'), note: null },
]);
const filter = (column: number, op: ColumnFilter['op'], text = ''): ColumnFilter => ({ column, op, text });

describe('queries', () => {
  it('filters by column, several at once', () => {
    expect(shown(people, { filters: [filter(1, 'contains', 'ADA')] })).toEqual([1, 3]);
    expect(shown(people, { filters: [filter(1, 'equals', 'Ada')] })).toEqual([1]);
    expect(shown(people, { filters: [filter(2, 'greater', '-1')] })).toEqual([1, 4]);
    expect(shown(people, { filters: [filter(2, 'less', '0')] })).toEqual([3]);
    expect(shown(people, { filters: [filter(2, 'empty')] })).toEqual([2]);
    expect(shown(people, { filters: [filter(4, 'filled')] })).toEqual([2]);
    expect(shown(people, { filters: [filter(3, 'equals', '1969-12-28')] })).toEqual([4]);
    expect(shown(people, { filters: [filter(3, 'less', '1907-01-01'), filter(1, 'contains', 'a')] })).toEqual(
      [1, 2],
    );
  });

  it('says which filter cannot be applied', () => {
    const answer = queryTable(people, { filters: [filter(1, 'contains', 'a'), filter(2, 'less', 'abc')] });
    expect(answer).toEqual({
      ok: false,
      error: { type: 'FilterProblem', filter: 1, message: '“abc” is not a number.' },
    });
  });

  it('sorts by any column, what is missing last', () => {
    const by = (column: number, descending: boolean) =>
      shown(people, { filters: [], sort: { column, descending } });
    expect(by(2, false)).toEqual([3, 4, 1, 2]);
    expect(by(2, true)).toEqual([1, 4, 3, 2]);
    expect(by(1, false)).toEqual([1, 2, 4, 3]);
    expect(by(3, true)).toEqual([4, 2, 1, 3]);
  });

  it('sorts any numbers and any texts as a stable sort does', () => {
    const numbers = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(0, -0, null));
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constant(null));
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: numbers, b: texts }), { minLength: 1 }),
        fc.boolean(),
        (rows, down) => {
          const table = tableOf(rows.map((row, id) => ({ id, ...row })));
          for (const [column, key] of [[1, 'a'] as const, [2, 'b'] as const]) {
            const sign = down ? -1 : 1;
            const order = rows
              .map((_, id) => id)
              .sort((x, y) => {
                const [p, q] = [rows[x]![key], rows[y]![key]];
                if (p === null || q === null) return Number(p === null) - Number(q === null);
                return p === q ? 0 : p < q ? -sign : sign;
              });
            expect(shown(table, { filters: [], sort: { column, descending: down } })).toEqual(order);
          }
        },
      ),
    );
  });

  it('counts what a column holds', () => {
    expect(columnStats(people, 2)).toEqual({
      name: 'age',
      type: 'number',
      nulls: 1,
      distinct: 3,
      atLeast: false,
      least: '-1.5',
      most: '36',
    });
  });
});

describe('CSV', () => {
  it('disarms what a spreadsheet would run, and leaves numbers alone', () => {
    const hostile = ['=1+2', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '-', '=HYPERLINK("http://x")'];
    for (const text of hostile) expect(guardFormula(text)).toBe(`'${text}`);
    for (const text of ['-1', '+1.5', '-1e-5', 'a=b', "'=1", '', ' =1'])
      expect(guardFormula(text)).toBe(text);
    const table = tableOf([{ '=name': '=1+2', n: -4, t: '-4', quote: '=a"b,c' }]);
    expect(csvOf(table, true)).toBe(`'=name,n,t,quote\n'=1+2,-4,-4,"'=a""b,c"\n`);
    expect(csvOf(table, false)).toBe('=name,n,t,quote\n=1+2,-4,-4,"=a""b,c"\n');
  });

  it('comes back as the same rows, whatever they hold', async () => {
    const row = fc.record({
      text: fc.string({ unit: 'binary', maxLength: 10 }),
      whole: fc.integer(),
      real: fc.double({ noNaN: true, noDefaultInfinity: true }),
      flag: fc.boolean(),
      day: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const text = csvOf(tableOf(rows.map((each) => ({ ...each }))), false);
        const schema = [
          { name: 'text', type: 'string', nullable: false },
          { name: 'whole', type: 'integer', nullable: false },
          { name: 'real', type: 'number', nullable: false },
          { name: 'flag', type: 'boolean', nullable: false },
          { name: 'day', type: 'timestamp', nullable: false },
        ] as const;
        const read = await decodeDataFile(new TextEncoder().encode(text), 'csv', { schema });
        if (!read.ok || read.value.type !== 'table') throw new Error('not read');
        const { columns, badRows } = read.value;
        expect(badRows.first).toEqual([]);
        expect(rows.map((_, i) => columns.map((cells) => cells[i]))).toEqual(
          rows.map((each) => [each.text, each.whole, each.real, each.flag, each.day]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('writes chosen rows in their order, over block borders', () => {
    const table = tableOf(Array.from({ length: 40_000 }, (_, id) => ({ id, name: `n ${id}` })));
    const rows = Uint32Array.from({ length: 20_000 }, (_, i) => 39_999 - 2 * i);
    const parsed = Papa.parse<string[]>(csvOf(table, true, rows), { skipEmptyLines: true }).data;
    expect(parsed.slice(1)).toEqual(Array.from(rows, (id) => [`${id}`, `n ${id}`]));
  });
});

describe('JSON and Arrow', () => {
  it('JSON holds every cell; what JSON has no word for is text', () => {
    const table = tableOf([
      { a: 1n, b: Number.NaN, c: new Map([[1, new Set([2])]]), d: new Date(0), e: undefined },
      { a: 2n, b: -0, c: null, d: null, e: 1 },
    ]);
    expect(JSON.parse([...jsonPieces(table, undefined)].join(''))).toEqual([
      { a: '1', b: 'NaN', c: [[1, [2]]], d: '1970-01-01T00:00:00.000Z' },
      { a: '2', b: 0, c: null, d: null, e: 1 },
    ]);
  });

  it('Arrow keeps types, days and what is missing', () => {
    const table = tableFromIPC(arrowBytes(people, undefined), { useDate: true });
    expect(table.numRows).toBe(4);
    expect(table.getChild('age').toArray()).toEqual([36, null, -1.5, 0]);
    expect(table.getChild('name').toArray()).toEqual(['Ada', 'Grace', 'ada b', 'Linus']);
    expect(table.getChild('born').at(3)).toEqual(new Date('1969-12-28T10:00:00Z'));
    expect(table.getChild('note').toArray()).toEqual([null, 'x', '', null]);
  });
});
