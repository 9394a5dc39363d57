// The browser's secrets: a database of their own, so that nothing that copies, exports or backs up projects can
// come across them. They lie there as they are: whoever may use this browser profile may read them.

import { Dexie, type DexieOptions, type Table } from 'dexie';
import { err, ok, type Result } from '#base/result.ts';
import type { SecretStore, StoreError } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import { thrownToStoreError } from './store-failures.ts';

interface StoredSecret {
  readonly projectId: ProjectId;
  readonly name: string;
  readonly value: string;
  /** Not there in rows of earlier versions. */
  readonly setAt?: number;
}

class SecretDatabase extends Dexie {
  readonly secrets!: Table<StoredSecret, [ProjectId, string]>;

  constructor(name: string, options: DexieOptions) {
    super(name, { ...options, cache: 'disabled' });
    this.version(1).stores({ secrets: '[projectId+name]' });
  }
}

/** Opens the database when it is first used. */
export function createDexieSecrets(name: string, options: DexieOptions = {}): SecretStore {
  const { secrets } = new SecretDatabase(name, options);
  const within = (projectId: ProjectId) =>
    secrets.where('[projectId+name]').between([projectId, Dexie.minKey], [projectId, Dexie.maxKey]);

  async function written(work: () => Promise<unknown>): Promise<Result<void, StoreError>> {
    try {
      await work();
      return ok(undefined);
    } catch (thrown) {
      return err(thrownToStoreError(thrown));
    }
  }

  return {
    list: async () =>
      (await secrets.toArray()).map(({ projectId, name: secret, setAt }) => ({
        projectId,
        name: secret,
        setAt,
      })),
    names: async (projectId) => (await within(projectId).primaryKeys()).map(([, secret]) => secret),
    read: async (projectId, secret) => (await secrets.get([projectId, secret]))?.value,
    put: (projectId, secret, value, setAt) =>
      written(() => secrets.put({ projectId, name: secret, value, setAt })),
    remove: (projectId, secret) => written(() => secrets.delete([projectId, secret])),
    removeAll: (projectId) => written(() => within(projectId).delete()),
  };
}
