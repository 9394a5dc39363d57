// The IndexedDB database: its tables, how it is opened, and the one way to write to it.

import { Dexie, type DexieOptions, type Table } from 'dexie';
import { type Err, err, ok, type Result } from '#base/result.ts';
import type { Lease, ProjectRow, StoreError } from '#engine/ports.ts';
import type { RunRecord } from '#model/events.ts';
import type { ProjectId, RunId } from '#model/ids.ts';
import { thrownToStoreError } from './store-failures.ts';
import { refusedByEpoch, storeFailed } from './store-rules.ts';

export interface SegmentRow {
  readonly projectId: ProjectId;
  readonly seq: number;
  readonly runId: RunId;
  /** segment-codec.ts */
  readonly bytes: Uint8Array;
}
export interface PackRow {
  readonly projectId: ProjectId;
  readonly packId: string;
  readonly size: number;
  readonly checksum: number;
  /** Absent when the bytes are a big file. */
  readonly bytes?: Uint8Array;
}
export interface RunRow {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  /** The negated time of creation: an ascending read is newest first, and needs no cursor. */
  readonly newest: number;
  /** 1 while the run is not terminal. */
  readonly open: 0 | 1;
  readonly run: RunRecord;
}
export interface StoredProject {
  readonly projectId: ProjectId;
  readonly row: ProjectRow;
  /** The log's last number. */
  readonly head: number;
  /** When the project was put aside; milliseconds since the epoch. */
  readonly discardedAt?: number;
}
export interface FileRow {
  readonly projectId: ProjectId;
  readonly sha256: string;
  /** Absent when they are a big file, under `fileName(sha256)`. */
  readonly bytes?: Uint8Array;
}
/** Of a data file among the big files: no pack is called so. */
export const fileName = (sha256: string): string => `file.${sha256}`;
export const sha256OfFile = (name: string): string | undefined =>
  name.startsWith('file.') ? name.slice('file.'.length) : undefined;

export interface LeaseRow {
  readonly projectId: ProjectId;
  /** Stays when the project is deleted, so that its last leader is fenced off. */
  readonly fencing: number;
  readonly lease: Lease | undefined;
}

export class HeadwaterDatabase extends Dexie {
  readonly meta!: Table<{ key: 'epoch'; value: number }, string>;
  readonly projects!: Table<StoredProject, ProjectId>;
  readonly checkpoints!: Table<{ projectId: ProjectId; seq: number; documentText: string }, [string, number]>;
  readonly log!: Table<{ projectId: ProjectId; seq: number; entry: string }, [string, number]>;
  readonly files!: Table<FileRow, [string, string]>;
  readonly segments!: Table<SegmentRow, [string, number]>;
  readonly packs!: Table<PackRow, [string, string]>;
  readonly runs!: Table<RunRow, [string, string]>;
  readonly indexes!: Table<
    { projectId: ProjectId; seq: number; bytes: Uint8Array; checksum: number },
    ProjectId
  >;
  readonly leases!: Table<LeaseRow, ProjectId>;
  readonly requests!: Table<{ id?: number; projectId: ProjectId; text: string }, number>;

  constructor(name: string, options: DexieOptions) {
    super(name, {
      ...options,
      autoOpen: false,
      cache: 'disabled',
      chromeTransactionDurability: 'relaxed',
    });
    this.version(1).stores({
      meta: 'key',
      projects: 'projectId',
      checkpoints: '[projectId+seq]',
      log: '[projectId+seq]',
      files: '[projectId+sha256]',
      segments: '[projectId+seq], [projectId+runId]',
      packs: '[projectId+packId]',
      runs: '[projectId+runId], [projectId+newest], [projectId+open]',
      indexes: 'projectId',
      leases: 'projectId',
      requests: '++id, projectId',
    });
  }
}

/** All rows of a project in a table whose key begins with the project. */
export const keysOf = (projectId: ProjectId, after: unknown = Dexie.minKey) =>
  [[projectId, after], [projectId, Dexie.maxKey], false, true] as const;

/** An open database. Why it ended, should it have, is told to every later write. */
export interface Connection {
  readonly db: HeadwaterDatabase;
  readonly schemaEpoch: number;
  ended: Err<StoreError> | undefined;
}

/**
 * One read-write transaction over `tables`, after a check of the schema epoch. `work` awaits nothing but the
 * database, and refuses before it writes anything: only a throw takes back what was written.
 */
export async function write<T, E = never>(
  connection: Connection,
  tables: readonly Table[],
  work: () => Promise<Result<T, E | StoreError>>,
): Promise<Result<T, E | StoreError>> {
  const { db, schemaEpoch } = connection;
  if (connection.ended) return connection.ended;
  try {
    return await db.transaction('rw', [db.meta, ...tables], async () => {
      const epoch = await db.meta.get('epoch');
      return refusedByEpoch(epoch?.value, schemaEpoch) ?? (await work());
    });
  } catch (thrown) {
    return connection.ended ?? err(thrownToStoreError(thrown));
  }
}

export type OpenError =
  | { readonly type: 'IndexedDbMissing' }
  | { readonly type: 'OpenFailed'; readonly detail: string }
  | { readonly type: 'OpenTimedOut'; readonly timeoutMs: number; readonly blocked: boolean }
  | { readonly type: 'NewerSchema'; readonly found: number; readonly known: number };

/**
 * Opens the database and raises its epoch to ours. Some browsers never answer, hence the time limit. When
 * another tab must upgrade the database, or the browser closes it, this side lets go and never reopens: an
 * evicted database would come back empty.
 */
export async function openDatabase(
  name: string,
  schemaEpoch: number,
  options: DexieOptions,
  limit: { readonly timeoutMs: number; readonly after: (delayMs: number, call: () => void) => () => void },
): Promise<Result<Connection, OpenError>> {
  const db = new HeadwaterDatabase(name, options);
  const connection: Connection = { db, schemaEpoch, ended: undefined };
  let blocked = false;
  db.on('blocked', () => {
    blocked = true;
  });
  db.on('versionchange', ({ newVersion }) => {
    connection.ended = newVersion
      ? err({ type: 'NewerSchema', found: Math.max(newVersion / 10, schemaEpoch + 1), known: schemaEpoch })
      : storeFailed('The stored data is being deleted.');
    db.close();
    return false;
  });
  db.on('close', () => {
    connection.ended ??= storeFailed('The browser has closed the store; its data may have been deleted.');
  });

  const opening = (async (): Promise<Result<Connection, OpenError>> => {
    try {
      await db.open();
      const found = await db.transaction('rw', db.meta, async () => {
        const epoch = (await db.meta.get('epoch'))?.value;
        if (epoch === undefined || epoch < schemaEpoch)
          await db.meta.put({ key: 'epoch', value: schemaEpoch });
        return epoch;
      });
      if (found === undefined || found <= schemaEpoch) return ok(connection);
      db.close();
      return err({ type: 'NewerSchema', found, known: schemaEpoch });
    } catch (thrown) {
      db.close();
      return err({ type: 'OpenFailed', detail: thrownToText(thrown) });
    }
  })();
  return new Promise((resolve) => {
    const cancel = limit.after(limit.timeoutMs, () => {
      connection.ended = storeFailed('The store took too long to open.');
      db.close();
      resolve(err({ type: 'OpenTimedOut', timeoutMs: limit.timeoutMs, blocked }));
    });
    void opening.then((opened) => {
      cancel();
      resolve(opened);
    });
  });
}

function thrownToText(thrown: unknown): string {
  const error = thrownToStoreError(thrown);
  return 'detail' in error ? error.detail : error.type;
}
