import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BigFile, BigFiles } from './big-files.ts';
import { HeadwaterDatabase } from './dexie-database.ts';
import { type DexieStoreOptions, openDexieStore } from './dexie-store.ts';
import { P1, projectRow, runCommit, TAB_A, valuePack } from './store-builders.ts';
import { describeStore } from './store-contract.ts';
import { thrownToStoreError } from './store-failures.ts';

const keyRange = IDBKeyRange as unknown as NonNullable<DexieStoreOptions['keyRange']>;

/** One fake disk: a database and, if asked for, big files with switches for faults. */
function fakeDisk(withFiles: boolean) {
  const indexedDb = new IDBFactory();
  const files = withFiles ? fakeBigFiles() : null;
  const open = async (schemaEpoch = 1, change: Partial<DexieStoreOptions> = {}) => {
    const opened = await openDexieStore({
      name: 'headwater',
      schemaEpoch,
      indexedDb,
      keyRange,
      bigFiles: files,
      ...change,
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    return opened.value;
  };
  const raw = async <T>(work: (db: HeadwaterDatabase) => Promise<T>): Promise<T> => {
    const db = new HeadwaterDatabase('headwater', { indexedDB: indexedDb, IDBKeyRange: keyRange });
    await db.open();
    return work(db).finally(() => db.close());
  };
  return { indexedDb, files, open, raw };
}

function fakeBigFiles(): BigFiles & { contents: Map<string, Uint8Array<ArrayBuffer>>; full: boolean } {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const fake = {
    contents,
    full: false,
    async draft(folder: string) {
      const parts: Uint8Array[] = [];
      return {
        async append(bytes: Uint8Array) {
          if (fake.full) throw new DOMException('full', 'QuotaExceededError');
          parts.push(bytes.slice());
        },
        async keep(name: string) {
          contents.set(`${folder}/${name}`, new Uint8Array(parts.flatMap((part) => [...part])));
        },
        async drop() {
          parts.length = 0;
        },
      };
    },
    async write(folder: string, name: string, bytes: Uint8Array<ArrayBuffer>) {
      if (fake.full) throw new DOMException('No space', 'QuotaExceededError');
      contents.set(`${folder}/${name}`, bytes.slice());
    },
    read: async (folder: string, name: string) => contents.get(`${folder}/${name}`),
    async remove(folder: string, name: string) {
      contents.delete(`${folder}/${name}`);
    },
    async removeFolder(folder: string) {
      for (const key of contents.keys()) if (key.startsWith(`${folder}/`)) contents.delete(key);
    },
    list: async (): Promise<BigFile[]> =>
      [...contents.keys()].map((key) => {
        const [folder, name] = key.split('/') as [string, string];
        return { folder, name, modifiedAt: 1000 };
      }),
  };
  return fake;
}

for (const withFiles of [false, true]) {
  describeStore(`the IndexedDB store ${withFiles ? 'with' : 'without'} big files`, async () => {
    const { files, open, raw } = fakeDisk(withFiles);
    return {
      open,
      damageSegment: (projectId, seq) =>
        raw(async (db) => {
          const row = (await db.segments.get([projectId, seq]))!;
          row.bytes[30]! ^= 1;
          await db.segments.put(row);
        }),
      losePack: (projectId, packId) =>
        raw(async (db) => {
          if (files?.contents.delete(`${projectId}/${packId}`)) return;
          await db.packs.delete([projectId, packId]);
        }),
      dispose: async () => {},
    };
  });
}

describe('big values', () => {
  const packs = [valuePack('small', 10), valuePack('big', 5_000_000)];

  test('a big value is a file and a small one is not', async () => {
    const { files, open, raw } = fakeDisk(true);
    await (await open()).commit(runCommit({ packs }));
    expect([...files!.contents.keys()]).toEqual(['project-1/big']);
    expect(await raw(async (db) => (await db.packs.get([P1, 'big']))?.bytes)).toBeUndefined();
  });

  test('a file of wrong size or content is a lost value', async () => {
    const { files, open } = fakeDisk(true);
    const store = await open();
    await store.commit(runCommit({ packs }));
    const bytes = files!.contents.get('project-1/big')!;
    bytes[4_000_000]! ^= 1;
    expect(await store.readPack(P1, 'big')).toBeUndefined();
    files!.contents.set('project-1/big', bytes.slice(0, 100));
    expect(await store.readPack(P1, 'big')).toBeUndefined();
  });

  test('when the disk is full, nothing is written and the error says so', async () => {
    const { files, open } = fakeDisk(true);
    const store = await open();
    files!.full = true;
    expect(await store.commit(runCommit({ packs }))).toMatchObject({ error: { type: 'QuotaExceeded' } });
    expect(await store.readPack(P1, 'small')).toBeUndefined();
    expect(await store.readSegment(P1, 1)).toBeUndefined();
  });

  test('a refused commit takes its files back, but not those that an earlier commit names', async () => {
    const { files, open } = fakeDisk(true);
    const store = await open();
    await store.commit(runCommit({ packs }));
    await store.take(P1, TAB_A, 1);
    const again = [...packs, valuePack('bigger', 5_000_001)];
    expect((await store.commit(runCommit({ packs: again, fencing: 9 }))).ok).toBe(false);
    expect([...files!.contents.keys()]).toEqual(['project-1/big']);
  });

  test('files that no row names are collected once they are old', async () => {
    const { files, open } = fakeDisk(true);
    const store = await open();
    await store.commit(runCommit({ packs }));
    files!.contents.set('project-1/big.123.tmp', new Uint8Array(1));
    files!.contents.set('gone/pack', new Uint8Array(1));
    expect(await store.collectStrayFiles(2000, 5000)).toBe(0);
    expect(await store.collectStrayFiles(2000, 500)).toBe(2);
    expect([...files!.contents.keys()]).toEqual(['project-1/big']);
  });
});

describe('opening', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('a browser without IndexedDB is said to be one', async () => {
    vi.stubGlobal('indexedDB', undefined);
    expect(await openDexieStore({ name: 'x' })).toEqual({ ok: false, error: { type: 'IndexedDbMissing' } });
  });

  test('an opening that never answers ends at the time limit', async () => {
    const silent = { open: () => ({}), deleteDatabase: () => ({}) } as unknown as IDBFactory;
    const clock = {
      after: (delayMs: number, call: () => void) => {
        expect(delayMs).toBe(5000);
        queueMicrotask(call);
        return () => {};
      },
    };
    const opened = await openDexieStore({ name: 'x', indexedDb: silent, keyRange, clock });
    expect(opened).toEqual({ ok: false, error: { type: 'OpenTimedOut', timeoutMs: 5000, blocked: false } });
  });

  test('an opening that fails says why', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const broken = {
      open: () => {
        throw new DOMException('Internal error opening backing store.', 'UnknownError');
      },
    } as unknown as IDBFactory;
    const opened = await openDexieStore({ name: 'x', indexedDb: broken, keyRange });
    expect(opened).toMatchObject({ ok: false, error: { type: 'OpenFailed' } });
    expect(JSON.stringify(opened)).toContain('Internal error opening backing store');
    warn.mockRestore();
  });

  test('a store of a newer build is not opened', async () => {
    const { indexedDb, open } = fakeDisk(false);
    await open(3);
    expect(await openDexieStore({ name: 'headwater', schemaEpoch: 2, indexedDb, keyRange })).toEqual({
      ok: false,
      error: { type: 'NewerSchema', found: 3, known: 2 },
    });
  });

  test('a tab in whose back the database is upgraded lets go and writes no more', async () => {
    const { indexedDb, open } = fakeDisk(false);
    const store = await open();
    await store.createProject(projectRow(), '{}');
    await new Promise<void>((resolve, reject) => {
      const request = indexedDb.open('headwater', 20);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
      request.onerror = () => reject(request.error);
    });
    expect(await store.updateProject(P1, { name: 'x' })).toEqual({
      ok: false,
      error: { type: 'NewerSchema', found: 2, known: 1 },
    });
  });

  test('a closed store refuses to write', async () => {
    const { open } = fakeDisk(false);
    const store = await open();
    store.close();
    expect(await store.createProject(projectRow(), '{}')).toMatchObject({ error: { type: 'StoreFailed' } });
  });

  test('a full disk is recognised however it is wrapped', () => {
    const full = new DOMException('No space', 'QuotaExceededError');
    for (const thrown of [
      full,
      { name: 'AbortError', message: '', inner: full },
      { name: 'BulkError', message: '', failures: [{ name: 'AbortError', message: '', inner: full }] },
      { name: 'AbortError', message: '', inner: { name: 'AbortError', message: '', cause: full } },
    ]) {
      expect(thrownToStoreError(thrown)).toEqual({ type: 'QuotaExceeded', detail: 'No space' });
    }
  });

  test('an entry missing from the log is noticed', async () => {
    const { open, raw } = fakeDisk(false);
    const store = await open();
    await store.createProject(projectRow(), '{}');
    for (let seq = 0; seq < 3; seq += 1) await store.append(P1, seq, `${seq}`, {});
    await raw((db) => db.log.delete([P1, 2]));
    await expect(store.readProject(P1)).rejects.toMatchObject({ name: 'StoreDamaged', part: 'log', seq: 2 });
    expect(await store.readLog(P1, 0)).toHaveLength(2);
  });
});
