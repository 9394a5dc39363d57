// The DocumentStore, LeaseStore and RequestStore parts of the IndexedDB store.

import { err, ok, type Result } from '#base/result.ts';
import {
  type DocumentStore,
  type LeaseStore,
  type ProjectContent,
  type RequestStore,
  type Store,
  StoreDamaged,
  type StoreError,
} from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import { type Connection, type FileRow, fileName, keysOf, type SegmentRow, write } from './dexie-database.ts';
import { type BigPacks, deletedRow, packToRow, runToRow } from './dexie-runs.ts';
import { joinPieces } from './pieces.ts';
import { thrownToStoreError } from './store-failures.ts';
import {
  exactBytes,
  highestFencing,
  isDeletedPack,
  noSuchProject,
  packEvents,
  refusedByFence,
  storeFailed,
} from './store-rules.ts';

/** Older checkpoints are kept as a second copy, up to this many in all. */
const CHECKPOINTS_KEPT = 2;

export function createDexieDocuments(connection: Connection, big: BigPacks): DocumentStore {
  const { db } = connection;
  /** A project that is there and not put aside. */
  const liveProject = async (projectId: ProjectId) => {
    const project = await db.projects.get(projectId);
    return project?.discardedAt === undefined ? project : undefined;
  };
  const logAfter = async (projectId: ProjectId, after: number) => {
    const rows = await db.log
      .where(':id')
      .between(...keysOf(projectId, after))
      .toArray();
    return rows.map(({ seq, entry }) => ({ seq, entry }));
  };

  const putRow = (row: FileRow) =>
    write(connection, [db.projects, db.files], async () => {
      if (!(await liveProject(row.projectId))) return noSuchProject;
      await db.files.put(row);
      return ok(undefined);
    });
  const putSmallFile = (projectId: ProjectId, sha256: string, bytes: Uint8Array) =>
    putRow({ projectId, sha256, bytes: exactBytes(bytes) });

  /** The file is whole and under its name before a row says that it is there. */
  async function putBigFile(
    projectId: ProjectId,
    pieces: AsyncIterable<Uint8Array>,
    sha256: () => string,
  ): Promise<Result<void, StoreError>> {
    const draft = await big.files!.draft(projectId).catch((thrown: unknown) => ({ thrown }));
    if ('thrown' in draft) return err(thrownToStoreError(draft.thrown));
    let failure: unknown;
    try {
      for await (const piece of pieces) {
        try {
          await draft.append(piece);
        } catch (thrown) {
          failure = thrown;
          break;
        }
      }
    } catch (thrown) {
      await draft.drop();
      throw thrown;
    }
    if (failure !== undefined) {
      await draft.drop();
      return err(thrownToStoreError(failure));
    }
    const hash = sha256();
    try {
      await draft.keep(fileName(hash));
    } catch (thrown) {
      await draft.drop().catch(() => undefined);
      return err(thrownToStoreError(thrown));
    }
    const put = await putRow({ projectId, sha256: hash });
    if (!put.ok && !(await db.files.get([projectId, hash]).catch(() => undefined)))
      await big.remove(projectId, [fileName(hash)]);
    return put;
  }

  return {
    listProjects: async () =>
      (await db.projects.toArray()).flatMap(({ row, discardedAt }) =>
        discardedAt === undefined ? [row] : [],
      ),

    createProject: (row, documentText) =>
      write(connection, [db.projects, db.checkpoints], async () => {
        const { projectId } = row;
        if (await db.projects.get(projectId)) return storeFailed('A project of this id exists already.');
        await db.checkpoints.put({ projectId, seq: 0, documentText });
        await db.projects.put({ projectId, row, head: 0 });
        return ok(undefined);
      }),

    updateProject: (projectId, change) =>
      write(connection, [db.projects], async () => {
        const project = await liveProject(projectId);
        if (!project) return noSuchProject;
        await db.projects.put({ ...project, row: { ...project.row, ...change, projectId } });
        return ok(undefined);
      }),

    discardProject: (projectId, now) =>
      write(connection, [db.projects, db.leases, db.requests], async () => {
        const project = await liveProject(projectId);
        if (!project) return noSuchProject;
        const fencing = (await db.leases.get(projectId))?.fencing;
        await Promise.all([
          db.projects.put({ ...project, discardedAt: now }),
          db.requests.where('projectId').equals(projectId).delete(),
          fencing !== undefined && db.leases.put({ projectId, fencing: fencing + 1, lease: undefined }),
        ]);
        return ok(undefined);
      }),

    recoverProject: (projectId) =>
      write(connection, [db.projects], async () => {
        const project = await db.projects.get(projectId);
        if (!project) return noSuchProject;
        const { discardedAt: _, ...recovered } = project;
        await db.projects.put(recovered);
        return ok(undefined);
      }),

    listDiscarded: async () =>
      (await db.projects.toArray()).flatMap(({ row, discardedAt }) =>
        discardedAt === undefined ? [] : [{ row, discardedAt }],
      ),

    async deleteProject(projectId) {
      const { projects, checkpoints, log, files, segments, packs, runs, indexes, leases, requests } = db;
      const ranged = [checkpoints, log, files, segments, packs, runs];
      const deleted = await write(connection, [projects, indexes, leases, requests, ...ranged], async () => {
        const range = keysOf(projectId);
        const fencing = (await leases.get(projectId))?.fencing;
        await Promise.all([
          projects.delete(projectId),
          indexes.delete(projectId),
          requests.where('projectId').equals(projectId).delete(),
          ...ranged.map((table) =>
            table
              .where(':id')
              .between(...range)
              .delete(),
          ),
          fencing !== undefined && leases.put({ projectId, fencing: fencing + 1, lease: undefined }),
        ]);
        return ok(undefined);
      });
      if (deleted.ok) await big.removeAll(projectId);
      return deleted;
    },

    readProject: (projectId) =>
      db.transaction('r', [db.projects, db.checkpoints, db.log], async () => {
        const project = await liveProject(projectId);
        const checkpoint = await db.checkpoints
          .where(':id')
          .between(...keysOf(projectId))
          .last();
        if (!project || !checkpoint) return undefined;
        const { seq, documentText } = checkpoint;
        const log = await logAfter(projectId, 0);
        const hole = log.findIndex((entry, index) => entry.seq !== index + 1);
        if (hole >= 0 || log.length !== project.head) {
          throw new StoreDamaged(projectId, 'log', (hole < 0 ? log.length : hole) + 1, 'it is missing');
        }
        return { row: project.row, checkpoint: { seq, documentText }, log };
      }),

    readLog: async (projectId, after) => ((await liveProject(projectId)) ? logAfter(projectId, after) : []),

    append: (projectId, expectedSeq, entry, change) =>
      write(connection, [db.projects, db.log], async () => {
        const project = await liveProject(projectId);
        if (!project) return noSuchProject;
        const { head } = project;
        if (expectedSeq > head) return storeFailed(`The log ends at ${head}, not ${expectedSeq}.`);
        if (expectedSeq < head) {
          return err({ type: 'Behind' as const, missed: await logAfter(projectId, expectedSeq) });
        }
        const seq = head + 1;
        const row = { ...project.row, ...change, projectId };
        await Promise.all([
          db.log.add({ projectId, seq, entry }),
          db.projects.put({ ...project, row, head: seq }),
        ]);
        return ok(seq);
      }),

    writeCheckpoint: (projectId, seq, documentText) =>
      write(connection, [db.projects, db.checkpoints], async () => {
        const project = await liveProject(projectId);
        if (!project) return noSuchProject;
        if (seq > project.head) return storeFailed(`The log ends before entry ${seq}.`);
        const keys = await db.checkpoints
          .where(':id')
          .between(...keysOf(projectId))
          .primaryKeys();
        if (keys.some(([, newer]) => newer > seq)) return ok(undefined);
        const others = keys.filter(([, other]) => other !== seq);
        await db.checkpoints.bulkDelete(others.slice(0, others.length - CHECKPOINTS_KEPT + 1));
        await db.checkpoints.put({ projectId, seq, documentText });
        return ok(undefined);
      }),

    putFile: (projectId, sha256, bytes) =>
      big.isBig({ id: fileName(sha256), bytes })
        ? putBigFile(projectId, only(bytes), () => sha256)
        : putSmallFile(projectId, sha256, bytes),

    async putFileInPieces(projectId, pieces, sha256) {
      if (big.files) return putBigFile(projectId, pieces, sha256);
      const bytes = await joinPieces(pieces);
      return putSmallFile(projectId, sha256(), bytes);
    },

    async getFile(projectId, sha256) {
      const row = await db.files.get([projectId, sha256]);
      return row && (row.bytes ?? (await big.files?.read(projectId, fileName(sha256))));
    },

    async listFiles(projectId) {
      const keys = await db.files
        .where(':id')
        .between(...keysOf(projectId))
        .primaryKeys();
      return keys.map(([, sha256]) => sha256);
    },
  };
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

export function createDexieLeases(connection: Connection): LeaseStore & RequestStore {
  const { db } = connection;
  return {
    take: (projectId, tabId, now) =>
      write(connection, [db.projects, db.leases], async () => {
        if ((await db.projects.get(projectId))?.discardedAt !== undefined) return noSuchProject;
        const fencing = ((await db.leases.get(projectId))?.fencing ?? 0) + 1;
        const lease = { projectId, tabId, fencing, heartbeatAt: now };
        await db.leases.put({ projectId, fencing, lease });
        return ok(lease);
      }),

    async heartbeat({ projectId, fencing }, now) {
      const beaten = await write(connection, [db.leases], async () => {
        const row = await db.leases.get(projectId);
        if (row?.lease?.fencing !== fencing) return ok(false);
        await db.leases.put({ ...row, lease: { ...row.lease, heartbeatAt: now } });
        return ok(true);
      });
      return beaten.ok && beaten.value;
    },

    read: async (projectId) => (await db.leases.get(projectId))?.lease,

    addRequest: (projectId, text) =>
      write(connection, [db.requests], async () => ok(await db.requests.add({ projectId, text }))),

    takeRequests: (projectId, fencing) =>
      write(connection, [db.leases, db.requests], async () => {
        const current = (await db.leases.get(projectId))?.lease?.fencing ?? 0;
        const refusal = refusedByFence(current, fencing);
        if (refusal) return refusal;
        const rows = await db.requests.where('projectId').equals(projectId).toArray();
        await db.requests.bulkDelete(rows.map(({ id }) => id!));
        return ok(rows.map(({ id, text }) => ({ id: id!, text })));
      }),
  };
}

/** Everything of the project in one transaction; big packs become files before it. */
export const createDexieRestore =
  (connection: Connection, big: BigPacks): Store['restoreProject'] =>
  async ({ row, checkpoint, log, files, segments, runs, packs }: ProjectContent) => {
    const { db } = connection;
    const { projectId } = row;
    const segmentRows: SegmentRow[] = [];
    for (const { seq, runId, events } of segments) {
      const packed = packEvents(events);
      if (!packed.ok) return packed;
      segmentRows.push({ projectId, seq, runId, bytes: packed.value });
    }
    const packRows = packs.map((pack) =>
      isDeletedPack(pack) ? deletedRow(projectId, pack.id) : packToRow(projectId, pack, big.isBig(pack)),
    );
    const tables = [db.projects, db.checkpoints, db.log, db.files, db.segments, db.packs, db.runs, db.leases];
    return big.around(projectId, packs, () =>
      write(connection, tables, async () => {
        if (await db.projects.get(projectId)) return storeFailed('A project of this id exists already.');
        const fencing = highestFencing(runs, (await db.leases.get(projectId))?.fencing);
        await Promise.all([
          db.projects.put({ projectId, row, head: log.length }),
          db.checkpoints.put({ projectId, ...checkpoint }),
          db.log.bulkPut(log.map((entry) => ({ projectId, ...entry }))),
          db.files.bulkPut(
            files.map(({ sha256, bytes }) => ({ projectId, sha256, bytes: exactBytes(bytes) })),
          ),
          db.segments.bulkPut(segmentRows),
          db.packs.bulkPut(packRows),
          db.runs.bulkPut(runs.map((run) => runToRow(projectId, run))),
          fencing !== undefined && db.leases.put({ projectId, fencing, lease: undefined }),
        ]);
        return ok(undefined);
      }),
    );
  };
