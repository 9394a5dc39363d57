import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AssetIn,
  AssetKey,
  asset,
  ConfigurableIOManager,
  ConfigurableResource,
  Definitions,
  failureHook,
  fileAsset,
  type InputContext,
  Instance,
  MetadataValue,
  materialize,
  type OutputContext,
  successHook,
} from 'headwater';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

describe('resources and IO managers', () => {
  class Database extends ConfigurableResource(
    z.object({ host: z.string(), port: z.number().default(5432) }),
  ) {
    query() {
      return `${this.host}:${this.port}`;
    }
  }

  test('a body finds its resources in the context', async () => {
    const rows = asset({ requiredResourceKeys: ['database'] }, function rows(_: unknown, context) {
      return (context.resources.database as Database).query();
    });
    const result = await materialize([rows], { resources: { database: new Database({ host: 'db' }) } });
    expect(result.assetValue('rows')).toBe('db:5432');
    await expect(materialize([rows])).rejects.toThrow('“database”');
  });

  test('an IO manager stores what bodies return and loads what they read', async () => {
    const calls: string[] = [];
    class Store extends ConfigurableIOManager(z.object({ folder: z.string() })) {
      async handleOutput(context: OutputContext, value: unknown) {
        calls.push(`put ${context.assetKey.toString()}`);
        context.addOutputMetadata({ folder: MetadataValue.path(this.folder) });
        await context.store.put(context.assetKey.toString(), new TextEncoder().encode(JSON.stringify(value)));
      }
      async loadInput(context: InputContext) {
        calls.push(`get ${context.assetKey.toString()}`);
        return JSON.parse(new TextDecoder().decode((await context.store.get(context.assetKey.toString()))!));
      }
    }
    const numbers = asset({ ioManagerKey: 'files' }, function numbers() {
      return [1, 2];
    });
    const sum = asset(
      { ins: { list: new AssetIn({ key: 'numbers' }) } },
      function sum({ list }: { list: number[] }) {
        return list.length;
      },
    );
    const resources = { files: new Store({ folder: '/data' }) };
    const result = await materialize([numbers, sum], { resources });
    expect(result.assetValue('sum')).toBe(2);
    expect(calls).toEqual(['put numbers', 'get numbers']);
    expect(result.getAssetMaterializationEvents()[0]?.metadata).toMatchObject({
      folder: { type: 'path', value: '/data' },
    });
    const definitions = new Definitions({ assets: [numbers, sum], resources });
    expect(await definitions.loadAssetValue('numbers')).toEqual([1, 2]);
    expect(await definitions.loadAssetValue(new AssetKey('sum'))).toBe(2);
  });
});

test('a file asset gives the rows of its file, and is stale when the file changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-file-'));
  const path = join(folder, 'sales.csv');
  writeFileSync(path, 'region,amount\nnorth,3\nsouth,4\n');
  const sales = fileAsset({ key: 'raw/sales', path, format: 'csv' });
  const total = asset(
    { name: 'total', ins: { sales: new AssetIn({ key: 'raw/sales' }) } },
    ({ sales }: { sales: readonly { amount: number }[] }) =>
      sales.reduce((sum, { amount }) => sum + amount, 0),
  );
  const instance = Instance.ephemeral();
  const result = await materialize([sales, total], { instance });
  expect(result.assetValue('total')).toBe(7);
  expect(result.assetValue('raw/sales')).toMatchObject([
    { region: 'north', amount: 3 },
    { region: 'south', amount: 4 },
  ]);
  rmSync(folder, { recursive: true });
  await expect(materialize([sales, total], { instance })).rejects.toThrow('sales.csv');
});

test('config is parsed by its schema, and refused before anything runs', async () => {
  const greeting = asset(
    { config: z.object({ name: z.string().default('you') }) },
    function greeting(_: unknown, { config }) {
      return `Hello, ${config.name}`;
    },
  );
  expect((await materialize([greeting])).assetValue('greeting')).toBe('Hello, you');
  expect(
    (await materialize([greeting], { runConfig: { assets: { greeting: { name: 'Ada' } } } })).assetValue(
      'greeting',
    ),
  ).toBe('Hello, Ada');
  await expect(materialize([greeting], { runConfig: { assets: { greeting: { name: 1 } } } })).rejects.toThrow(
    '“name”',
  );
});

test('hooks are called when a step has succeeded or failed', async () => {
  const seen: string[] = [];
  const hooks = [
    successHook(function noteSuccess({ stepKey }) {
      seen.push(`${stepKey} ok`);
    }),
    failureHook(function noteFailure({ stepKey, error }) {
      seen.push(`${stepKey} ${(error as Error).message}`);
    }),
  ];
  const good = asset({ name: 'good', hooks }, () => 1);
  const bad = asset({ name: 'bad', hooks }, () => {
    throw new Error('no');
  });
  const result = await materialize([good, bad], { raiseOnError: false });
  expect(seen.sort()).toEqual(['bad no', 'good ok']);
  expect(result.allEvents.filter((event) => event.type === 'HOOK_COMPLETED')).toHaveLength(2);
});
