// Values between TypeScript and Python: an asset added by hand in Python reads and writes them without loss.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { arrowToRows, isArrow } from '#interop/arrow-rows.ts';
import { jsonValuesModule } from '#interop/dagster/runtime-node.ts';
import { valuesPython } from '#interop/dagster/runtime-values.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { run } from './dagster-process.ts';
import { commandFile } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-values-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const every = {
  big: 2n ** 70n,
  small: 5n,
  when: new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 250)),
  early: new Date(Date.UTC(-50, 0, 1)),
  never: new Date(Number.NaN),
  none: null,
  numbers: [0.1, 1e300, -0, Number.NaN, Number.NEGATIVE_INFINITY, 9007199254740991],
  empty: [],
  nested: [{ a: [1, { b: 'ä\u2028🌊' }], c: {} }],
  map: new Map<unknown, unknown>([
    [1, 'a'],
    ['b', [2n]],
  ]),
  odd: new Map([[{ no: 'hash' }, 1]]),
  set: new Set(['x', 2]),
  bytes: new Uint8Array([0, 255]),
  floats: new Float64Array([1.5, -2]),
  marked: { $headwater: 'date', value: 1 },
  pattern: /a+/gi,
};

const body = `() => ({
  big: 2n ** 70n,
  small: 5n,
  when: new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 250)),
  early: new Date(Date.UTC(-50, 0, 1)),
  never: new Date(NaN),
  none: null,
  numbers: [0.1, 1e300, -0, NaN, -Infinity, 9007199254740991],
  empty: [],
  nested: [{ a: [1, { b: 'ä\\u2028🌊' }], c: {} }],
  map: new Map([[1, 'a'], ['b', [2n]]]),
  odd: new Map([[{ no: 'hash' }, 1]]),
  set: new Set(['x', 2]),
  bytes: new Uint8Array([0, 255]),
  floats: new Float64Array([1.5, -2]),
  marked: { $headwater: 'date', value: 1 },
  pattern: /a+/gi,
});
`;

const byHand = `import datetime
import math

import dagster as dg
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from test_project import definitions as exported


@dg.asset
def echo(every):
    assert every["big"] == 2**70 and every["small"] == 5
    assert every["when"] == datetime.datetime(2024, 2, 29, 12, 30, 15, 250000, datetime.timezone.utc)
    assert every["none"] is None and math.isnan(every["numbers"][3])
    assert every["map"] == {1: "a", "b": [2]} and every["set"] == {"x", 2}
    assert every["bytes"] == bytes([0, 255]) and every["marked"] == {"$headwater": "date", "value": 1}
    return every


@dg.asset
def filtered(rows: list) -> list:
    return [{**row, "day": row["day"].date()} for row in rows if row["n"] > 1]


@dg.asset
def frame(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows.n > 1]


@dg.asset
def table(rows: pa.Table) -> pa.Table:
    return rows.append_column("twice", pc.multiply(rows["n"], 2))


defs = dg.Definitions.merge(exported.defs, dg.Definitions(assets=[echo, filtered, frame, table]))
`;

test('what Python reads and gives back is what TypeScript had', async () => {
  const file = join(folder, 'values.headwater.json');
  const rows = `() => [1, 2].map((n) => ({ n, day: new Date(Date.UTC(2024, 0, n, 13)) }));\n`;
  const reader = `({ rows }) => rows.map(({ n, day }) => ({ n, year: day.getUTCFullYear() }));\n`;
  const project = graph().asset('every', body).asset('rows', rows).asset('years', reader);
  writeFileSync(file, formatDocument(project.document()));
  const place = join(folder, 'out');
  const words = ['export', file, '--target', 'dagster', '--executor', 'in-process', '--out', place];
  expect(await run(process.execPath, [commandFile, ...words], { cwd: folder })).toMatchObject({ code: 0 });
  writeFileSync(join(place, 'by_hand.py'), byHand);
  const home = join(folder, 'home');
  mkdirSync(home);
  const materialize = ['asset', 'materialize', '--select', '*', '-m', 'by_hand'];
  const ran = await run('dagster', materialize, { cwd: place, env: { DAGSTER_HOME: home } });
  expect(ran.err.slice(-3000)).toContain('RUN_SUCCESS');
  const module = pathToFileURL(join(place, 'test_project/typescript/json-values.mjs')).href;
  const { readJson } = (await import(module)) as { readonly readJson: (text: string) => unknown };
  const stored = (key: string) => readJson(readFileSync(join(place, 'storage', `${key}.json`), 'utf8'));
  const table = (key: string) => arrowToRows(readFileSync(join(place, 'storage', `${key}.arrow`)));
  expect(stored('every')).toEqual(every);
  expect(stored('echo')).toEqual(every);
  expect(stored('filtered')).toEqual([{ n: 2, day: new Date(Date.UTC(2024, 0, 2)) }]);
  const [first, second] = [1, 2].map((n) => ({ n, day: new Date(Date.UTC(2024, 0, n, 13)) }));
  expect(table('rows')).toEqual([first, second]);
  expect(table('years')).toEqual([1, 2].map((n) => ({ n, year: 2024 })));
  expect(table('frame')).toEqual([second]);
  expect(table('table')).toEqual([
    { ...first, twice: 2 },
    { ...second, twice: 4 },
  ]);
}, 120_000);

test('a table of Python is the same rows to TypeScript, with pyarrow and without', async () => {
  writeFileSync(join(folder, 'values.py'), valuesPython);
  const script = fileURLToPath(new URL('write_tables.py', import.meta.url));
  const { out, err } = await run('python', [script, folder], { cwd: folder });
  expect(err).toBe('');
  const module = join(folder, 'json-values.mjs');
  writeFileSync(module, jsonValuesModule);
  const { readJson } = (await import(pathToFileURL(module).href)) as {
    readonly readJson: (text: string) => unknown;
  };
  const read = (text: string): unknown => {
    const bytes = Buffer.from(text, 'base64');
    return isArrow(bytes) ? arrowToRows(bytes) : readJson(bytes.toString());
  };
  const told = Object.entries(JSON.parse(out) as Record<string, readonly [string, string]>);
  for (const [name, [withArrow, without]] of told)
    expect({ [name]: read(withArrow) }).toEqual({ [name]: read(without) });
  const asJson = told.filter(([, [text]]) => !isArrow(Buffer.from(text, 'base64'))).map(([name]) => name);
  expect(asJson).toEqual(['large', 'nested', 'fine', 'empty', 'mixed', 'numbered']);
}, 60_000);
