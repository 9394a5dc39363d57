import { expect, it } from 'vitest';
import type { AssetState, Materialization } from '#model/asset-state.ts';
import type { CodeAsset, ProjectDocument } from '#model/document.ts';
import type { ValueRef } from '#model/events.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asProjectId, asRunId } from '#model/ids.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { captureCase } from './capture-case.ts';

const project = graph()
  .asset('raw/orders')
  .asset('total', '({ orders }) => orders.length', { ins: { orders: 'raw/orders' } })
  .document();

interface Stored {
  readonly value: unknown;
  readonly version: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly state?: Partial<AssetState>;
}

/** Captures `total` from a store that holds these values, by key. */
function capture(stored: Readonly<Record<string, Stored>>, document: ProjectDocument = project) {
  const bytes = new Map<string, Uint8Array>();
  const states = new Map(
    Object.entries(stored).map(([key, { value, version, inputs = {}, state }]) => {
      const encoded = encodeValue(value);
      if (!encoded.ok) throw new Error(`${key} cannot be stored.`);
      bytes.set(key, encoded.value);
      const ref: ValueRef = {
        hash: key,
        pack: 'p',
        offset: 0,
        length: encoded.value.length,
        summary: { kind: 'array' },
      };
      const latest: Materialization = {
        pointer: { seq: 0, index: 0 },
        runId: asRunId('r'),
        timestamp: 0,
        durationMs: 1,
        codeVersion: 'c',
        dataVersion: version,
        dataVersionIsUserProvided: false,
        inputVersions: inputs,
        metadata: {},
        value: ref,
      };
      const assetId = idOf(key);
      return [assetId, { assetId, status: 'materialized', staleCauses: [], latest, ...state }] as const;
    }),
  );
  const asset = document.assets.get(idOf('total')) as CodeAsset;
  return captureCase(
    {
      workspace: { valueBytes: async (_, { hash }) => bytes.get(hash) },
      projectId: asProjectId('p'),
      document,
      states,
    },
    asset,
    states.get(idOf('total'))?.latest as Materialization,
    'a run',
  );
}

const orders = { value: [1, 2], version: 'v1' };
const total = { value: 2, version: 't1', inputs: { 'raw/orders': 'v1' } };

it('a case has the inputs by the keys that they name, and the value that was made of them', async () => {
  expect(await capture({ 'raw/orders': orders, total })).toEqual({
    ok: true,
    value: { name: 'a run', inputs: { 'raw/orders': [1, 2] }, value: 2 },
  });
});

it('what would make a test that cannot hold is refused with the reason', async () => {
  const reason = async (...of: Parameters<typeof capture>) => {
    const captured = await capture(...of);
    return captured.ok ? 'captured' : captured.error;
  };
  expect(await reason({ 'raw/orders': { ...orders, version: 'v2' }, total })).toMatch(
    '“raw/orders” has changed since this value was made.',
  );
  expect(await reason({ 'raw/orders': { ...orders, value: [new Date(0)] }, total })).toMatch(
    'The value of “raw/orders” holds more than JSON can say',
  );
  expect(await reason({ 'raw/orders': { ...orders, value: 'x'.repeat(300_000) }, total })).toMatch(
    'too much to keep in the project',
  );
  const changed = { category: 'CODE', key: 'total', reason: 'has a new code version' } as const;
  expect(
    await reason({ 'raw/orders': orders, total: { ...total, state: { staleCauses: [changed] } } }),
  ).toMatch('Its code has changed');
});

it('what uses a resource is captured as any other: its test makes the resource', async () => {
  const asking = graph(project).asset('total', '({ orders }, { resources: { db } }) => db.count(orders)', {
    ins: { orders: 'raw/orders' },
  });
  expect(await capture({ 'raw/orders': orders, total }, asking.document())).toMatchObject({ ok: true });
});
