// The browser's store: rows in IndexedDB, values above 4 MB as files beside it.

import { err, ok, type Result } from '#base/result.ts';
import type { Clock, IdSource, Store, ValuePack } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import { type BigFile, type BigFiles, openBigFiles } from './big-files.ts';
import { type Connection, type OpenError, openDatabase, sha256OfFile } from './dexie-database.ts';
import { createDexieDocuments, createDexieLeases, createDexieRestore } from './dexie-documents.ts';
import { type BigPacks, createDexieRuns } from './dexie-runs.ts';
import { thrownToStoreError } from './store-failures.ts';
import { exactBytes, SCHEMA_EPOCH, storeFailed } from './store-rules.ts';

export interface DexieStoreOptions {
  /** Of the database, and of the folder of its big values. */
  readonly name: string;
  readonly schemaEpoch?: number;
  /** Times the opening; without one, timers of the platform do. */
  readonly clock?: Pick<Clock, 'after'>;
  readonly openTimeoutMs?: number;
  /** Names drafts of big values. */
  readonly newId?: IdSource;
  /** Values of more bytes than this become files. */
  readonly bigBytes?: number;
  /** The platform's own when left out; null for none. */
  readonly bigFiles?: BigFiles | null;
  readonly indexedDb?: IDBFactory;
  readonly keyRange?: typeof IDBKeyRange;
}

export interface DexieStore extends Store {
  /**
   * Removes files that no row names and that nobody has touched for `minAgeMs`; a younger one may belong to a
   * commit under way in another tab. Answers with how many it removed.
   */
  collectStrayFiles(now: number, minAgeMs?: number): Promise<number>;
}

const BIG_BYTES = 4 * 1024 * 1024;
const OPEN_TIMEOUT_MS = 5000;
const STRAY_AGE_MS = 10 * 60 * 1000;

export async function openDexieStore(options: DexieStoreOptions): Promise<Result<DexieStore, OpenError>> {
  const indexedDB = options.indexedDb ?? maybeIndexedDb();
  if (!indexedDB) return err({ type: 'IndexedDbMissing' });
  const opened = await openDatabase(
    options.name,
    options.schemaEpoch ?? SCHEMA_EPOCH,
    { indexedDB, IDBKeyRange: options.keyRange ?? globalThis.IDBKeyRange },
    {
      timeoutMs: options.openTimeoutMs ?? OPEN_TIMEOUT_MS,
      after: options.clock ? options.clock.after.bind(options.clock) : platformTimer,
    },
  );
  if (!opened.ok) return opened;
  const newId = options.newId ?? (() => crypto.randomUUID());
  const files =
    options.bigFiles === undefined
      ? await openBigFiles(options.name, newId)
      : (options.bigFiles ?? undefined);
  return ok(createDexieStore(opened.value, files, options.bigBytes ?? BIG_BYTES));
}

function createDexieStore(connection: Connection, files: BigFiles | undefined, bigBytes: number): DexieStore {
  const { db } = connection;
  const big = createBigPacks(connection, files, bigBytes);
  return {
    ...createDexieRuns(connection, big),
    ...createDexieDocuments(connection, big),
    ...createDexieLeases(connection),
    restoreProject: createDexieRestore(connection, big),

    async collectStrayFiles(now, minAgeMs = STRAY_AGE_MS) {
      if (!files) return 0;
      const old = (await files.list()).filter(({ modifiedAt }) => modifiedAt <= now - minAgeMs);
      const idsOf = (each: BigFile): [string, string] => [each.folder, sha256OfFile(each.name) ?? each.name];
      const rows = await db.packs.bulkGet(old.map(idsOf));
      const fileRows = await db.files.bulkGet(old.map(idsOf));
      const strays = old.filter(({ name }, index) => {
        const row = sha256OfFile(name) === undefined ? rows[index] : fileRows[index];
        return !row || row.bytes !== undefined;
      });
      for (const { folder, name } of strays) await files.remove(folder, name);
      return strays.length;
    },

    close() {
      connection.ended ??= storeFailed('The store is closed.');
      db.close();
    },
  };
}

function createBigPacks(connection: Connection, files: BigFiles | undefined, bigBytes: number): BigPacks {
  const { db } = connection;
  const isBig = (pack: ValuePack) => files !== undefined && pack.bytes.length > bigBytes;

  const remove = async (projectId: ProjectId, packIds: readonly string[]) => {
    if (!files) return;
    for (const packId of packIds) await files.remove(projectId, packId).catch(() => undefined);
  };
  const removeUnnamed = async (projectId: ProjectId, packIds: readonly string[]) => {
    const keys = packIds.map((packId): [string, string] => [projectId, packId]);
    const rows = await db.packs.bulkGet(keys).catch(() => undefined);
    const unnamed = rows ? packIds.filter((_, index) => !rows[index]) : [];
    await remove(projectId, unnamed);
  };

  return {
    files,
    isBig,
    remove,
    removeAll: async (projectId) => files?.removeFolder(projectId).catch(() => undefined),
    async around(projectId, packs, work) {
      const bigPacks = packs.filter(isBig);
      if (!files || bigPacks.length === 0) return work();
      try {
        for (const { id, bytes } of bigPacks) await files.write(projectId, id, exactBytes(bytes));
      } catch (thrown) {
        await removeUnnamed(
          projectId,
          bigPacks.map(({ id }) => id),
        );
        return err(thrownToStoreError(thrown));
      }
      const outcome = await work();
      if (!outcome.ok)
        await removeUnnamed(
          projectId,
          bigPacks.map(({ id }) => id),
        );
      return outcome;
    },
  };
}

/** Merely touching `indexedDB` throws in some sandboxes and webviews. */
function maybeIndexedDb(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

function platformTimer(delayMs: number, call: () => void): () => void {
  const timer = setTimeout(call, delayMs);
  return () => clearTimeout(timer);
}
