import { afterEach, describe, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { openBigFiles } from './big-files.ts';
import { HeadwaterDatabase } from './dexie-database.ts';
import { type DexieStore, openDexieStore } from './dexie-store.ts';
import { P1, projectRow, runCommit, valuePack } from './store-builders.ts';
import { describeStore } from './store-contract.ts';
import { segmentsAfter, value } from './store-under-test.ts';

/** Dexie's own way warns on the console while a connection is still closing. */
const deleteDatabase = (name: string) =>
  new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });

async function realDisk() {
  const name = `contract-${crypto.randomUUID()}`;
  const stores: DexieStore[] = [];
  const raw = async (work: (db: HeadwaterDatabase) => Promise<unknown>) => {
    const db = new HeadwaterDatabase(name, {});
    await db.open();
    await work(db);
    db.close();
  };
  return {
    name,
    raw,
    files: () => openBigFiles(name, () => crypto.randomUUID()),
    async open(schemaEpoch = 1) {
      const store = value(await openDexieStore({ name, schemaEpoch }));
      stores.push(store);
      return store;
    },
    async dispose() {
      for (const store of stores) store.close();
      await deleteDatabase(name);
      await (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true });
    },
  };
}

describeStore('the IndexedDB store in a browser', async () => {
  const disk = await realDisk();
  return {
    open: disk.open,
    dispose: disk.dispose,
    damageSegment: (projectId, seq) =>
      disk.raw(async (db) => {
        const row = (await db.segments.get([projectId, seq]))!;
        row.bytes[30]! ^= 1;
        await db.segments.put(row);
      }),
    losePack: (projectId, packId) =>
      disk.raw(async (db) => {
        const inFile = (await db.packs.get([projectId, packId]))?.bytes === undefined;
        if (inFile) await (await disk.files())?.remove(projectId, packId);
        else await db.packs.delete([projectId, packId]);
      }),
  };
});

describe('in a browser', () => {
  test('files left by a commit that was never finished are collected', async () => {
    const disk = await realDisk();
    const store = await disk.open();
    value(await store.commit(runCommit({ packs: [valuePack('big', 5_000_000)] })));
    const files = (await disk.files())!;
    await files.write(P1, 'stray', new Uint8Array(10));
    expect((await files.list()).map(({ name }) => name).sort()).toEqual(['big', 'stray']);
    expect(await store.collectStrayFiles(Date.now())).toBe(0);
    expect(await store.collectStrayFiles(Date.now() + 1000, 0)).toBe(1);
    expect((await store.readPack(P1, 'big'))?.length).toBe(5_000_000);
    await disk.dispose();
  });

  test('a tab lets go when the database is deleted, and says so instead of starting anew', async () => {
    const disk = await realDisk();
    const store = await disk.open();
    value(await store.createProject(projectRow(), '{}'));
    await deleteDatabase(disk.name);
    expect(await store.updateProject(P1, { name: 'x' })).toMatchObject({ error: { type: 'StoreFailed' } });
    await disk.dispose();
  });

  test('a worker writes big values through its sync handles', async () => {
    const disk = await realDisk();
    const worker = new Worker(new URL('./big-files-probe.worker.ts', import.meta.url), { type: 'module' });
    const usedSyncHandles = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ name: disk.name, folder: P1, file: 'big', bytes: valuePack('', 5_000_000).bytes });
    });
    expect(usedSyncHandles).toBe(true);
    const read = await (await disk.files())!.read(P1, 'big');
    expect(read?.every((byte, at) => byte === ((at * 31 + (at >> 8)) & 255))).toBe(true);
    expect((await (await disk.files())!.list()).map(({ name }) => name)).toEqual(['big']);
    worker.terminate();
    await disk.dispose();
  });
});

describe('when the quota is used up', () => {
  const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> };
  const setQuota = (change: { quotaSize?: number }) =>
    session.send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...change });
  afterEach(() => setQuota({}));

  /** Commits until one is refused, and answers with the packs that were saved. */
  async function fill(store: DexieStore, length: number): Promise<readonly string[]> {
    const saved: string[] = [];
    for (let index = 0; index < 50; index += 1) {
      const id = `pack-${index}`;
      const committed = await store.commit(runCommit({ packs: [noise(id, length)] }));
      if (committed.ok) saved.push(id);
      else {
        expect(committed).toMatchObject({ error: { type: 'QuotaExceeded' } });
        expect(await store.readPack(P1, id)).toBeUndefined();
        expect(await segmentsAfter(store, P1, 0)).toHaveLength(saved.length);
        for (const each of saved) expect((await store.readPack(P1, each))?.length).toBe(length);
        return saved;
      }
    }
    throw new Error('The quota was never reached');
  }

  test('rows are refused with nothing written, and what was saved stays', async () => {
    // A bucket of its own: Chromium remembers for half a minute how much space the shared one had.
    const buckets = (navigator as unknown as { storageBuckets: StorageBuckets }).storageBuckets;
    const bucket = await buckets.open(`quota-${Math.random().toString(36).slice(2)}`);
    const { usage = 0 } = await navigator.storage.estimate();
    await setQuota({ quotaSize: usage + 20_000_000 });
    const store = value(await openDexieStore({ name: 'quota', indexedDb: bucket.indexedDB, bigFiles: null }));
    expect((await fill(store, 3_000_000)).length).toBeGreaterThan(0);
    store.close();
    await buckets.delete(bucket.name);
  });

  test('big values are refused with nothing written, and what was saved stays', async () => {
    const disk = await realDisk();
    const store = await disk.open();
    const { usage = 0 } = await navigator.storage.estimate();
    await setQuota({ quotaSize: usage + 20_000_000 });
    const saved = await fill(store, 6_000_000);
    const files = (await (await disk.files())!.list()).map(({ name }) => name);
    expect(files.sort()).toEqual([...saved].sort());
    await disk.dispose();
  });
});

interface StorageBuckets {
  open(name: string): Promise<{ readonly name: string; readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

/** Bytes that do not compress: Chromium packs its rows, and counts what is left. */
function noise(id: string, length: number) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65_536)));
  }
  return { id, bytes };
}
