// `types/` of an exported folder: every kind of body finds there what it is given, under the name that it has in the app.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, Check, ProjectDocument, Resource, Unit } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';
import { commandIn } from './command-process.ts';

let folder: string;
const { run } = commandIn(() => folder);
const place = (path: string) => join(folder, path);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-types-'));
  expect(await write(everyKind(), 'out')).toMatchObject({ code: 0, err: '' });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function write(document: ProjectDocument, out: string) {
  writeFileSync(place('project.headwater.json'), formatDocument(document));
  return run('export', 'project.headwater.json', '--target', 'typescript', '--out', out);
}

const checkTypes = (name: string): string =>
  spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url)), '--noEmit'],
    { cwd: place(name), encoding: 'utf8' },
  ).stdout;

const textsIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(place(path), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => [name, readFileSync(place(`${path}/${name}`), 'utf8')]),
  );

// Bodies import their types by the names that they have in the app, and read `total` of the rows of `orders`.
const heads = (name: string, what = 'Inputs') => `import type { ${what} } from '#types/${name}';\n\n`;
const at = { position: { x: 0, y: 0 } } as const;

const units: readonly Unit[] = [
  {
    ...at,
    id: asUnitId('split'),
    kind: 'multi',
    name: 'split',
    configSchema: {
      type: 'object',
      properties: { limit: { type: 'number' } },
      required: ['limit'],
    },
    config: { limit: 3 },
    body: `${heads('split', 'Context, Inputs')}export default function split({ orders }: Inputs, { config, resources: { rates } }: Context) {
  const limit: number = config.limit;
  const rate: number = rates.rate;
  return { small: orders.filter((row) => row.total * rate < limit), large: [] };
}
`,
  },
  {
    ...at,
    id: asUnitId('watch'),
    kind: 'multi-observable',
    name: 'watch',
    body: `${heads('watch')}export default function watch({ orders }: Inputs) {
  return { north: String(orders[0]?.total), south: '1' };
}
`,
  },
  {
    ...at,
    id: asUnitId('report'),
    kind: 'graph',
    name: 'report',
    ins: { sold: 'orders' },
    ops: [
      {
        ...at,
        name: 'pick',
        args: [{ input: 'sold' }],
        outs: [{ name: 'row', isDynamic: true }],
        body: `import { DynamicOutput } from 'headwater';
${heads('pick', 'Body, Inputs')}export default (function* pick(sold: Inputs['sold']) {
  for (const row of sold) yield new DynamicOutput(row.total, { mappingKey: String(row.id) });
} satisfies Body);
`,
      },
      {
        ...at,
        name: 'scale',
        args: [{ op: 'pick', output: 'row' }],
        body: 'export default function scale(one: number) {\n  return { total: one * 2 };\n}\n',
      },
      {
        ...at,
        name: 'add',
        args: [{ op: 'scale', collect: true }],
        config: { from: 1 },
        body: `${heads('add', 'Context, Inputs')}export default function add(scaled: Inputs['scaled'], context: Context) {
  return scaled.reduce((sum, each) => sum + each.total, context.config.from);
}
`,
      },
    ],
    results: { result: { op: 'add' } },
  },
];

const outputs = [
  ['split', 'small'],
  ['split', 'large'],
  ['watch', 'north'],
  ['watch', 'south'],
  ['report', 'result'],
].map(([unit = '', output = '']): Asset => {
  const key = unit === 'report' ? 'report' : output;
  return { ...at, id: asAssetId(key), kind: 'output', key, unit: asUnitId(unit), output };
});

const checks: readonly Check[] = [
  // Two checks of one name, of different assets.
  ...['orders', 'refunds'].map(
    (asset): Check => ({
      id: asCheckId(`filled-${asset}`),
      name: 'filled',
      specs: [{ name: 'filled', asset }],
      body: `${heads('filled')}export default function filled({ ${asset} }: Inputs) {
  return ${asset}.every((row) => row.total > 0);
}
`,
    }),
  ),
  {
    id: asCheckId('agree'),
    name: 'agree',
    specs: [
      { name: 'more', asset: 'orders' },
      { name: 'less', asset: 'refunds' },
    ],
    body: `import { AssetCheckResult } from 'headwater';
${heads('agree')}export default function* agree({ orders, refunds }: Inputs) {
  yield new AssetCheckResult({ checkName: 'more', passed: orders[0]?.total === 1 });
  yield new AssetCheckResult({ checkName: 'less', passed: refunds.length > 0 });
}
`,
  },
];

const rates: Resource = {
  key: 'rates',
  kind: 'resource',
  config: { rate: 2 },
  body: `import { z } from 'zod';
import { ConfigurableResource } from 'headwater';

export default class Rates extends ConfigurableResource(z.object({ rate: z.number() })) {}
`,
};

function everyKind(): ProjectDocument {
  const base = graph()
    .asset('orders', 'function orders() {\n  return [{ id: 1, total: 2 }];\n}')
    .asset('refunds', 'function refunds() {\n  return [{ order: 1, total: 1 }];\n}')
    .document();
  const observable: Asset = {
    ...at,
    id: asAssetId('feed'),
    kind: 'observable',
    key: 'feed',
    body: `${heads('feed', 'Inputs, Output')}export default function feed({ orders }: Inputs): Output {
  return String(orders[0]?.total);
}
`,
  };
  return {
    ...base,
    assets: new Map([...base.assets, ...[observable, ...outputs].map((each) => [each.id, each] as const)]),
    units: new Map(units.map((unit) => [unit.id, unit])),
    checks: new Map(checks.map((check) => [check.id, check])),
    resources: new Map([[rates.key, rates]]),
  };
}

const reading = [
  'assets/feed.ts',
  'assets/split.ts',
  'assets/watch.ts',
  'checks/orders/agree.ts',
  'checks/orders/filled.ts',
  'checks/refunds/filled.ts',
  'ops/report/add.ts',
  'ops/report/pick.ts',
];

test('bodies of every kind import what they are given, and the folder passes a strict check', () => {
  expect(checkTypes('out')).toBe('');
}, 120_000);

test('a field that is not there is refused in bodies of every kind', () => {
  cpSync(place('out'), place('mistyped'), { recursive: true });
  for (const path of reading) {
    const file = place(`mistyped/${path}`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\.total\b/, '.amount'));
  }
  const refused = [...checkTypes('mistyped').matchAll(/^(.*?)\(.*error TS2339: Property 'amount'/gm)];
  expect(refused.map(([, path]) => path).sort()).toEqual(reading);
}, 120_000);

test('what is read back gives the same types again', async () => {
  expect(await run('import', 'typescript', 'out', '--out', 'back.headwater.json')).toMatchObject({
    code: 0,
    err: '',
  });
  await run('export', 'back.headwater.json', '--target', 'typescript', '--out', 'again');
  expect(textsIn('again')).toEqual(textsIn('out'));
}, 120_000);

test('a second export takes away the types of bodies that are no longer there', async () => {
  await write(everyKind(), 'shrinking');
  expect(Object.keys(textsIn('shrinking/types'))).toEqual(
    ['add', 'agree', 'feed', 'filled', 'orders', 'pick', 'refunds', 'scale', 'split', 'watch'].map(
      (name) => `${name}.ts`,
    ),
  );
  await write({ ...everyKind(), checks: new Map() }, 'shrinking');
  expect(Object.keys(textsIn('shrinking/types'))).toEqual(
    ['add', 'feed', 'orders', 'pick', 'refunds', 'scale', 'split', 'watch'].map((name) => `${name}.ts`),
  );
}, 120_000);
