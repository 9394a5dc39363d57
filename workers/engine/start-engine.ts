// Builds the engine worker's workspace from the platform's adapters and serves it on the page's ports.

import * as Comlink from 'comlink';
import { createCompiler } from '#engine/compiler.ts';
import type { Store } from '#engine/ports.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { StorageState } from '#engine/workspace-port.ts';
import { asTabId } from '#model/ids.ts';
import { openDexieStore } from '#storage/dexie-store.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { createPortRunner } from '#workers/bodies/client.ts';
import { createLaneBroker } from '#workers/bodies/lane-broker.ts';
import { ENGINE_PROTOCOL_VERSION, type EngineApi, type EngineStart } from './contract.ts';
import { createWorkspace } from './handler.ts';
import { createLocks, createSha256, createStripper, createTabChannel, workerClock } from './platform.ts';

const databaseName = 'headwater';

export async function startEngine(start: EngineStart): Promise<void> {
  if (start.protocol !== ENGINE_PROTOCOL_VERSION)
    throw new Error('The page and its engine are of different builds.');
  const runner = createPortRunner(createLaneBroker(start.runner));
  const [sha256, strip, { store, storage }] = await Promise.all([
    createSha256(),
    createStripper(),
    openStore(),
  ]);
  const workspace = createWorkspace({
    store,
    storage,
    runner,
    sha256,
    values: valueFacts,
    compiler: createCompiler({ strip, sha256 }),
    clock: workerClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    tabId: asTabId(start.tabId),
    locks: storage.type === 'memory' ? undefined : createLocks(),
    channel: createTabChannel(),
  });
  workspace.subscribe((event) => start.events.postMessage(event));
  const { subscribe: _, ...api } = workspace;
  Comlink.expose(api satisfies EngineApi, start.calls);
}

async function openStore(): Promise<{ store: Store; storage: StorageState }> {
  const opened = await openDexieStore({ name: databaseName });
  if (opened.ok) {
    const persisted = (await navigator.storage?.persisted?.()) ?? false;
    return { store: opened.value, storage: { type: 'durable', persisted } };
  }
  return {
    store: createMemoryStore(createMemoryBacking()),
    storage: { type: 'memory', reason: reasonOf(opened.error.type) },
  };
}

function reasonOf(type: string): string {
  if (type === 'IndexedDbMissing') return 'this browser offers no storage here';
  if (type === 'OpenTimedOut') return 'this browser’s storage did not answer';
  if (type === 'NewerSchema') return 'a newer version of Headwater has been used here; reload to get it';
  return 'this browser’s storage could not be opened';
}
