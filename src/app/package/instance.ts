// Where `materialize` remembers: events and values in memory, for tests and for runs one after another.

import { type AssetIndex, emptyIndex } from '#engine/asset-index.ts';
import type { Lease, Store } from '#engine/ports.ts';
import { asProjectId, asTabId, type ProjectId } from '#model/ids.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { createManagedFiles, type ManagedFiles } from './managed-files.ts';

const projectId = asProjectId('instance');

/** The history of runs and their values. Dagster: DagsterInstance. */
export class Instance {
  readonly #store: Store;
  readonly #index: AssetIndex = emptyIndex();
  readonly #files: ManagedFiles = createManagedFiles();
  #lease: Promise<Lease> | undefined;

  private constructor(store: Store) {
    this.#store = store;
  }

  /** An instance in memory; it ends with the process. Dagster: `DagsterInstance.ephemeral()`. */
  static ephemeral(): Instance {
    return new Instance(createMemoryStore(createMemoryBacking()));
  }

  /** For `materialize` and its like: the store, ready to be written to. */
  static async open(instance: Instance): Promise<OpenInstance> {
    instance.#lease ??= prepare(instance.#store);
    const lease = await instance.#lease;
    return {
      store: instance.#store,
      index: instance.#index,
      files: instance.#files,
      projectId,
      fencing: lease.fencing,
    };
  }
}

export interface OpenInstance {
  readonly store: Store;
  readonly index: AssetIndex;
  readonly files: ManagedFiles;
  readonly projectId: ProjectId;
  readonly fencing: number;
}

async function prepare(store: Store): Promise<Lease> {
  const now = Date.now();
  const row = { projectId, name: 'instance', createdAt: now, updatedAt: now, openedAt: now, assetCount: 0 };
  await store.createProject(row, '');
  const lease = await store.take(projectId, asTabId('package'), now);
  if (!lease.ok)
    throw new Error(`Internal error: an instance in memory refused a lease (${lease.error.type})`);
  return lease.value;
}
