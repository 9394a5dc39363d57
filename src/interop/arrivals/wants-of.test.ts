import { expect, test } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { parseDocument } from '#model/parse-document.ts';
import { documentParts, partOfAsset } from './document-parts.ts';
import { contentsOf, wantsOf } from './wants-of.ts';

const at = { position: { x: 0, y: 0 } };

function documentOf(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseDocument(
    JSON.stringify({ format: 'headwater', version: 3, name: 'Test', assets: [], ...fields }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function wants(fields: Readonly<Record<string, unknown>>) {
  const document = documentOf(fields);
  return wantsOf(document, documentParts(document), formatDocument(document));
}

const asset = (key: string, body: string, more = {}) => ({
  id: key,
  kind: 'asset',
  key,
  ...at,
  body,
  ...more,
});

test('the hosts that code, config and metadata name are listed once each, without paths and users', () => {
  const found = wants({
    assets: [
      asset('a', "export default () => fetch('https://user:pw@API.example.com:8443/v1?x=1')\n", {
        metadata: { docs: 'see http://docs.example.org/a' },
        config: { socket: 'wss://live.example.net', again: 'https://api.example.com:8443/other' },
      }),
    ],
    notes: [{ id: 'n', ...at, width: 200, height: 100, text: '[x](https://notes.example)' }],
  });
  expect(found.hosts).toEqual([
    'api.example.com:8443',
    'docs.example.org',
    'live.example.net',
    'notes.example',
  ]);
  expect(found.hasComputedHost).toBe(false);
});

test('a host that is put together while a body runs is said to be one', () => {
  const found = wants({ assets: [asset('a', `export default () => \`https://$\{host}/x\`\n`)] });
  expect(found).toMatchObject({ hosts: [], hasComputedHost: true });
});

test('a host behind escaped slashes is found', () => {
  const found = wants({ assets: [asset('a', String.raw`export default () => "https:\/\/evil.example\/x"`)] });
  expect(found.hosts).toEqual(['evil.example']);
});

test('libraries are told apart by whether the app brings them', () => {
  const body = [
    "import { mean } from 'd3-array';",
    "import type { Row } from '#types/rows.ts';",
    "import { helper } from '#lib/helper.ts';",
    "import 'lodash';",
    'export default async () => (await import("left-pad")).default(mean([1]), helper);',
  ].join('\n');
  expect(wants({ assets: [asset('a', body)] }).libraries).toEqual([
    { name: 'd3-array', isShipped: true },
    { name: 'left-pad', isShipped: false },
    { name: 'lodash', isShipped: false },
  ]);
});

test('environment values are named wherever a config asks for them', () => {
  const found = wants({
    assets: [asset('a', 'export default () => 1\n', { config: { token: { env: 'TOKEN' } } })],
    resources: [
      { key: 'http', kind: 'resource', body: 'export default class {}', config: { key: { env: 'API_KEY' } } },
      { key: 'files', kind: 'ioManager', body: 'export default class {}' },
    ],
  });
  expect(found.environment).toEqual(['API_KEY', 'TOKEN']);
  expect(found.resources).toEqual(['http']);
  expect(found.ioManagers).toEqual(['files']);
});

test('every body, class and module is a part that can be read, with its settings', () => {
  const document = documentOf({
    assets: [
      asset('a', 'export default () => 1\n', { group: 'g', tags: { team: 'x' } }),
      { id: 'b', kind: 'output', key: 'b', ...at, unit: 'u', output: 'b' },
      { id: 'e', kind: 'external', key: 'e', ...at },
    ],
    units: [{ id: 'u', kind: 'multi', name: 'both', ...at, body: 'export default () => ({ b: 1 })\n' }],
    checks: [
      {
        id: 'c',
        name: 'is_fine',
        specs: [{ name: 'is_fine', asset: 'a' }],
        body: 'export default () => true\n',
      },
    ],
    modules: [{ name: 'tools', body: 'export const one = 1;\n' }],
  });
  const parts = documentParts(document);
  expect(parts.map(({ kind, name, code }) => [kind, name, code !== undefined])).toEqual([
    ['asset', 'a', true],
    ['asset', 'b', true],
    ['asset', 'e', false],
    ['multi-asset', 'both', true],
    ['check', 'a: is_fine', true],
    ['module', '#lib/tools.ts', true],
  ]);
  expect(parts.find(({ name }) => name === 'a')).toMatchObject({
    id: partOfAsset([...document.assets.keys()][0]!),
    settings: expect.arrayContaining([
      ['group', 'g'],
      ['tags', '{\n  "team": "x"\n}'],
    ]),
  });
  expect(contentsOf(document)).toMatchObject({ assets: 3, bodies: 2, checks: 1, modules: 1, files: 0 });
});

test('an asset that a graph of ops makes names the ops, which are parts of their own', () => {
  const op = (name: string) => ({ name, ...at, args: [], body: 'export default () => 1\n' });
  const document = documentOf({
    assets: [{ id: 'g', kind: 'output', key: 'g', ...at, unit: 'u', output: 'result' }],
    units: [
      {
        id: 'u',
        kind: 'graph',
        name: 'g',
        ...at,
        ops: [op('one'), op('two')],
        results: { result: { op: 'two' } },
      },
    ],
  });
  const [asset, ...ops] = documentParts(document);
  expect(asset).toMatchObject({ kind: 'asset', madeBy: ops.map(({ id }) => id) });
  expect(ops.map(({ kind, name }) => [kind, name])).toEqual([
    ['op', 'g / one'],
    ['op', 'g / two'],
  ]);
  expect(contentsOf(document)).toMatchObject({ assets: 1, bodies: 0, ops: 2 });
});

test('a text made to keep a pattern searching is read in one go', () => {
  const body = `export default () => 1 // ${'import '.repeat(60_000)}${'https://'.repeat(60_000)}\n`;
  expect(wants({ assets: [asset('a', body)] }).libraries).toEqual([]);
});
