// The small members of the API, each by what it does: together with the other suites of this folder they are what
// coverage.md points to.

import {
  AssetCheckResult,
  AssetDep,
  AssetKey,
  AssetMaterialization,
  AssetObservation,
  AssetOut,
  AssetSpec,
  asset,
  assetCheck,
  buildAssetContext,
  ConfigurableIOManager,
  ConfigurableResource,
  Definitions,
  DynamicOutput,
  failureHook,
  graphMultiAsset,
  type InitResourceContext,
  type InputContext,
  Instance,
  MaterializeResult,
  materialize,
  materializeToMemory,
  multiAsset,
  multiObservableSourceAsset,
  ObserveResult,
  Output,
  type OutputContext,
  observe,
  op,
  SourceAsset,
} from 'headwater';
import { expect, test } from 'vitest';
import { z } from 'zod';

test('a key gets parts in front', () => {
  expect(new AssetKey('b').withPrefix(['raw', 'eu']).toString()).toBe('raw/eu/b');
});

test('a spec is copied with fields replaced, merged, or with an IO manager', () => {
  const spec = new AssetSpec({ key: 'a', deps: ['x'], owners: ['team:a'], kinds: ['sql'], tags: { t: '1' } });
  const replaced = spec.replaceAttributes({ key: 'b', owners: ['team:b'] });
  expect([replaced.key.toString(), replaced.owners, replaced.deps]).toEqual(['b', ['team:b'], ['x']]);
  const merged = spec.mergeAttributes({ deps: ['y'], owners: ['team:b'], kinds: ['csv'], tags: { u: '2' } });
  expect([merged.deps, merged.owners, merged.kinds, merged.tags]).toEqual([
    ['x', 'y'],
    ['team:a', 'team:b'],
    ['sql', 'csv'],
    { t: '1', u: '2' },
  ]);
  expect(spec.withIoManagerKey('files').metadata).toEqual({ 'dagster/io_manager_key': 'files' });
});

test('a definition tells its keys, specs and checks', () => {
  const both = multiAsset(
    { specs: [new AssetSpec({ key: 'm1' }), new AssetSpec({ key: 'm2' })] },
    function both() {},
  );
  expect(both.keys.map(String)).toEqual(['m1', 'm2']);
  expect(both.specs.map((spec) => spec.key.toString())).toEqual(['m1', 'm2']);
  expect(both.checkSpecs).toEqual([]);
});

test('a dep by AssetDep orders without loading', async () => {
  const order: string[] = [];
  const first = asset(function first() {
    order.push('first');
  });
  const second = asset({ deps: [new AssetDep(first)] }, function second() {
    order.push('second');
  });
  await materialize([second, first]);
  expect(order).toEqual(['first', 'second']);
});

test('a body is told the outputs that are wanted, and what its asset was made from before', async () => {
  const seen: unknown[] = [];
  const source = asset({ codeVersion: 'v1' }, function source() {
    return 1;
  });
  const split = multiAsset(
    {
      outs: { one: new AssetOut({ isRequired: false }), two: new AssetOut({ isRequired: false }) },
      canSubset: true,
    },
    function* split({ source }: { source: number }, context) {
      seen.push([...context.selectedOutputNames], context.getAssetProvenance('one')?.inputDataVersions);
      for (const outputName of context.selectedOutputNames) yield new Output(source, { outputName });
    },
  );
  const instance = Instance.ephemeral();
  await materialize([source, split], { instance });
  await materialize([source, split], { instance, selection: 'one' });
  expect(seen[0]).toEqual(['one', 'two']);
  expect(seen[1]).toBeUndefined();
  expect(seen[2]).toEqual(['one']);
  expect(Object.keys(seen[3] as object)).toEqual(['source']);
});

test('a body yields events of assets that others make', async () => {
  const noting = asset(function* noting() {
    yield new AssetMaterialization({ assetKey: 'elsewhere', metadata: { rows: 1 } });
    yield new AssetObservation({ assetKey: 'seen', metadata: { rows: 2 } });
    yield new MaterializeResult({ value: 3 });
  });
  const result = await materialize([noting]);
  expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual([
    'elsewhere',
    'noting',
  ]);
  expect(result.getAssetObservationEvents().map((event) => event.assetKey)).toEqual(['seen']);
  expect(result.materializationsForNode('noting').length).toBeGreaterThan(0);
});

test('one body observes several assets', async () => {
  const looked = multiObservableSourceAsset(
    { specs: [new AssetSpec({ key: 's1' }), new AssetSpec({ key: 's2' })] },
    function* looked() {
      yield new ObserveResult({ assetKey: 's1', metadata: { rows: 1 } });
      yield new ObserveResult({ assetKey: 's2', metadata: { rows: 2 } });
    },
  );
  const result = await observe([looked]);
  expect(result.getAssetObservationEvents().map((event) => event.assetKey)).toEqual(['s1', 's2']);
});

test('a source asset stands for what something else makes', async () => {
  const reader = asset({ deps: [new AssetKey('old')] }, function reader() {
    return 1;
  });
  const result = await materialize([new SourceAsset({ key: 'old' }), reader]);
  expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(['reader']);
});

test('a graph of ops makes several assets', async () => {
  const one = op(function one() {
    return 1;
  });
  const twice = op(function twice(value: number) {
    return value * 2;
  });
  const both = graphMultiAsset({ name: 'both', outs: { a: new AssetOut(), b: new AssetOut() } }, () => {
    const a = one();
    return { a, b: twice(a) };
  });
  const result = await materialize([both]);
  expect([result.assetValue('a'), result.assetValue('b')]).toEqual([1, 2]);
});

test('a dynamic output has a value, a mapping key and the name of its output', () => {
  const output = new DynamicOutput(5, { mappingKey: 'five' });
  expect([output.value, output.mappingKey, output.outputName]).toEqual([5, 'five', 'result']);
});

test('a resource is told the run when it is set up and torn down, with its config', async () => {
  const seen: [string, InitResourceContext][] = [];
  class Client extends ConfigurableResource(z.object({ host: z.string() })) {
    override setupForExecution(context: InitResourceContext) {
      seen.push(['up', context]);
      context.log.info('up');
    }
    override teardownAfterExecution(context: InitResourceContext) {
      seen.push(['down', context]);
    }
  }
  const user = asset({ requiredResourceKeys: ['client'] }, function user(_: unknown, context) {
    return (context.resources.client as Client).host;
  });
  const result = await materialize([user], {
    resources: { client: new Client({ host: 'a' }) },
    runConfig: { resources: { client: { host: 'b' } } },
  });
  expect(result.assetValue('user')).toBe('b');
  expect(seen.map(([when, { runId }]) => [when, runId])).toEqual([
    ['up', result.runId],
    ['down', result.runId],
  ]);
});

test('an IO manager is told what it stores, and what was told when it stored what it loads', async () => {
  const puts: OutputContext[] = [];
  const gets: InputContext[] = [];
  class Shelf extends ConfigurableIOManager(z.object({ folder: z.string().default('x') })) {
    readonly #kept = new Map<string, unknown>();
    handleOutput(context: OutputContext, value: unknown) {
      puts.push(context);
      this.#kept.set(context.assetKey.toString(), value);
    }
    loadInput(context: InputContext) {
      gets.push(context);
      return this.#kept.get(context.assetKey.toString());
    }
  }
  const up = asset({ metadata: { k: 'v' } }, function up() {
    return 4;
  });
  const down = asset(function down({ up }: { up: number }) {
    return up + 1;
  });
  const result = await materialize([up, down], { resources: { io_manager: new Shelf({}) } });
  expect(result.success).toBe(true);
  expect(puts[0]).toMatchObject({ name: 'result', stepKey: 'up', runId: result.runId, metadata: { k: 'v' } });
  expect(puts[0]?.resourceConfig).toEqual({ folder: 'x' });
  expect(gets[0]?.name).toBe('up');
  expect(gets[0]?.resourceConfig).toEqual({ folder: 'x' });
  expect(gets[0]?.upstreamOutput.assetKey.toString()).toBe('up');
});

test('materializeToMemory leaves the managers of the definitions alone', async () => {
  const calls: string[] = [];
  class Disk extends ConfigurableIOManager(z.object({})) {
    handleOutput() {
      calls.push('put');
    }
    loadInput() {
      calls.push('get');
    }
  }
  const up = asset(function up() {
    return 1;
  });
  const down = asset(function down({ up }: { up: number }) {
    return up + 1;
  });
  const result = await materializeToMemory([up, down], { resources: { io_manager: new Disk({}) } });
  expect(result.assetValue('down')).toBe(2);
  expect(calls).toEqual([]);
});

test('definitions of several places are one, and give a loader of values', async () => {
  const a = asset(function a() {
    return 1;
  });
  const b = asset(function b() {
    return 2;
  });
  const merged = Definitions.merge(new Definitions({ assets: [a] }), new Definitions({ assets: [b] }));
  const instance = Instance.ephemeral();
  await materialize([a, b], { instance });
  const loader = merged.getAssetValueLoader({ instance });
  expect(await loader.loadAssetValue('a')).toBe(1);
  expect(await loader.loadAssetValue('b')).toBe(2);
  const other = asset({ name: 'a' }, () => 3);
  expect(() =>
    Definitions.merge(new Definitions({ assets: [a] }), new Definitions({ assets: [other] })),
  ).toThrow();
});

test('a body is called with a context made for the test', () => {
  const greeting = asset(function greeting(_inputs: unknown, context) {
    return `${context.assetKey} ${(context.resources as { name: string }).name}`;
  });
  expect(greeting({}, buildAssetContext({ assetKey: 'hello', resources: { name: 'you' } }))).toBe(
    'hello you',
  );
});

test('a check is told its resources and logs as an asset does', async () => {
  const a = asset(function a() {
    return 1;
  });
  const check = assetCheck(
    { asset: a, name: 'check', requiredResourceKeys: ['limit'] },
    ({ a }: { a: number }, context) => new AssetCheckResult({ passed: a < Number(context.resources.limit) }),
  );
  const result = await materialize([a, check], { resources: { limit: 5 } });
  expect(result.getAssetCheckEvaluations().map(({ passed }) => passed)).toEqual([true]);
});

test('a hook is told the step, the run, the resources and the error', async () => {
  const seen: unknown[] = [];
  const hook = failureHook(
    { requiredResourceKeys: ['who'] },
    function tell({ stepKey, runId, resources, error, log }) {
      log.info('told');
      seen.push(stepKey, runId, resources.who, (error as Error).message);
    },
  );
  const bad = asset({ name: 'bad', hooks: [hook] }, () => {
    throw new Error('no');
  });
  const result = await materialize([bad], { resources: { who: 'me' }, raiseOnError: false });
  expect(seen).toEqual(['bad', result.runId, 'me', 'no']);
});
