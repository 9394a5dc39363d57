// Our behaviour against what the real Dagster did in facts.py. Each title says what was asked of it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  AssetKey,
  asset,
  Failure,
  MaterializeResult,
  materialize,
  RetryPolicy,
  RetryRequested,
} from 'headwater';
import { expect, test } from 'vitest';
import { retryDelaySeconds } from '#engine/retry-delay.ts';
import { computedDataVersion } from '#engine/versions.ts';
import { coerceMetadata } from '#sdk/metadata.ts';

interface Facts {
  readonly version: string;
  readonly 'events of a step with an input': readonly string[];
  readonly 'a failed upstream': {
    readonly success: boolean;
    readonly events: Readonly<Record<string, readonly string[]>>;
    readonly failed: readonly string[];
    readonly messages: readonly string[];
    readonly materialized: readonly string[];
  };
  readonly retries: { readonly value: number; readonly events: readonly string[] };
  readonly RetryRequested: { readonly value: number; readonly success: boolean };
  readonly 'Failure without retries': { readonly tries: number; readonly success: boolean };
  readonly delays: readonly {
    readonly backoff: 'LINEAR' | 'EXPONENTIAL' | null;
    readonly delays: readonly number[];
  }[];
  readonly 'data version': {
    readonly code: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly version: string;
  };
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly 'metadata precedence': Readonly<Record<string, number>>;
  readonly keys: readonly { readonly parts: readonly string[]; readonly text: string }[];
  readonly 'None materializes': readonly string[];
}

const file = process.env.HEADWATER_DAGSTER_FACTS;
if (!file) throw new Error('Run this through `npm run test:dagster`.');
const facts = JSON.parse(readFileSync(file, 'utf8')) as Facts;

const numbers = asset(function numbers() {
  return [1, 2, 3];
});
/** Events that our runs add, and that Dagster writes only around resources or with other instances. */
const comparable = (events: readonly string[]) =>
  events.filter(
    (type) => !type.startsWith('RESOURCE_INIT') && type !== 'ASSET_FAILED_TO_MATERIALIZE' && type !== 'LOG',
  );

test(`it is Dagster 1.13 that was asked (${facts.version})`, () => {
  expect(facts.version).toMatch(/^1\.13\./);
});

test('the events of a step with an input come in Dagster’s order', async () => {
  const doubled = asset(function doubled({ numbers }: { numbers: number[] }) {
    return numbers.map((n) => n * 2);
  });
  const result = await materialize([numbers, doubled]);
  const events = result.allEvents.filter((event) => event.stepKey === 'doubled').map((event) => event.type);
  expect(comparable(events)).toEqual(facts['events of a step with an input']);
});

test('steps behind a failed one are abandoned: no step event, Dagster’s message, others go on', async () => {
  const bad = asset(function bad() {
    throw new Error('broken');
  });
  const child = asset({ name: 'child' }, ({ bad }: { bad: unknown }) => bad);
  const grandchild = asset({ name: 'grandchild' }, ({ child }: { child: unknown }) => child);
  const result = await materialize([bad, child, grandchild, numbers], { raiseOnError: false });
  const theirs = facts['a failed upstream'];
  expect(result.success).toBe(theirs.success);
  expect([...result.getFailedStepKeys()]).toEqual(theirs.failed);
  for (const [step, events] of Object.entries(theirs.events))
    expect(
      comparable(result.allEvents.filter((event) => event.stepKey === step).map((event) => event.type)),
    ).toEqual(events);
  expect(
    result.allEvents.flatMap((event) => (event.message?.includes('Not executing') ? event.message : [])),
  ).toEqual(theirs.messages);
  expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(theirs.materialized);
});

test('a retried step has Dagster’s events', async () => {
  let tries = 0;
  const flaky = asset({ name: 'flaky', retryPolicy: new RetryPolicy({ maxRetries: 2 }) }, () => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return tries;
  });
  const result = await materialize([flaky]);
  expect(result.assetValue('flaky')).toBe(facts.retries.value);
  expect(
    comparable(result.allEvents.filter((event) => event.stepKey === 'flaky').map((event) => event.type)),
  ).toEqual(comparable(facts.retries.events));
});

test('RetryRequested retries without a policy, and Failure can refuse the policy’s retries', async () => {
  let asked = 0;
  const asking = asset({ name: 'asking' }, () => {
    asked += 1;
    if (asked === 1) throw new RetryRequested({ maxRetries: 1 });
    return asked;
  });
  expect((await materialize([asking])).assetValue('asking')).toBe(facts.RetryRequested.value);
  let refused = 0;
  const refusing = asset({ name: 'refusing', retryPolicy: new RetryPolicy({ maxRetries: 3 }) }, () => {
    refused += 1;
    throw new Failure({ description: 'never', allowRetries: false });
  });
  const result = await materialize([refusing], { raiseOnError: false });
  expect({ tries: refused, success: result.success }).toEqual(facts['Failure without retries']);
});

test.each(facts.delays)(
  'the delays of a policy with back-off $backoff are Dagster’s',
  ({ backoff, delays }) => {
    const policy = { maxRetries: 9, delay: 2, ...(backoff === null ? {} : { backoff }) };
    expect(delays.map((_, i) => retryDelaySeconds(policy, i + 1, () => 0.5))).toEqual(delays);
  },
);

test('a computed data version is Dagster’s hash', () => {
  const { code, inputs, version } = facts['data version'];
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  expect(computedDataVersion(sha256, code, inputs)).toBe(version);
});

test('a materialization carries Dagster’s version tags', async () => {
  const versioned = asset(
    { name: 'versioned', codeVersion: 'v9' },
    () => new MaterializeResult({ metadata: { rows: 3 }, dataVersion: 'mine' }),
  );
  const after = asset({ name: 'after', codeVersion: 'w1', deps: [versioned] }, () => 1);
  const result = await materialize([versioned, after]);
  for (const event of result.getAssetMaterializationEvents())
    expect(Object.keys(event.tags ?? {}).sort()).toEqual(facts.tags[event.assetKey!]);
});

test('raw metadata coerces to Dagster’s types', () => {
  const entries = coerceMetadata({
    text: 'x',
    int: 3,
    float: 1.5,
    bool: true,
    list: [1],
    dict: { a: 1 },
    null: null,
    key: new AssetKey(['a', 'b']),
  });
  expect(Object.fromEntries(Object.entries(entries!).map(([label, { type }]) => [label, type]))).toEqual(
    facts.metadata,
  );
});

test('metadata added through the context overrides the result’s', async () => {
  const precedence = asset({ name: 'precedence' }, (_inputs: unknown, context) => {
    context.addMetadata({ a: 1, b: 1 });
    return new MaterializeResult({ metadata: { b: 2, c: 2 } });
  });
  const [event] = (await materialize([precedence])).getAssetMaterializationEvents();
  const values = Object.fromEntries(
    Object.entries(event?.metadata ?? {}).map(([label, { value }]) => [label, value]),
  );
  expect(values).toEqual(facts['metadata precedence']);
});

test.each(facts.keys)('the key $parts is written $text', ({ parts, text }) => {
  expect(new AssetKey(parts).toString()).toBe(text);
  expect(AssetKey.fromUserString(text).path).toEqual(parts);
});

test('a body that returns nothing materializes all the same', async () => {
  const nothing = asset({ name: 'nothing' }, () => undefined);
  const result = await materialize([nothing]);
  expect(result.getAssetMaterializationEvents().map((event) => event.assetKey)).toEqual(
    facts['None materializes'],
  );
});
