// Builds the engine worker's workspace from the platform's adapters and serves it on the page's ports.

import { createCompiler } from '#engine/compiler.ts';
import type { Store } from '#engine/ports.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { StorageState } from '#engine/workspace-port.ts';
import { asTabId } from '#model/ids.ts';
import { openBigFiles } from '#storage/big-files.ts';
import { createDexieSecrets } from '#storage/dexie-secrets.ts';
import { openDexieStore } from '#storage/dexie-store.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { createPortRunner } from '#workers/bodies/client.ts';
import { createLaneBroker } from '#workers/bodies/lane-broker.ts';
import { ENGINE_PROTOCOL_VERSION, type EngineStart } from './contract.ts';
import { createWorkspace } from './handler.ts';
import { createLocks, createSha256, createStreamHash, createTabChannel, workerClock } from './platform.ts';
import { yieldToOthers } from './platform-yield.ts';
import { createSafetyCopies, type SafetyCopies } from './safety-copies.ts';
import { serveWorkspace } from './serve-workspace.ts';
import { createStripper } from './type-stripper.ts';

const databaseName = 'headwater';

export async function startEngine(start: EngineStart): Promise<void> {
  if (start.protocol !== ENGINE_PROTOCOL_VERSION)
    throw new Error('The page and its engine are of different builds.');
  const runner = createPortRunner(createLaneBroker(start.runner));
  const [sha256, strip, { store, storage, copies }] = await Promise.all([
    createSha256(),
    createStripper(),
    openStore(),
  ]);
  const workspace = createWorkspace({
    store,
    storage,
    ...(copies === undefined ? {} : { copies }),
    secrets:
      storage.type === 'memory' ? createMemorySecrets() : createDexieSecrets(`${databaseName}-secrets`),
    runner,
    sha256,
    values: valueFacts,
    compiler: createCompiler({ strip, sha256 }),
    clock: workerClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    newHash: createStreamHash,
    pause: yieldToOthers,
    tabId: asTabId(start.tabId),
    locks: storage.type === 'memory' ? undefined : createLocks(),
    channel: createTabChannel(),
  });
  serveWorkspace(workspace, start);
}

interface OpenStore {
  readonly store: Store;
  readonly storage: StorageState;
  readonly copies?: SafetyCopies;
}

async function openStore(): Promise<OpenStore> {
  const opened = await openDexieStore({ name: databaseName });
  if (opened.ok) {
    const store = opened.value;
    const persisted = (await navigator.storage?.persisted?.()) ?? false;
    const storage: StorageState = { type: 'durable', persisted };
    const files = await openBigFiles(`${databaseName}-copies`, () => crypto.randomUUID());
    if (!files) return { store, storage };
    const copies = createSafetyCopies(files, workerClock, warnOfCopy);
    const restored = await copies.restoreLost(store).catch((thrown: unknown) => {
      warnOfCopy(thrown);
      return [];
    });
    return { store, storage: { ...storage, ...(restored.length > 0 ? { restored } : {}) }, copies };
  }
  return {
    store: createMemoryStore(createMemoryBacking()),
    storage: { type: 'memory', reason: reasonOf(opened.error.type) },
  };
}

/** The work itself is safe, or the store has said why not: this is for whoever looks into it. */
function warnOfCopy(thrown: unknown): void {
  // biome-ignore lint/suspicious/noConsole: a worker has no other log, and the page need not hear of it
  console.warn('Headwater: a safety copy could not be written or read', thrown);
}

function reasonOf(type: string): string {
  if (type === 'IndexedDbMissing') return 'this browser offers no storage here';
  if (type === 'OpenTimedOut') return 'this browser’s storage did not answer';
  if (type === 'NewerSchema') return 'a newer version of Headwater has been used here; reload to get it';
  return 'this browser’s storage could not be opened';
}
