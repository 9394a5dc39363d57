// The command line as its users start it: a process over files.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument } from '#model/parse-document.ts';
import { commandIn, type Ended, ended, projectsIn, said } from './command-process.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-cli-'));
  cpSync(join(root, 'public/examples'), folder, { recursive: true });
  // Builds the bundle, so that no test waits for it.
  await run('help');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { start, run } = commandIn(() => folder);

interface AssetJson {
  readonly key: string;
  readonly status: string;
  readonly dataVersion?: string;
  readonly rows?: number;
  readonly staleCauses?: readonly { readonly category: string; readonly dependency?: string }[];
  readonly error?: {
    readonly line?: number;
    readonly column?: number;
    readonly cause?: { readonly name: string };
  };
}
const assetsOf = ({ out }: Ended): readonly AssetJson[] =>
  (JSON.parse(out) as { assets: AssetJson[] }).assets;
const listOf = ({ out }: Ended): readonly AssetJson[] => JSON.parse(out) as AssetJson[];

const writeProject = projectsIn(() => folder);
const weather = 'seattle-weather.headwater.json';

test('list prints the keys, sorted, one a line, and passes over keys that no asset has', async () => {
  const all = await run('list', weather);
  const keys = all.out.trimEnd().split('\n');
  expect(keys).toHaveLength(13);
  expect(keys).toEqual(keys.toSorted());
  expect(all).toMatchObject({ code: 0, err: '' });
  expect(await run('list', weather, '--select', 'station, nothing,raw/weather')).toEqual({
    code: 0,
    out: 'raw/weather\nstation\n',
    err: '',
  });
});

test('list --json prints what the assets are, without a status where nothing was kept', async () => {
  const [daily] = listOf(
    await run('list', weather, '--select', 'daily_weather', '--json', '--storage', 'none'),
  );
  expect(daily).toMatchObject({
    key: 'daily_weather',
    kind: 'asset',
    group: 'daily',
    deps: ['raw/weather'],
    inputs: { raw_weather: 'raw/weather' },
    kinds: ['typescript', 'table'],
    owners: ['team:weather'],
    tags: { tier: 'core' },
  });
  expect(daily).not.toHaveProperty('status');
});

test('the weather example ends with every asset materialized, twice with the same values', async () => {
  const first = await run('materialize', weather, '--select', '*', '--json');
  expect(first.code).toBe(0);
  expect(first.err).toMatch(/^12 bodies run here for the first time, with your own rights: /);
  expect(assetsOf(first)).toHaveLength(13);
  for (const asset of assetsOf(first)) expect(asset).toMatchObject({ status: 'materialized' });
  expect(assetsOf(first).find(({ key }) => key === 'daily_weather')?.rows).toBe(1461);

  const second = await run('materialize', weather, '--select', '*', '--json');
  expect(second).toMatchObject({ code: 0, err: '' });
  const versions = (result: Ended) => assetsOf(result).map(({ key, dataVersion }) => [key, dataVersion]);
  expect(versions(second)).toEqual(versions(first));
  const listed = listOf(await run('list', weather, '--json'));
  expect(new Set(listed.map(({ status }) => status))).toEqual(new Set(['materialized']));
}, 60_000);

test('wipe makes an asset as if it had never been materialized; others keep their values', async () => {
  const file = writeProject('wiped', {
    numbers: 'export default () => [1, 2];',
    sum: 'export default ({ numbers }) => numbers[0] + numbers[1];',
  });
  await run('materialize', file, '--select', 'numbers');
  await run('materialize', file, '--select', 'sum');
  expect(await run('wipe', file, 'numbers')).toEqual({ code: 0, out: 'numbers\n', err: '' });
  const statuses = async () =>
    listOf(await run('list', file, '--json')).map(({ key, status }) => [key, status]);
  expect(await statuses()).toEqual([
    ['numbers', 'never'],
    ['sum', 'stale'],
  ]);
  expect((await run('materialize', file, '--select', 'sum')).err).toContain('numbers');
  expect(await run('wipe', file, 'numbers')).toEqual({
    code: 0,
    out: '',
    err: 'Nothing is stored of numbers.\n',
  });
  expect(await run('wipe', file, '--all')).toEqual({ code: 0, out: 'sum\n', err: '' });
  expect(await statuses()).toEqual([
    ['numbers', 'never'],
    ['sum', 'never'],
  ]);
  expect((await run('materialize', file, '--select', '*')).code).toBe(0);
}, 60_000);

test('a changed body makes its asset stale; running it alone reads the stored values of others', async () => {
  const before = {
    numbers: 'export default () => [1, 2];',
    sum: 'export default ({ numbers }) => numbers[0] + numbers[1];',
  };
  const file = writeProject('change', before);
  expect((await run('materialize', file, '--select', '*')).code).toBe(0);
  writeProject('change', { ...before, numbers: 'export default () => [1, 5];' });
  const stale = listOf(await run('list', file, '--json')).map(({ key, status }) => [key, status]);
  expect(stale).toEqual([
    ['numbers', 'stale'],
    ['sum', 'materialized'],
  ]);
  const ran = await run('materialize', file, '--select', 'numbers');
  expect(ran.err).toBe('A body runs here for the first time, with your own rights: numbers.\n');
  const [, sum] = listOf(await run('list', file, '--json'));
  expect(sum).toMatchObject({ status: 'stale', staleCauses: [{ category: 'DATA', dependency: 'numbers' }] });
  const again = await run('materialize', file, '--select', 'sum');
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toMatch(/^materialized {2}sum {2}6 /);
}, 60_000);

test('the failing example exits with 1 and says which asset, where and why', async () => {
  const file = 'weather-fail.headwater.json';
  await run('materialize', file, '--select', 'rain_totals,raw_weather');
  const failed = await run('materialize', file, '--select', '*', '--json');
  expect(failed.code).toBe(1);
  const [notice, first, ...details] = failed.err.split('\n');
  expect(notice).toMatch(/^5 bodies run here for the first time/);
  expect(first).toMatch(
    /^Materialization failed: felt_temperature failed at line 13, column 13: Error: 2012-01-01/,
  );
  expect(details.join('\n')).toContain('caused by at line 6, column 79: TypeError');
  const byKey = Object.fromEntries(assetsOf(failed).map((asset) => [asset.key, asset]));
  expect(Object.fromEntries(assetsOf(failed).map(({ key, status }) => [key, status]))).toEqual({
    raw_weather: 'materialized',
    rain_totals: 'materialized',
    moody_station: 'materialized',
    wind_alarm: 'materialized',
    felt_temperature: 'failed',
    picnic_days: 'skipped',
    picnic_calendar: 'skipped',
  });
  expect(byKey.felt_temperature?.error).toMatchObject({ line: 13, column: 13, cause: { name: 'TypeError' } });
}, 60_000);

test('the 200,000 flights go through', async () => {
  const result = await run('materialize', 'flights-200k.headwater.json', '--select', '*', '--json');
  expect(result.code).toBe(0);
  expect(assetsOf(result).find(({ key }) => key === 'flights')?.rows).toBe(200_000);
}, 60_000);

test('a key that no asset has is wrong usage, with what may have been meant', async () => {
  expect(await run('materialize', weather, '--select', 'station,dialy_weather')).toEqual({
    code: 2,
    out: '',
    err: 'There is no asset “dialy_weather”. Did you mean “daily_weather”?\n',
  });
});

test('a selection finds assets by group, kind, pattern and neighbourhood', async () => {
  const found = async (select: string) =>
    (await run('list', weather, '--select', select)).out.trimEnd().split('\n');
  expect(await found('key:raw/*')).toEqual(['raw/weather']);
  const daily = await found('group:daily');
  expect(daily).toContain('daily_weather');
  expect(daily.length).toBeGreaterThan(1);
  expect(await found('1+key:daily_weather')).toEqual(['daily_weather', 'raw/weather']);
  expect(await found('group:daily and not key:daily_weather')).toEqual(
    daily.filter((key) => key !== 'daily_weather'),
  );
});

test('a selection that cannot be read is wrong usage, with its place', async () => {
  const err =
    '--select cannot be read at character 7: “key” cannot follow here. Put “and” or “or” between two selections.\n' +
    '  key:a key:b\n        ^^^\n';
  for (const command of ['list', 'materialize'])
    expect(await run(command, weather, '--select', 'key:a key:b')).toEqual({ code: 2, out: '', err });
});

test('materialize gives a saved project the config of the launch, checked by its schemas', async () => {
  const file = writeProject('configured', { total: 'export default (_, { config }) => config.limit;' });
  const path = join(folder, file);
  const saved = JSON.parse(readFileSync(path, 'utf8')) as { assets: object[] };
  const configSchema = { type: 'object', properties: { limit: { type: 'integer', default: 3 } } };
  const assets = saved.assets.map((asset) => ({ ...asset, configSchema }));
  writeFileSync(path, JSON.stringify({ ...saved, version: 3, assets }));
  const config = (limit: unknown) => ['--config-json', JSON.stringify({ assets: { total: { limit } } })];
  const launch = ['materialize', file, '--select', '*', '--json'];
  const wrong = await run(...launch, ...config('many'));
  expect({ code: wrong.code, err: wrong.err }).toEqual({
    code: 2,
    err: 'The config of “total”: “limit” must be a number.\n',
  });
  const versions = [];
  for (const words of [launch, [...launch, ...config(3)], [...launch, ...config(4)]]) {
    const ended = await run(...words);
    expect(ended).toMatchObject({ code: 0, err: expect.not.stringContaining('cannot') });
    versions.push(assetsOf(ended)[0]?.dataVersion);
  }
  expect(versions[1]).toBe(versions[0]);
  expect(versions[2]).not.toBe(versions[0]);
});

test.each([
  [[], 'Say what to do'],
  [['frobnicate'], 'There is no command “frobnicate”'],
  [['dev', weather], 'is not there yet'],
  [['export', weather, '--target', 'dbt', '--out', 'x'], '--target typescript, or --target dagster'],
  [['export', weather, '--target', 'dagster', '--executor', 'slurm', '--out', 'x'], 'no executor “slurm”'],
  [['export', weather, '--target', 'typescript', '--partial', '--out', 'x'], 'are for --target dagster'],
  [['export', weather], '--target typescript'],
  [['import', 'typescript', 'folder'], '--out FILE'],
  [['list'], 'Name the project file'],
  [['list', 'missing.headwater.json'], 'There is no file missing.headwater.json.'],
  [['list', '.'], 'is a folder'],
  [['list', weather, '--nonsense'], `Unknown option '--nonsense'.`],
  [['materialize', weather], 'Say which assets'],
  [['materialize', weather, '--select', ''], '--select is empty'],
  [['materialize', weather, 'a', 'b', '--select', 'c'], 'takes one FILE'],
  [
    ['materialize', weather, '--select', '*', '--config-json', '{"assets": {"staton": 1}}'],
    'There is config for “staton”, which is no asset. Did you mean “station”?',
  ],
  [['materialize', weather, '--select', '*', '--config-json', '{'], '--config-json is no JSON'],
  [
    ['materialize', weather, '--select', '*', '--config-json', '{"ops": {}}'],
    '--config-json has “ops”, which is not there',
  ],
  [['materialize', weather, '--select', '*', '--config', 'none.json'], 'There is no file none.json.'],
  [['materialize', weather, '--select', '*', '--partition', 'a'], '--partition is not there yet'],
  [['wipe', weather], 'Name the keys to wipe, or give --all.'],
  [['wipe', weather, 'station', '--all'], 'Name keys, or give --all: not both.'],
  [['wipe', weather, 'staton'], 'There is no asset “staton”. Did you mean “station”?'],
  [['list', 'missing.ts'], 'There is no file missing.ts.'],
])('headwater %j is wrong usage', async (words, line) => {
  const { code, out, err } = await run(...words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.split('\n')[0]).toContain(line);
});

test('validate prints every problem, one a line', async () => {
  expect(await run('validate', weather)).toEqual({ code: 0, out: '13 assets, no problems\n', err: '' });
  const broken = await run(
    'validate',
    writeProject('broken', {
      a: 'export default ({ b }) => b',
      b: 'export default ({ a }) => a',
      c: 'export default ({ missing }) => 1',
      d: 'export default () => { return 1 +; }',
      e: 'const helper = 1;\nexport default () => helper;',
    }),
  );
  expect(broken).toMatchObject({ code: 1, out: '' });
  const lines = broken.err.trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain('“c” reads “missing”');
  expect(lines[1]).toContain('a circle');
  expect(lines[2]).toContain('“d” cannot run, line 1, column 34');
  expect(lines[3]).toContain('“e” cannot run, line 1, column 1');
  writeFileSync(join(folder, 'no.headwater.json'), '{"format": "headwater"');
  expect(await run('validate', 'no.headwater.json')).toMatchObject({ code: 1, out: '' });
  writeFileSync(
    join(folder, 'shape.headwater.json'),
    '{"format": "headwater", "version": 1, "name": 3, "assets": {}}',
  );
  expect((await run('validate', 'shape.headwater.json')).err.trimEnd().split('\n')).toHaveLength(2);
});

test('a data file that is missing or changed is a problem, and fails its asset', async () => {
  const file = join('moved', 'flights-200k.headwater.json');
  cpSync(join(folder, 'flights-200k.headwater.json'), join(folder, file));
  expect(await run('validate', file)).toMatchObject({
    code: 1,
    err: 'The data file “flights-200k.arrow” is not beside flights-200k.headwater.json.\n',
  });
  writeFileSync(join(folder, 'moved', 'flights-200k.arrow'), 'something else');
  expect((await run('validate', file)).err).toContain('its hash differs');
  const failed = await run('materialize', file, '--select', 'flights');
  expect(failed.code).toBe(1);
  expect(failed.err).toMatch(/^Materialization failed: flights failed: FileChanged: /);
});

test('two assets of one key are refused before anything runs', async () => {
  const file = writeProject('double', { a: 'export default () => 1', b: 'export default () => 2' });
  const text = readFileSync(join(folder, file), 'utf8').replace('"key": "b"', '"key": "a"');
  expect(parseDocument(text).ok).toBe(true);
  writeFileSync(join(folder, file), text);
  expect(await run('materialize', file, '--select', '*')).toMatchObject({
    code: 1,
    out: '',
    err: 'Two assets are called “a”. Rename one of them.\n',
  });
});

test('Ctrl+C cancels the run; what is materialized is kept; a kill is told by the next run', async () => {
  const file = writeProject('endless', {
    quick: 'export default async () => { await new Promise((done) => setTimeout(done, 50)); return 1; }',
    endless: `export default ({ quick }) => { process.stderr.write('endless runs'); for (;;); }`,
  });
  const canceled = start('materialize', file, '--select', '*');
  const result = ended(canceled);
  await said(canceled, 'endless runs');
  canceled.kill('SIGINT');
  const { code, out, err } = await result;
  expect(code).toBe(1);
  expect(out).toMatch(/^materialized {2}quick .*\ncanceled {6}endless\n$/);
  expect(err).toContain('The run was canceled: 1 of 2 assets are materialized and kept.');

  const killed = start('materialize', file, '--select', '*');
  const over = ended(killed);
  await said(killed, 'endless runs');
  const busy = await run('materialize', file, '--select', 'quick');
  expect(busy).toMatchObject({ code: 1, out: '' });
  expect(busy.err).toMatch(/is in use by process \d+/);
  killed.kill('SIGKILL');
  await over;
  const next = await run('materialize', file, '--select', 'quick');
  expect(next.code).toBe(0);
  expect(next.err).toMatch(/^An earlier run \(.*\) was cut off; 1 of 2 assets of it are kept\.\n$/);
}, 60_000);
