// Values between TypeScript and Python: an asset added by hand in Python reads and writes them without loss.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
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


defs = dg.Definitions.merge(exported.defs, dg.Definitions(assets=[echo, filtered]))
`;

test('what Python reads and gives back is what TypeScript had', async () => {
  const file = join(folder, 'values.headwater.json');
  const rows = `() => [1, 2].map((n) => ({ n, day: new Date(Date.UTC(2024, 0, n, 13)) }));\n`;
  writeFileSync(file, formatDocument(graph().asset('every', body).asset('rows', rows).document()));
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
  expect(stored('every')).toEqual(every);
  expect(stored('echo')).toEqual(every);
  expect(stored('filtered')).toEqual([{ n: 2, day: new Date(Date.UTC(2024, 0, 2)) }]);
}, 120_000);
