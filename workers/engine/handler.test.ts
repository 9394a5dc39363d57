import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import { createCompiler } from '#engine/compiler.ts';
import type { BodyRunner } from '#engine/ports.ts';
import { valueFacts } from '#engine/value-facts.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asTabId } from '#model/ids.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { createWorkspace } from './handler.ts';
import {
  createChannelHub,
  createLockTable,
  createManualClock,
  createTabLife,
  settle,
} from './tab-harness.ts';

const noRunner: BodyRunner = {
  laneCount: 1,
  startLane: () => {
    throw new Error('nothing runs here');
  },
};

function open() {
  const life = createTabLife();
  const locks = createLockTable();
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  let ids = 0;
  const workspace = createWorkspace({
    store: createMemoryStore(createMemoryBacking()),
    runner: noRunner,
    sha256,
    values: valueFacts,
    compiler: createCompiler({ strip: ok, sha256 }),
    clock: createManualClock(),
    random: () => 0.5,
    newId: () => `id-${++ids}`,
    secrets: createMemorySecrets(),
    tabId: asTabId('tab'),
    locks: locks.portOf(life),
    channel: createChannelHub().channelOf(life),
    storage: { type: 'durable', persisted: false },
    newHash: async () => {
      const hash = createHash('sha256');
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
    },
  });
  const leading: string[] = [];
  workspace.subscribe((event) => {
    if (event.type === 'leading' && event.leading) leading.push(event.projectId);
  });
  const create = async (name: string) => {
    const made = await workspace.createProject(name);
    if (!made.ok) throw new Error(made.error.type);
    return made.value;
  };
  return { workspace, leading, create };
}

test('of two projects opened at once the later one is open, and the other is let go', async () => {
  const { workspace, leading, create } = open();
  const first = await create('first');
  const second = await create('second');
  const [one, two] = await Promise.all([workspace.openProject(first), workspace.openProject(second)]);
  expect(one).toBeUndefined();
  expect(two?.row.projectId).toBe(second);
  await settle();
  expect(leading).toEqual([second]);
  // Nobody else holds the first: it can be led again.
  await workspace.openProject(first);
  await settle();
  expect(leading).toEqual([second, first]);
});

test('values that come along with a project are its latest ones, and nothing has to run', async () => {
  const { workspace } = open();
  const encoded = encodeValue([{ n: 1 }, { n: 2 }]);
  if (!encoded.ok) throw new Error('not stored');
  const document = graph().asset('a').asset('b', '({ a }) => a').document();
  const made = await workspace.importProject(formatDocument(document), [], {
    values: [{ key: 'a', isSample: false, bytes: encoded.value.slice() }],
  });
  if (!made.ok) throw new Error(made.error.type);
  const opened = await workspace.openProject(made.value);
  const state = opened?.states.find(({ assetId }) => assetId === idOf('a'));
  expect(state?.latest?.value?.summary).toMatchObject({ kind: 'table', count: 2 });
  expect(opened?.runs.map(({ status }) => status)).toEqual(['SUCCESS']);
  const preview = await workspace.preview(made.value, state!.latest!.value!);
  expect(preview).toMatchObject({ type: 'table', rowCount: 2 });
  expect(opened?.states.find(({ assetId }) => assetId === idOf('b'))?.latest).toBeUndefined();
});
