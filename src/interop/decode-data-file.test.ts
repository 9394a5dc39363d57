import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { ColumnSchema, ColumnType } from '#model/document.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { encodeTable, encodeValue } from '#model/values/encode-value.ts';
import { type DecodedData, decodeDataFile, type ReadOptions } from './decode-data-file.ts';
import { inspectFile } from './inspect-file.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const column = (name: string, type: ColumnType, nullable = false): ColumnSchema => ({ name, type, nullable });

async function decoded(
  bytes: Uint8Array,
  format: Parameters<typeof decodeDataFile>[1],
  options?: ReadOptions,
) {
  const result = await decodeDataFile(bytes, format, options);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const csv = (text: string, options?: ReadOptions) => decoded(bytesOf(text), 'csv', options);

/** Rows as objects, through the stored form. */
function rowsOf(data: DecodedData): unknown {
  if (data.type === 'value') return data.value;
  const encoded = encodeTable(data.names, data.columns, data.rowCount);
  if (!encoded.ok) throw new Error(encoded.error.reason);
  return decodeValue(encoded.value);
}

const schema = [
  column('id', 'integer'),
  column('name', 'string'),
  column('price', 'number', true),
  column('day', 'date', true),
  column('at', 'timestamp', true),
  column('ok', 'boolean', true),
];
const header = 'id,name,price,day,at,ok';

describe('a CSV file with a schema', () => {
  it('gives each column its type', async () => {
    const text = `${header}\n1,"a ""b"", c",1.5,2024-02-29,2024-02-29T12:30:00Z,true\n2,,,,2024-01-01 00:00+02:00,FALSE\n`;
    expect(rowsOf(await csv(text, { schema }))).toEqual([
      {
        id: 1,
        name: 'a "b", c',
        price: 1.5,
        day: new Date('2024-02-29'),
        at: new Date('2024-02-29T12:30:00Z'),
        ok: true,
      },
      { id: 2, name: '', price: null, day: null, at: new Date('2023-12-31T22:00:00Z'), ok: false },
    ]);
  });

  it('sets rows aside that do not fit, with number and reason', async () => {
    const text = [
      header,
      '1,a,1,2024-01-01,2024-01-01,true',
      'x,a,1,2024-01-01,2024-01-01,true',
      '2,a,1,2024-02-30,2024-01-01,true',
      '3,a,1',
      '4,a,1,2024-01-01,2024-01-01,yes',
      ',a,1,2024-01-01,2024-01-01,true',
      '9007199254740993,a,1,,,',
      '5,"b" c,1,,,',
      '6,b,1,,,',
    ].join('\n');
    const data = await csv(text, { schema });
    if (data.type !== 'table') throw new Error('no table');
    expect(data.rowCount).toBe(2);
    expect(data.columns[0]).toEqual([1, 6]);
    expect(data.badRows.count).toBe(7);
    expect(data.badRows.first.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      '3 “id” is not a whole number: x',
      '4 “day” is not a date (2024-01-31): 2024-02-30',
      '5 it has 3 fields instead of 6',
      '6 “ok” is not true or false: yes',
      '7 “id” is empty',
      '8 “id” is not a whole number: 9007199254740993',
      '9 its quotes are not closed or not doubled',
    ]);
    expect(data.badRows.first[2]!.text).toBe('3,a,1');
  });

  it('stops at the first bad row when it is told to', async () => {
    const result = await decodeDataFile(bytesOf('a\n1\nx\ny\n'), 'csv', {
      schema: [column('a', 'integer')],
      badRows: 'stop',
    });
    expect(!result.ok && result.error.message).toBe('Row 3: “a” is not a whole number: x.');
  });

  it('refuses a file of which no row fits, or whose columns are others', async () => {
    const wrong = async (text: string) => {
      const result = await decodeDataFile(bytesOf(text), 'csv', { schema: [column('a', 'integer')] });
      return result.ok ? 'fine' : result.error.message;
    };
    expect(await wrong('a\nx\n')).toBe(
      'None of the 1 rows fits the schema. Row 2: “a” is not a whole number: x.',
    );
    expect(await wrong('b\n1\n')).toContain('no column “a”');
    expect(await wrong('a,b\n1,2\n')).toContain('“b”');
    expect(await wrong('')).toContain('empty');
  });

  it('reads delimiter, decimal comma, Latin-1 and files without a header', async () => {
    const latin = Uint8Array.from('Köln;1,5\nNîmes;2\n', (char) => char.charCodeAt(0));
    const options: ReadOptions = {
      schema: [
        { ...column('city', 'string'), source: 'column_1' },
        { ...column('size', 'number'), source: 'column_2' },
      ],
      csv: { delimiter: ';', decimal: ',', encoding: 'latin-1', header: false },
    };
    expect(rowsOf(await decoded(latin, 'csv', options))).toEqual([
      { city: 'Köln', size: 1.5 },
      { city: 'Nîmes', size: 2 },
    ]);
    const refused = await decodeDataFile(latin, 'csv', {});
    expect(!refused.ok && refused.error.message).toContain('Latin-1');
  });

  it('is read in pieces: characters, quotes and line ends across them are whole', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => [`${i}`, `é"${i}"\r\n,€ 😀`, 'x'.repeat(i % 90)]);
    const text = Papa.unparse([['id', 'text', 'pad'], ...rows]);
    expect(bytesOf(text).length).toBeGreaterThan(3 << 20);
    let pauses = 0;
    const result = await decodeDataFile(
      bytesOf(text),
      'csv',
      { schema: [column('id', 'integer'), column('text', 'string'), column('pad', 'string')] },
      async () => {
        pauses++;
      },
    );
    if (!result.ok || result.value.type !== 'table') throw new Error('not read');
    expect(pauses).toBeGreaterThan(2);
    expect(result.value.badRows.count).toBe(0);
    expect(result.value.columns[1]).toEqual(rows.map((row) => row[1]));
    expect(result.value.columns[2]).toEqual(rows.map((row) => row[2]));
  });

  it('a quote that is never closed is reported, not swallowed', async () => {
    const data = await csv('a,b\n1,2\n3,"4\n5,6\n', {
      schema: [column('a', 'integer'), column('b', 'string')],
    });
    if (data.type !== 'table') throw new Error('no table');
    expect(data.columns).toEqual([
      [1, 5],
      ['2', '6'],
    ]);
    expect(data.badRows.first).toEqual([
      { row: 3, reason: 'its quotes are not closed or not doubled', text: '3,"4' },
    ]);
    const early = await csv(`a,b\n1,"2\n${'3,4\n'.repeat(900_000)}`, {
      schema: [column('a', 'integer'), column('b', 'string')],
    });
    expect(early.type === 'table' && [early.rowCount, early.badRows.count]).toEqual([900_000, 1]);
  });

  it('keeps every row of any table of texts', async () => {
    const cell = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.startsWith('\ufeff'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          const text = Papa.unparse([['a', 'b', 'c'], ...rows], { quotes: true });
          const data = await csv(text, { schema: ['a', 'b', 'c'].map((name) => column(name, 'string')) });
          if (data.type !== 'table') throw new Error('no table');
          expect(data.badRows.count).toBe(0);
          expect(rows.map((_, i) => data.columns.map((cells) => cells[i]))).toEqual(rows);
        },
      ),
    );
  });
});

describe('files without a schema', () => {
  it('give what they always gave', async () => {
    const text = 'id,zip,on,note\n1,007,true,\n2,008,false,x\n';
    const rows = [
      { id: 1, zip: '007', on: true, note: '' },
      { id: 2, zip: '008', on: false, note: 'x' },
    ];
    const data = await csv(text);
    expect(rowsOf(data)).toEqual(rows);
    if (data.type !== 'table') throw new Error('no table');
    expect(encodeTable(data.names, data.columns, data.rowCount)).toEqual(encodeValue(rows));
    const ragged = await decodeDataFile(bytesOf('a,b\n1,2\n3\n'), 'csv');
    expect(!ragged.ok && ragged.error.message).toBe('Row 3: it has 1 field instead of 2.');
  });
});

describe('other formats', () => {
  it('NDJSON rows are checked against the schema', async () => {
    const text = '{"a":1,"b":[1]}\nnot json\n{"a":"x","b":null}\n{"a":2,"c":1}\n{"a":3}\n';
    const data = await decoded(bytesOf(text), 'ndjson', {
      schema: [column('a', 'integer'), column('b', 'json')],
    });
    if (data.type !== 'table') throw new Error('no table');
    expect(data.columns).toEqual([
      [1, 3],
      [[1], null],
    ]);
    expect(data.badRows.first.map(({ row }) => row).sort()).toEqual([2, 3, 4]);
  });

  it('an Arrow file is read as its rows, with a schema and without', async () => {
    const path = new URL('../../node_modules/vega-datasets/data/flights-200k.arrow', import.meta.url);
    const bytes = new Uint8Array(readFileSync(path));
    const look = await inspectFile(bytes, 'arrow', undefined, true);
    if (!look.ok || !look.value.schema) throw new Error('no schema');
    const plain = await decoded(bytes, 'arrow');
    const typed = await decoded(bytes, 'arrow', { schema: look.value.schema });
    if (plain.type !== 'table' || typed.type !== 'table') throw new Error('no table');
    expect(plain.rowCount).toBe(200_000);
    expect(typed.badRows.count).toBe(0);
    expect(typed.columns).toEqual(plain.columns);
  });

  it('a Parquet file is read as its rows, in every codec that its writer has', async () => {
    const rows = 3_000;
    const names = Array.from({ length: rows }, (_, i) => `name ${i % 100}`);
    const days = names.map((_, i) => new Date(Date.UTC(2024, 0, 1 + (i % 300))));
    for (const codec of ['UNCOMPRESSED', 'SNAPPY'] as const) {
      const buffer = parquetWriteBuffer({
        codec,
        rowGroupSize: 1_000,
        columnData: [
          { name: 'id', data: names.map((_, i) => i), type: 'INT32' },
          { name: 'big', data: names.map((_, i) => BigInt(i)), type: 'INT64' },
          { name: 'name', data: names, type: 'STRING' },
          { name: 'price', data: names.map((_, i) => (i % 7 === 0 ? null : i / 4)), type: 'DOUBLE' },
          { name: 'day', data: days, type: 'TIMESTAMP' },
          { name: 'ok', data: names.map((_, i) => i % 2 === 0), type: 'BOOLEAN' },
        ],
      });
      const bytes = new Uint8Array(buffer);
      const look = await inspectFile(bytes, 'parquet', undefined, true);
      if (!look.ok || !look.value.schema) throw new Error('no schema');
      expect(look.value.schema.map(({ name, type }) => `${name} ${type}`)).toEqual([
        'id integer',
        'big integer',
        'name string',
        'price number',
        'day date',
        'ok boolean',
      ]);
      const data = await decoded(bytes, 'parquet', { schema: look.value.schema });
      if (data.type !== 'table') throw new Error('no table');
      expect(data.rowCount).toBe(rows);
      expect(data.columns[0]![2_999]).toBe(2_999);
      expect(data.columns[1]![2_500]).toBe(2_500);
      expect(data.columns[2]).toEqual(names);
      expect(data.columns[3]!.slice(6, 9)).toEqual([1.5, null, 2]);
      expect(data.columns[4]![10]).toEqual(days[10]);
    }
  });

  it('bytes that are not what they say are refused in words', async () => {
    for (const format of ['arrow', 'parquet', 'json', 'ndjson'] as const) {
      const result = await decodeDataFile(bytesOf('{{ no such thing'), format);
      expect(result.ok).toBe(false);
    }
  });
});

describe('a first look', () => {
  it('guesses delimiter, encoding, decimal mark and types', async () => {
    const look = await inspectFile(
      Uint8Array.from('id;ort;größe;tag\n1;Köln;1,5;2024-01-01\n2;Bonn;;2024-01-02\n', (char) =>
        char.charCodeAt(0),
      ),
      'csv',
      undefined,
      true,
    );
    if (!look.ok) throw new Error(look.error.message);
    expect(look.value.csv).toEqual({ delimiter: ';', header: true, decimal: ',', encoding: 'latin-1' });
    expect(look.value.schema?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id integer',
      'ort string',
      'größe number',
      'tag date',
    ]);
    expect(look.value.rows).toHaveLength(2);
  });

  it('columns without gaps are not nullable when all of the file was seen', async () => {
    const nullable = async (text: string, isWhole: boolean) => {
      const look = await inspectFile(bytesOf(text), 'csv', undefined, isWhole);
      if (!look.ok) throw new Error(look.error.message);
      return look.value.schema?.filter((column) => column.nullable).map(({ name }) => name);
    };
    const text = 'full,gaps,words\n1,2,x\n3,,\n4,5,y\n';
    expect(await nullable(text, true)).toEqual(['gaps']);
    expect(await nullable(text, false)).toEqual(['full', 'gaps']);
    const long = `n\n${'1\n'.repeat(30_000)}`;
    expect(await nullable(long, true)).toEqual(['n']);
  });

  it('a sample that ends within a row leaves that row out', async () => {
    const look = await inspectFile(bytesOf('a,b\n1,2\n3,"fo'), 'csv', undefined, false);
    expect(look.ok && look.value.rows).toEqual([['1', '2']]);
  });
});
