// The command line over TypeScript modules that export `Definitions`, as its users start it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandIn, type Ended, ended, said } from './command-process.ts';

let folder: string;
const { start, run } = commandIn(() => folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-modules-'));
  // Builds the bundle, so that no test waits for it.
  await run('help');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
}

const resultOf = ({ out }: Ended) =>
  JSON.parse(out) as {
    readonly status: string;
    readonly assets: readonly {
      readonly key: string;
      readonly status: string;
      readonly metadata?: Readonly<Record<string, { readonly value: unknown }>>;
      readonly error?: { readonly name: string; readonly message: string };
    }[];
    readonly checks: readonly { readonly name: string; readonly passed: boolean }[];
  };
const statusesOf = (ended: Ended) =>
  Object.fromEntries(resultOf(ended).assets.map(({ key, status }) => [key, status]));

test('list and validate load a module with its imports, and run no body', async () => {
  write('shop/amounts.ts', 'export const amounts: readonly number[] = [3, 4];');
  write('shop/own/tax.ts', 'export const tax = (amount: number): number => amount * 1.5;');
  write('shop/package.json', '{ "type": "module", "imports": { "#own/*": "./own/*" } }');
  const file = write(
    'shop/definitions.ts',
    `import { asset, AssetSpec, Definitions, MaterializeResult } from 'headwater';
import { amounts } from './amounts';
import { tax } from '#own/tax.ts';
type Order = { readonly amount: number };
console.log('loaded');
const orders = asset({ groupName: 'sales', deps: ['ledger'] }, function orders(): Order[] {
  throw new Error('a body ran');
});
const total = asset(function total({ orders }: { orders: Order[] }) {
  return new MaterializeResult({ value: orders.map(({ amount }) => tax(amount)) });
});
export default new Definitions({ assets: [total, orders, new AssetSpec({ key: 'ledger' })] });
export const loaded = amounts;
`,
  );
  expect(await run('list', file)).toEqual({ code: 0, out: 'ledger\norders\ntotal\n', err: 'loaded\n' });
  expect((await run('list', file, '--select', 'group:sales')).out).toBe('orders\n');
  const [orders] = JSON.parse((await run('list', file, '--json', '--select', 'orders')).out);
  expect(orders).toMatchObject({ key: 'orders', group: 'sales', deps: ['ledger'], kind: 'asset' });
  expect(await run('validate', file)).toMatchObject({ code: 0, out: '3 assets, no problems\n' });
}, 60_000);

const pipeline = `import {
  asset, assetCheck, AssetCheckResult, ConfigurableIOManager, ConfigurableResource, Definitions,
  type InputContext, MaterializeResult, type OutputContext,
} from 'headwater';
import { z } from 'zod';

class Database extends ConfigurableResource(z.object({ host: z.string(), port: z.number().default(5432) })) {
  address(): string {
    return \`\${this.host}:\${this.port}\`;
  }
}
class JsonStore extends ConfigurableIOManager(z.object({ prefix: z.string() })) {
  async handleOutput(context: OutputContext, value: unknown) {
    await context.store.put(\`\${this.prefix}/\${context.assetKey}\`, new TextEncoder().encode(JSON.stringify(value)));
  }
  async loadInput(context: InputContext) {
    const bytes = await context.store.get(\`\${this.prefix}/\${context.assetKey}\`);
    return JSON.parse(new TextDecoder().decode(bytes!));
  }
}

const numbers = asset({ config: z.object({ limit: z.number().default(3) }) }, function numbers(_: object, context) {
  console.log('numbers runs');
  return Array.from({ length: (context.config as { limit: number }).limit }, (_, i) => i);
});
const kept = asset({ ioManagerKey: 'json' }, function kept({ numbers }: { numbers: number[] }) {
  return { numbers };
});
const downstream = asset({ requiredResourceKeys: ['db'] }, function downstream(
  { kept, numbers }: { kept: { numbers: number[] }; numbers: number[] }, context,
) {
  const address = (context.resources['db'] as Database).address();
  return new MaterializeResult({ metadata: { address, kept: kept.numbers.length, numbers: numbers.length } });
});
const few = assetCheck({ asset: numbers }, function few({ numbers }: { numbers: number[] }) {
  return new AssetCheckResult({ passed: numbers.length < 10, severity: 'WARN' });
});

export const definitions = new Definitions({
  assets: [numbers, kept, downstream],
  assetChecks: [few],
  resources: { db: new Database({ host: 'localhost' }), json: new JsonStore({ prefix: 'values' }) },
});
`;

test('materialize uses resources, IO managers, checks and config; a later command loads what was stored', async () => {
  const file = write('pipeline/definitions.ts', pipeline);
  const all = await run('materialize', file, '--select', '*', '--json');
  expect(all.code).toBe(0);
  expect(all.err).toMatch(/^3 bodies run|numbers runs/);
  expect(resultOf(all).status).toBe('SUCCESS');
  expect(resultOf(all).checks).toMatchObject([{ name: 'few', passed: true }]);

  const alone = await run('materialize', file, '--select', 'downstream', '--json');
  expect(alone).toMatchObject({ code: 0, err: '' });
  expect(resultOf(alone).assets[0]?.metadata).toMatchObject({
    address: { value: 'localhost:5432' },
    kept: { value: 3 },
    numbers: { value: 3 },
  });

  write('pipeline/run.json', '{ "assets": { "numbers": { "limit": 12 } } }');
  const more = await run('materialize', file, '--select', 'numbers', '--config', 'pipeline/run.json');
  expect(more).toMatchObject({ code: 0, err: 'numbers runs\n' });
  expect(more.out).toMatch(/^materialized {2}numbers {2}.*\ncheck warns {2}numbers: few\n$/);
  const [first] = JSON.parse((await run('list', file, '--json', '--select', 'kept')).out);
  expect(first).toMatchObject({ status: 'stale', staleCauses: [{ dependency: 'numbers' }] });

  const bad = await run(
    'materialize',
    file,
    '--select',
    'numbers',
    '--config-json',
    '{"assets":{"numbers":{"limit":"a"}}}',
  );
  expect(bad).toMatchObject({ code: 2, out: '' });
  expect(bad.err).toMatch(/^The run config cannot be used. “numbers”: “limit”: /);
  expect((await run('wipe', file, 'numbers', 'kept')).out).toBe('kept\nnumbers\n');
  expect((await run('materialize', file, '--select', 'downstream')).code).toBe(1);
}, 120_000);

test('a body that throws exits with 1, names its asset and the line in the file, and keeps the rest', async () => {
  const file = write(
    'failing.ts',
    `import { asset, Definitions } from 'headwater';
const fine = asset(function fine() { return 1; });
const broken = asset(function broken({ fine }: { fine: number }) {
  throw new RangeError(\`no \${fine}\`);
});
const after = asset(function after({ broken }: { broken: number }) { return broken; });
export default new Definitions({ assets: [fine, broken, after] });
`,
  );
  const failed = await run('materialize', file, '--select', '*', '--json');
  expect(failed.code).toBe(1);
  expect(statusesOf(failed)).toEqual({ fine: 'materialized', broken: 'failed', after: 'skipped' });
  expect(failed.err).toContain('Materialization failed: broken failed: RangeError: no 1\n');
  expect(failed.err).toMatch(/at broken \(file:.*failing\.ts:4:9\)/);
  expect(failed.err).not.toContain('dist/cli');
  expect(failed.err).toContain('skipped because of that: after');
}, 60_000);

test('a body that hangs is ended by its time limit, and the module loaded anew for the others', async () => {
  const file = write(
    'hanging.ts',
    `import { asset, Definitions } from 'headwater';
const hangs = asset({ timeoutSeconds: 1 }, function hangs() { for (;;); });
const waits = asset({ deps: ['hangs'] }, function waits() { return 1; });
const fine = asset(function fine() { return 1; });
const finer = asset(function finer({ fine }: { fine: number }) { return fine; });
export default new Definitions({ assets: [hangs, waits, fine, finer] });
`,
  );
  const result = await run('materialize', file, '--select', '*', '--json');
  expect(result.code).toBe(1);
  expect(statusesOf(result)).toEqual({
    hangs: 'failed',
    waits: 'skipped',
    fine: 'materialized',
    finer: 'materialized',
  });
  expect(resultOf(result).assets.find(({ key }) => key === 'hangs')?.error?.name).toBe('StepTimeout');
}, 60_000);

test('Ctrl+C ends a body that hangs; what is materialized is kept', async () => {
  const file = write(
    'endless.ts',
    `import { writeSync } from 'node:fs';
import { asset, Definitions } from 'headwater';
const quick = asset(async function quick() {
  await new Promise((done) => setTimeout(done, 200));
  return 1;
});
const endless = asset(function endless({ quick }: { quick: number }) {
  writeSync(2, 'endless runs');
  for (;;);
});
export default new Definitions({ assets: [quick, endless] });
`,
  );
  const child = start('materialize', file, '--select', '*');
  const result = ended(child);
  await said(child, 'endless runs');
  child.kill('SIGINT');
  const { code, out, err } = await result;
  expect(code).toBe(1);
  expect(out).toMatch(/^materialized {2}quick .*\ncanceled {6}endless\n$/);
  expect(err).toContain('The run was canceled: 1 of 2 assets are materialized and kept.');
}, 60_000);

test('definitions that cannot stand are told one a line, and nothing runs', async () => {
  const file = write(
    'wrong.ts',
    `import { asset, Definitions } from 'headwater';
const a = asset(function a({ b }: { b: number }) { return b; });
const b = asset(function b({ a }: { a: number }) { return a; });
const c = asset({ requiredResourceKeys: ['db'] }, function c() { return 1; });
export default new Definitions({ assets: [a, b, c] });
`,
  );
  const problems = await run('validate', file);
  expect(problems).toMatchObject({ code: 1, out: '' });
  expect(problems.err.trimEnd().split('\n')).toHaveLength(2);
  expect(problems.err).toContain('db');
  expect(problems.err).toContain('a circle');
  expect(await run('materialize', file, '--select', '*')).toEqual(problems);
}, 60_000);

const opening = `import { asset, Definitions } from 'headwater';\nconst a = asset(function a() { return 1; });\n`;

test.each([
  ['none', `${opening}export const nothing = 1;`, /exports no Definitions/],
  [
    'several',
    `${opening}export const one = new Definitions({ assets: [a] });\nexport default new Definitions();`,
    /exports several Definitions \(“default”, “one”\)/,
  ],
  [
    'throws',
    `${opening}throw new TypeError('on purpose');`,
    /throws\.ts cannot be loaded: TypeError: on purpose/,
  ],
  ['syntax', `${opening}const x = ;`, /syntax\.ts cannot be loaded: SyntaxError: .*syntax\.ts:3:11/],
  ['missing', `${opening}import './nowhere.ts';`, /missing\.ts cannot be loaded: .*nowhere/],
  [
    'a type',
    `${opening}import { Shape } from './shapes.ts';\nexport const x: Shape = 1;`,
    /cannot be loaded: SyntaxError: .*Shape.*\nIf that is a type, import it with "import type"\./,
  ],
  ['not ours', `class Definitions {}\nexport default new Definitions();`, /not made by this Headwater/],
])('a module with %s exits with 1 and says why in its first line', async (name, text, says) => {
  write('shapes.ts', 'export type Shape = number;');
  const { code, out, err } = await run('list', write(`${name.replace(' ', '-')}.ts`, text));
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(says);
});

test('one object under two names is one, and a part of a multi-asset that cannot be split is refused', async () => {
  const file = write(
    'parts.ts',
    `import { AssetOut, Definitions, multiAsset } from 'headwater';
const parts = multiAsset({ outs: { left: new AssetOut(), right: new AssetOut() } }, function parts() {
  return { left: 1, right: 2 };
});
export const definitions = new Definitions({ assets: [parts] });
export default definitions;
`,
  );
  expect((await run('materialize', file, '--select', 'left,right')).code).toBe(0);
  const refused = await run('materialize', file, '--select', 'left');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain('“parts”');
}, 60_000);

test('a module may name data files, which are read where the command is started', async () => {
  write('amounts.csv', 'amount\n3\n4\n');
  const file = write(
    'files.ts',
    `import { asset, Definitions, fileAsset } from 'headwater';
const amounts = fileAsset({ key: 'amounts', path: 'amounts.csv', format: 'csv' });
const total = asset(function total({ amounts }: { amounts: { amount: number }[] }) {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
});
export default new Definitions({ assets: [amounts, total] });
`,
  );
  const result = await run('materialize', file, '--select', '*');
  expect(result.code).toBe(0);
  expect(result.out).toMatch(/^materialized {2}amounts {2}2 rows.*\nmaterialized {2}total {4}7 /);
}, 60_000);
