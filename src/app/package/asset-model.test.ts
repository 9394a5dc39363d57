import {
  AssetCheckResult,
  AssetCheckSpec,
  AssetOut,
  AssetSpec,
  asset,
  assetCheck,
  DataVersion,
  DynamicOut,
  DynamicOutput,
  graphAsset,
  Instance,
  MaterializeResult,
  materialize,
  multiAsset,
  multiAssetCheck,
  Output,
  observableSourceAsset,
  observe,
  op,
  RetryPolicy,
} from 'headwater';
import { describe, expect, test } from 'vitest';

type Result = Awaited<ReturnType<typeof materialize>>;
const types = (result: Result, stepKey: string): string[] =>
  result.allEvents.flatMap((event) => (event.stepKey === stepKey ? [event.type] : []));

describe('a multi-asset', () => {
  const split = multiAsset(
    { outs: { left: new AssetOut(), right: new AssetOut({ isRequired: false }) } },
    function split() {
      return { left: 1, right: 2 };
    },
  );

  test('makes several assets from one returned object', async () => {
    const result = await materialize([split]);
    expect([result.assetValue('left'), result.assetValue('right')]).toEqual([1, 2]);
    expect(result.outputForNode('split', 'right')).toBe(2);
  });

  test('what it yields before it fails stays materialized, and everything behind it is abandoned', async () => {
    const partial = multiAsset({ outs: { one: new AssetOut(), two: new AssetOut() } }, function* partial() {
      yield new Output(1, { outputName: 'one' });
      throw new Error('broken');
    });
    const readsOne = asset({ name: 'reads_one' }, ({ one }: { one: number }) => one);
    const result = await materialize([partial, readsOne], { raiseOnError: false });
    expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(['one']);
    expect(types(result, 'partial')).toEqual([
      'ASSET_MATERIALIZATION_PLANNED',
      'ASSET_MATERIALIZATION_PLANNED',
      'STEP_START',
      'STEP_OUTPUT',
      'ASSET_MATERIALIZATION',
      'HANDLED_OUTPUT',
      'STEP_FAILURE',
      'ASSET_FAILED_TO_MATERIALIZE',
    ]);
    expect(types(result, 'reads_one')).not.toContain('STEP_START');
  });

  test('an optional output that is left out skips its readers, and the run succeeds', async () => {
    const maybe = multiAsset(
      { outs: { always: new AssetOut(), sometimes: new AssetOut({ isRequired: false }) } },
      function* maybe() {
        yield new Output('a', { outputName: 'always' });
      },
    );
    const reader = asset({ name: 'reader' }, ({ sometimes }: { sometimes: unknown }) => sometimes);
    const behind = asset({ name: 'behind', deps: [reader] }, () => 1);
    const result = await materialize([maybe, reader, behind]);
    expect(result.success).toBe(true);
    expect(types(result, 'reader')).toContain('STEP_SKIPPED');
    expect(types(result, 'behind')).toContain('STEP_SKIPPED');
  });

  test('with specs, what the body says nothing of is made without a value', async () => {
    const silent = multiAsset(
      { specs: [new AssetSpec({ key: 'a' }), new AssetSpec({ key: 'b' })] },
      function silent() {},
    );
    const result = await materialize([silent]);
    expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(['a', 'b']);
  });

  test('that cannot be subset refuses a part of it, and one that can makes only that', async () => {
    await expect(materialize([split], { selection: ['left'] })).rejects.toThrow('together');
    const some = multiAsset(
      {
        outs: { p: new AssetOut({ isRequired: false }), q: new AssetOut({ isRequired: false }) },
        canSubset: true,
      },
      function* some(_: unknown, context) {
        for (const name of context.selectedOutputNames) yield new Output(name, { outputName: name });
      },
    );
    const result = await materialize([some], { selection: ['q'] });
    expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(['q']);
  });
});

describe('a graph asset', () => {
  const one = op(function one() {
    return 1;
  });
  const add = op(function add(a: number, b: number) {
    return a + b;
  });

  test('runs its ops as steps of their own; the last one makes the asset', async () => {
    const two = graphAsset(function two() {
      return add(one(), one());
    });
    const result = await materialize([two]);
    expect(result.assetValue('two')).toBe(2);
    expect([...new Set(result.allEvents.flatMap((event) => event.stepKey ?? []))].sort()).toEqual([
      'two.add',
      'two.one',
      'two.one_2',
    ]);
    expect(add(2, 3)).toBe(5);
  });

  test('reads assets by the names that compose destructures', async () => {
    const base = asset(function base() {
      return 10;
    });
    const more = graphAsset(function more({ base }: { base: number }) {
      return add(base, one());
    });
    expect((await materialize([base, more])).assetValue('more')).toBe(11);
  });

  test('runs once per value of a dynamic result, and collects them', async () => {
    const spread = op({ outs: { result: new DynamicOut() } }, function* spread() {
      for (const n of [1, 2, 3]) yield new DynamicOutput(n, { mappingKey: `n${n}` });
    });
    const twice = op(function twice(n: number) {
      return n * 2;
    });
    const total = op(function total(list: number[]) {
      return list.reduce((sum, n) => sum + n, 0);
    });
    const sum = graphAsset(function sum() {
      return total(
        spread()
          .map((n) => twice(n))
          .collect(),
      );
    });
    const result = await materialize([sum]);
    expect(result.assetValue('sum')).toBe(12);
    expect(types(result, 'sum.twice[n2]')).toEqual([
      'STEP_START',
      'LOADED_INPUT',
      'STEP_INPUT',
      'STEP_OUTPUT',
      'HANDLED_OUTPUT',
      'STEP_SUCCESS',
    ]);
  });

  test('retries an op by the op’s own policy', async () => {
    let tries = 0;
    const flaky = op({ retryPolicy: new RetryPolicy({ maxRetries: 2 }) }, function flaky() {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return tries;
    });
    const made = graphAsset(function made() {
      return flaky();
    });
    expect((await materialize([made])).assetValue('made')).toBe(3);
  });
});

describe('checks', () => {
  const orders = asset(function orders() {
    return [1, 2, 3];
  });

  test('receive the asset’s value under any name, and give an evaluation', async () => {
    const full = assetCheck({ asset: orders }, function full({ rows }: { rows: number[] }) {
      return new AssetCheckResult({ passed: rows.length === 3, metadata: { rows: rows.length } });
    });
    const result = await materialize([orders, full]);
    expect(result.getAssetCheckEvaluations()).toMatchObject([
      {
        checkName: 'full',
        assetKey: 'orders',
        passed: true,
        severity: 'ERROR',
        blocking: false,
        metadata: { rows: { type: 'int', value: 3 } },
      },
    ]);
  });

  test('that block keep what reads the asset from running, unless they only warn', async () => {
    const gate = (severity: 'WARN' | 'ERROR') =>
      assetCheck(
        { asset: orders, blocking: true, name: 'gate' },
        () => new AssetCheckResult({ passed: false, severity }),
      );
    const report = asset({ name: 'report' }, ({ orders }: { orders: number[] }) => orders.length);
    const held = await materialize([orders, gate('ERROR'), report], { raiseOnError: false });
    expect(held.success).toBe(false);
    expect(held.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(['orders']);
    const warned = await materialize([orders, gate('WARN'), report]);
    expect(warned.assetValue('report')).toBe(3);
  });

  test('inside a body fail the step after the asset was materialized', async () => {
    const inner = asset(
      { name: 'inner', checkSpecs: [new AssetCheckSpec({ name: 'fine', asset: 'inner', blocking: true })] },
      () => new MaterializeResult({ value: 1, checkResults: [new AssetCheckResult({ passed: false })] }),
    );
    const result = await materialize([inner], { raiseOnError: false });
    expect(types(result, 'inner').slice(2)).toEqual([
      'STEP_START',
      'STEP_OUTPUT',
      'ASSET_MATERIALIZATION',
      'HANDLED_OUTPUT',
      'STEP_OUTPUT',
      'ASSET_CHECK_EVALUATION',
      'STEP_FAILURE',
    ]);
    await expect(materialize([inner])).rejects.toThrow(
      '1 blocking asset check failed with ERROR severity:\ninner: fine',
    );
  });

  test('several in one body', async () => {
    const both = multiAssetCheck(
      {
        specs: [
          new AssetCheckSpec({ name: 'a', asset: orders }),
          new AssetCheckSpec({ name: 'b', asset: orders }),
        ],
      },
      function* both() {
        yield new AssetCheckResult({ passed: true, checkName: 'a' });
        yield new AssetCheckResult({ passed: false, checkName: 'b' });
      },
    );
    const result = await materialize([orders, both]);
    expect(result.getAssetCheckEvaluations().map(({ checkName, passed }) => [checkName, passed])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });
});

describe('observable assets', () => {
  const feed = observableSourceAsset(function feed() {
    return new DataVersion('v1');
  });

  test('are passed over by materialize and looked at by observe', async () => {
    const instance = Instance.ephemeral();
    const reader = asset({ name: 'reader', deps: [feed] }, () => 1);
    expect((await materialize([feed, reader], { instance })).getAssetObservationEvents()).toEqual([]);
    const seen = await observe([feed], { instance });
    expect(seen.getAssetObservationEvents()).toMatchObject([
      { assetKey: 'feed', tags: { 'dagster/data_version': 'v1' } },
    ]);
    const again = await materialize([feed, reader], { instance });
    expect(again.getAssetMaterializationEvents()[0]?.tags).toMatchObject({
      'dagster/input_data_version/feed': 'v1',
    });
  });
});

test('the selection language selects, and checks come along with their assets', async () => {
  const a = asset({ name: 'a', groupName: 'raw' }, () => 1);
  const b = asset({ name: 'b' }, ({ a }: { a: number }) => a + 1);
  const c = asset({ name: 'c' }, ({ b }: { b: number }) => b + 1);
  const made = async (selection: string) =>
    (await materialize([a, b, c], { selection }))
      .getAssetMaterializationEvents()
      .map((event) => event.assetKey);
  expect(await made('group:raw')).toEqual(['a']);
  expect(await made('+key:b')).toEqual(['a', 'b']);
  expect(await made('not key:c')).toEqual(['a', 'b']);
  expect(await made('key:b+1 or key:a')).toEqual(['a', 'b', 'c']);
});
