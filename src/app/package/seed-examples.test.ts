// The first examples of Dagster's own guide, typed as their TypeScript counterparts.

import {
  AssetCheckResult,
  AssetCheckSpec,
  AssetIn,
  AssetOut,
  type AssetsDefinition,
  asset,
  assetCheck,
  buildAssetContext,
  ConfigurableIOManager,
  ConfigurableResource,
  Definitions,
  graphAsset,
  type InputContext,
  MaterializeResult,
  MetadataValue,
  materialize,
  multiAsset,
  Output,
  type OutputContext,
  op,
} from 'headwater';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

interface Order {
  readonly id: number;
  readonly amount: number;
}

const orders = asset(function orders(): Order[] {
  return [
    { id: 1, amount: 20 },
    { id: 2, amount: 22 },
  ];
});
const revenue = asset(function revenue({ orders }: { orders: readonly Order[] }) {
  return orders.reduce((sum, { amount }) => sum + amount, 0);
});

/** The metadata of the latest materialization of a key. */
const metadataOf = (result: Awaited<ReturnType<typeof materialize>>, key: string) =>
  result.getAssetMaterializationEvents().findLast(({ assetKey }) => assetKey === key)?.metadata;
const specOf = (definition: AssetsDefinition) => [...definition.specs][0];

test('a basic asset', async () => {
  const result = await materialize([orders]);
  expect(result.success).toBe(true);
  expect(result.assetValue('orders')).toHaveLength(2);
});

test('an asset with a dependency', async () => {
  const result = await materialize([orders, revenue]);
  expect(result.assetValue('revenue')).toBe(42);
  expect(result.getAssetMaterializationEvents().map(({ assetKey }) => assetKey)).toEqual([
    'orders',
    'revenue',
  ]);
});

test('a multi-asset', async () => {
  const split = multiAsset(
    { outs: { small: new AssetOut(), large: new AssetOut({ key: 'sales/large' }) } },
    function split({ orders }: { orders: readonly Order[] }) {
      return {
        small: orders.filter(({ amount }) => amount <= 20),
        large: orders.filter(({ amount }) => amount > 20),
      };
    },
  );
  const result = await materialize([orders, split]);
  expect(result.outputForNode('split', 'small')).toEqual([{ id: 1, amount: 20 }]);
  expect(result.assetValue('sales/large')).toEqual([{ id: 2, amount: 22 }]);
});

test('a graph asset of two ops', async () => {
  const stepOne = op(function step_one() {
    return 41;
  });
  const stepTwo = op(function step_two(value: number) {
    return value + 1;
  });
  const complex = graphAsset(function complex() {
    return stepTwo(stepOne());
  });
  const result = await materialize([complex]);
  expect(result.assetValue('complex')).toBe(42);
  const started = result.allEvents.filter(({ type }) => type === 'STEP_START');
  expect(started.map(({ stepKey }) => stepKey)).toEqual(['complex.step_one', 'complex.step_two']);
});

test('a MaterializeResult with a row count', async () => {
  const table = asset(function table() {
    return new MaterializeResult({ metadata: { 'dagster/row_count': 374 } });
  });
  const result = await materialize([table]);
  expect(metadataOf(result, 'table')).toEqual({ 'dagster/row_count': { type: 'int', value: 374 } });
  expect(result.assetValue('table')).toBeUndefined();
});

test('an inline check', async () => {
  const checked = asset(
    { checkSpecs: [new AssetCheckSpec({ name: 'ids_are_unique', asset: 'checked' })] },
    function* checked() {
      const ids = [1, 2, 2];
      yield new Output(ids, { metadata: { num_rows: ids.length } });
      yield new AssetCheckResult({ passed: new Set(ids).size === ids.length });
    },
  );
  const result = await materialize([checked]);
  expect(result.success).toBe(true);
  expect(result.getAssetCheckEvaluations()).toMatchObject([
    { checkName: 'ids_are_unique', assetKey: 'checked', passed: false, severity: 'ERROR' },
  ]);
});

test('a check of its own', async () => {
  const hasRows = assetCheck({ asset: orders, blocking: true }, function has_rows({ orders }) {
    return new AssetCheckResult({ passed: (orders as readonly Order[]).length > 0 });
  });
  const result = await materialize([orders, hasRows, revenue]);
  expect(result.getAssetCheckEvaluations()).toMatchObject([
    { checkName: 'has_rows', passed: true, blocking: true },
  ]);
  expect(result.assetValue('revenue')).toBe(42);
});

test('rich metadata: markdown and a URL', async () => {
  const report = asset(function report(_: unknown, context) {
    context.addMetadata({ source: MetadataValue.url('https://example.org/report') });
    return new MaterializeResult({
      value: 'done',
      metadata: { preview: MetadataValue.md('| a |\n| --- |\n| 1 |') },
    });
  });
  const result = await materialize([report]);
  expect(metadataOf(result, 'report')).toEqual({
    preview: { type: 'md', value: '| a |\n| --- |\n| 1 |' },
    source: { type: 'url', value: 'https://example.org/report' },
  });
  expect(() => MetadataValue.url('javascript:alert(1)')).toThrow();
});

describe('a resource', () => {
  class Database extends ConfigurableResource(
    z.object({ host: z.string(), port: z.number().default(5432) }),
  ) {
    query(sql: string) {
      return `${sql} @ ${this.host}:${this.port}`;
    }
  }
  const customers = asset({ requiredResourceKeys: ['database'] }, function customers(_: unknown, context) {
    return (context.resources.database as Database).query('SELECT 1');
  });

  test('has a default port', async () => {
    const result = await materialize([customers], { resources: { database: new Database({ host: 'db' }) } });
    expect(result.assetValue('customers')).toBe('SELECT 1 @ db:5432');
  });

  test('is overridden in a test', async () => {
    const definitions = new Definitions({
      assets: [customers],
      resources: { database: new Database({ host: 'production' }) },
    });
    definitions.validate();
    const result = await materialize([customers], {
      resources: { database: new Database({ host: 'localhost', port: 1 }) },
    });
    expect(result.assetValue('customers')).toBe('SELECT 1 @ localhost:1');
  });

  test('refuses config that does not fit, by the name of its field', () => {
    expect(() => new Database({ host: 1 } as never)).toThrow('host');
  });
});

test('a custom IO manager', async () => {
  class JsonStore extends ConfigurableIOManager(z.object({ prefix: z.string().default('values') })) {
    #path(key: string) {
      return `${this.prefix}/${key}.json`;
    }
    async handleOutput(context: OutputContext, value: unknown) {
      const bytes = new TextEncoder().encode(JSON.stringify(value));
      await context.store.put(this.#path(context.assetKey.toString()), bytes);
      context.addOutputMetadata({ bytes: bytes.length });
    }
    async loadInput(context: InputContext) {
      const bytes = await context.store.get(this.#path(context.assetKey.toString()));
      if (!bytes) throw new Error(`Nothing is stored for ${context.assetKey.toString()}.`);
      return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    }
  }
  const result = await materialize([orders, revenue], { resources: { io_manager: new JsonStore({}) } });
  expect(result.assetValue('revenue')).toBe(42);
  expect(metadataOf(result, 'revenue')).toEqual({ bytes: { type: 'int', value: 2 } });
});

test('definition metadata', () => {
  const documented = asset(
    {
      description: 'Every order there is.',
      owners: ['team:sales', 'ada@example.org'],
      tags: { domain: 'sales' },
      kinds: ['table'],
      codeVersion: '2',
      metadata: { link: MetadataValue.url('https://example.org'), priority: 5 },
    },
    function documented() {
      return 1;
    },
  );
  expect(specOf(documented)).toMatchObject({
    description: 'Every order there is.',
    owners: ['team:sales', 'ada@example.org'],
    tags: { domain: 'sales' },
    codeVersion: '2',
  });
  expect([...(specOf(documented)?.kinds ?? [])]).toEqual(['table']);
});

test('runtime metadata by Output', async () => {
  const counted = asset(function counted() {
    return new Output([1, 2, 3], { metadata: { num_rows: 3, mean: 2.5 } });
  });
  const result = await materialize([counted]);
  expect(result.assetValue('counted')).toEqual([1, 2, 3]);
  expect(metadataOf(result, 'counted')).toEqual({
    num_rows: { type: 'int', value: 3 },
    mean: { type: 'float', value: 2.5 },
  });
});

test('AssetIn names another key', async () => {
  const source = asset({ keyPrefix: 'raw' }, function source() {
    return 20;
  });
  const doubled = asset(
    { ins: { upstream: new AssetIn({ key: ['raw', 'source'] }) } },
    function doubled({ upstream }: { upstream: number }) {
      return upstream * 2;
    },
  );
  expect((await materialize([source, doubled])).assetValue('doubled')).toBe(40);
});

test('groups, and a selection by group', async () => {
  const inGroup = asset({ groupName: 'finance' }, function ledger() {
    return 1;
  });
  const other = asset(function other() {
    return 2;
  });
  expect(specOf(inGroup)?.groupName).toBe('finance');
  expect(specOf(other)?.groupName ?? 'default').toBe('default');
  const result = await materialize([inGroup, other], { selection: 'group:finance' });
  expect(result.getAssetMaterializationEvents().map(({ assetKey }) => assetKey)).toEqual(['ledger']);
});

test('materialize in a unit test, read with outputForNode; and a body called as a function', async () => {
  const result = await materialize([orders, revenue]);
  expect(result.outputForNode('revenue')).toBe(42);
  expect(await revenue({ orders: [{ id: 9, amount: 7 }] }, buildAssetContext())).toBe(7);
});
