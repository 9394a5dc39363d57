import {
  AssetSpec,
  asset,
  Definitions,
  Failure,
  Instance,
  MaterializeResult,
  MetadataValue,
  materialize,
  Output,
  RetryPolicy,
  RetryRequested,
} from 'headwater';
import { expect, test } from 'vitest';

const numbers = asset(function numbers() {
  return [1, 2, 3];
});
const doubled = asset(async function doubled({ numbers }: { numbers: number[] }) {
  return numbers.map((n) => n * 2);
});

test('names that the body destructures are its inputs', async () => {
  const result = await materialize([numbers, doubled]);
  expect(result.success).toBe(true);
  expect(result.assetValue('doubled')).toEqual([2, 4, 6]);
  expect(result.outputForNode('numbers')).toEqual([1, 2, 3]);
});

test('the events of a step come in the order of Dagster', async () => {
  const result = await materialize([numbers, doubled]);
  expect(result.allEvents.filter((event) => event.stepKey === 'doubled').map((event) => event.type)).toEqual([
    'ASSET_MATERIALIZATION_PLANNED',
    'STEP_START',
    'LOADED_INPUT',
    'STEP_INPUT',
    'STEP_OUTPUT',
    'ASSET_MATERIALIZATION',
    'HANDLED_OUTPUT',
    'STEP_SUCCESS',
  ]);
});

test('a result carries metadata, and what the context adds overrides it', async () => {
  const report = asset({ name: 'report' }, (_inputs: unknown, context) => {
    context.addMetadata({ rows: 3 });
    return new MaterializeResult({ value: 'x', metadata: { rows: 2, note: MetadataValue.md('**ok**') } });
  });
  const [event] = (await materialize([report])).getAssetMaterializationEvents();
  expect(event?.metadata).toEqual({ rows: { type: 'int', value: 3 }, note: { type: 'md', value: '**ok**' } });
});

test('the error of a body is thrown as it is, and downstream steps do not run', async () => {
  class Broken extends Error {}
  const source = asset(function source() {
    throw new Broken('no data');
  });
  const reader = asset(function reader({ source }: { source: unknown }) {
    return source;
  });
  await expect(materialize([source, reader])).rejects.toBeInstanceOf(Broken);
  const result = await materialize([source, reader, numbers], { raiseOnError: false });
  expect(result.success).toBe(false);
  expect([...result.getFailedStepKeys()]).toEqual(['source']);
  expect(result.assetValue('numbers')).toEqual([1, 2, 3]);
  const failed = result.allEvents.filter((event) => event.type === 'ASSET_FAILED_TO_MATERIALIZE');
  expect(failed.map((event) => event.assetKey).sort()).toEqual(['reader', 'source']);
});

test('a failing body is tried again as its policy says', async () => {
  let tries = 0;
  const flaky = asset({ retryPolicy: new RetryPolicy({ maxRetries: 2 }) }, function flaky() {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return tries;
  });
  const result = await materialize([flaky]);
  expect(result.assetValue('flaky')).toBe(3);
  expect(result.allEvents.filter((event) => event.type === 'STEP_UP_FOR_RETRY')).toHaveLength(2);
  expect(result.allEvents.filter((event) => event.type === 'STEP_RESTARTED')).toHaveLength(2);
});

test('RetryRequested asks for a retry without a policy, and Failure can refuse one', async () => {
  let asked = 0;
  const asking = asset(function asking() {
    asked += 1;
    if (asked === 1) throw new RetryRequested({ maxRetries: 1 });
    return asked;
  });
  expect((await materialize([asking])).assetValue('asking')).toBe(2);
  let refused = 0;
  const refusing = asset({ retryPolicy: new RetryPolicy({ maxRetries: 3 }) }, function refusing() {
    refused += 1;
    throw new Failure({ description: 'never', allowRetries: false });
  });
  await expect(materialize([refusing])).rejects.toThrow('never');
  expect(refused).toBe(1);
});

test('an unselected upstream is loaded from the instance', async () => {
  const instance = Instance.ephemeral();
  await materialize([numbers, doubled], { instance, selection: 'numbers' });
  const result = await materialize([numbers, doubled], { instance, selection: [doubled] });
  expect(result.assetValue('doubled')).toEqual([2, 4, 6]);
  expect(() => result.assetValue('numbers')).toThrow('no value in this run');
});

test('inputs are read-only', async () => {
  const mutating = asset(function mutating({ numbers }: { numbers: number[] }) {
    numbers.push(4);
    return numbers;
  });
  await expect(materialize([numbers, mutating])).rejects.toThrow(TypeError);
});

test('a generator yields an Output, and nothing yielded is an error', async () => {
  const yielding = asset(function* yielding() {
    yield new Output(5, { metadata: { five: 5 } });
  });
  expect((await materialize([yielding])).assetValue('yielding')).toBe(5);
  const silent = asset(function* silent() {});
  await expect(materialize([silent])).rejects.toThrow('did not return an output');
});

test('a first parameter that is no pattern is refused by asset itself', () => {
  expect(() => asset((inputs: unknown) => inputs)).toThrow();
  expect(() =>
    asset(function named(inputs: unknown) {
      return inputs;
    }),
  ).toThrow('object pattern');
});

test('definitions report all of their problems at once', () => {
  const lost = asset(function lost({ nubmers }: { nubmers: unknown }) {
    return nubmers;
  });
  const defs = new Definitions({ assets: [numbers, asset({ name: 'numbers' }, () => 1), lost] });
  expect(() => defs.validate()).toThrow(/numbers[\s\S]*nubmers/);
});

test('an AssetSpec is an external asset: it can be waited for, not materialized', async () => {
  const after = asset({ deps: [new AssetSpec({ key: 'elsewhere' })] }, function after() {
    return 1;
  });
  const result = await materialize([new AssetSpec({ key: 'elsewhere' }), after]);
  expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(['after']);
});

test('a body can be called like the function it is', async () => {
  expect(await doubled({ numbers: [5] })).toEqual([10]);
});

test('an abandoned step names the steps that failed and those that were not executed', async () => {
  const bad = asset({ name: 'bad' }, () => {
    throw new Error('broken');
  });
  const child = asset({ name: 'child' }, ({ bad }: { bad: unknown }) => bad);
  const both = asset({ name: 'both', deps: [bad, child] }, () => 1);
  const result = await materialize([bad, child, both], { raiseOnError: false });
  expect(
    result.allEvents.flatMap(({ stepKey, message }) => (stepKey === 'both' ? (message ?? []) : [])),
  ).toEqual(["Dependencies for step both failed: ['bad'] were not executed: ['child']. Not executing."]);
});

test('metadata added for an asset that the step does not make fails it', async () => {
  const only = asset({ name: 'only' }, (_inputs: unknown, context) => {
    context.addMetadata({ n: 1 }, { assetKey: 'elsewhere' });
  });
  await expect(materialize([only])).rejects.toThrow('names “elsewhere”, and “only” makes “only”');
});
