// The RunStore half of the IndexedDB store. A commit is one transaction, and a segment one record.

import { ok, type Result } from '#base/result.ts';
import {
  type EventSegment,
  type RunStore,
  StoreDamaged,
  type StoreError,
  type ValuePack,
} from '#engine/ports.ts';
import { isTerminal, type RunRecord } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import type { BigFiles } from './big-files.ts';
import { checksum } from './checksum.ts';
import {
  type Connection,
  keysOf,
  type PackRow,
  type RunRow,
  type SegmentRow,
  write,
} from './dexie-database.ts';
import { exactBytes, newestRunFirst, packEvents, refusedByFence, unpackEvents } from './store-rules.ts';

/** Of a pack that was deleted on purpose, a row without bytes stays under its id with this before it. */
const TOMBSTONE = 'deleted:';

/** How many segments are read at once. */
const BATCH = 32;

export const runToRow = (projectId: ProjectId, run: RunRecord): RunRow => ({
  projectId,
  runId: run.runId,
  newest: -run.createdAt,
  open: isTerminal(run.status) ? 0 : 1,
  run,
});

export const deletedRow = (projectId: ProjectId, packId: string): PackRow => ({
  projectId,
  packId: TOMBSTONE + packId,
  size: 0,
  checksum: 0,
});

export const packToRow = (projectId: ProjectId, pack: ValuePack, inFile: boolean): PackRow => {
  const row = { projectId, packId: pack.id, size: pack.bytes.length, checksum: checksum(pack.bytes) };
  return inFile ? row : { ...row, bytes: exactBytes(pack.bytes) };
};

export interface BigPacks {
  readonly files: BigFiles | undefined;
  isBig(pack: ValuePack): boolean;
  /** Writes the big ones among `packs`, runs `work`, and takes the files back when it was refused. */
  around<T>(
    projectId: ProjectId,
    packs: readonly ValuePack[],
    work: () => Promise<Result<T, StoreError>>,
  ): Promise<Result<T, StoreError>>;
  /** Only after their rows are gone. What cannot be removed now is a stray, collected later. */
  remove(projectId: ProjectId, packIds: readonly string[]): Promise<void>;
  removeAll(projectId: ProjectId): Promise<void>;
}

export function createDexieRuns(connection: Connection, big: BigPacks): RunStore {
  const { db } = connection;
  const refusedFor = async (projectId: ProjectId, fencing: number) =>
    refusedByFence((await db.leases.get(projectId))?.fencing, fencing);
  const rowToSegment = (row: SegmentRow): EventSegment => ({
    seq: row.seq,
    runId: row.runId,
    events: unpackEvents(row.projectId, row.seq, row.bytes),
  });

  return {
    async commit({ projectId, runId, fencing, packs, events, run }) {
      const packed = packEvents(events);
      if (!packed.ok) return packed;
      const packRows = packs.map((pack) => packToRow(projectId, pack, big.isBig(pack)));
      return big.around(projectId, packs, () =>
        write(connection, [db.leases, db.packs, db.segments, db.runs], async () => {
          const [refusal, lastKeys] = await Promise.all([
            refusedFor(projectId, fencing),
            db.segments
              .where(':id')
              .between(...keysOf(projectId))
              .reverse()
              .limit(1)
              .primaryKeys(),
          ]);
          if (refusal) return refusal;
          const seq = (lastKeys[0]?.[1] ?? 0) + 1;
          await Promise.all([
            packRows.length > 0 && db.packs.bulkPut(packRows),
            db.segments.add({ projectId, seq, runId, bytes: packed.value }),
            db.runs.put(runToRow(projectId, run)),
          ]);
          return ok(seq);
        }),
      );
    },

    async *readSegments(projectId, after) {
      for (let last = after; ; ) {
        const rows = await db.segments
          .where(':id')
          .between(...keysOf(projectId, last))
          .limit(BATCH)
          .toArray();
        for (const row of rows) {
          if (row.seq !== last + 1) throw new StoreDamaged(projectId, 'segment', last + 1, 'it is missing');
          yield rowToSegment(row);
          last = row.seq;
        }
        if (rows.length < BATCH) return;
      }
    },

    async readSegment(projectId, seq) {
      const row = await db.segments.get([projectId, seq]);
      return row && rowToSegment(row);
    },

    async readRunEvents(projectId, runId) {
      const rows = await db.segments.where('[projectId+runId]').equals([projectId, runId]).toArray();
      return rows.flatMap((row) => rowToSegment(row).events);
    },

    async listRuns(projectId, limit) {
      const rows = await db.runs
        .where('[projectId+newest]')
        .between(...keysOf(projectId))
        .limit(limit)
        .toArray();
      return rows.map(({ run }) => run);
    },

    readRun: async (projectId, runId) => (await db.runs.get([projectId, runId]))?.run,

    async unfinishedRuns(projectId) {
      const rows = await db.runs.where('[projectId+open]').equals([projectId, 1]).toArray();
      return rows.map(({ run }) => run).sort(newestRunFirst);
    },

    async readPack(projectId, packId) {
      const row = await db.packs.get([projectId, packId]);
      if (!row) return undefined;
      const bytes = row.bytes ?? (await big.files?.read(projectId, packId));
      return bytes?.length === row.size && checksum(bytes) === row.checksum ? bytes : undefined;
    },

    async deletePacks(projectId, fencing, packIds) {
      const deleted = await write(connection, [db.leases, db.packs], async () => {
        const refusal = await refusedFor(projectId, fencing);
        if (refusal) return refusal;
        const known = await db.packs
          .where(':id')
          .anyOf(packIds.map((packId) => [projectId, packId]))
          .primaryKeys();
        await db.packs.bulkDelete(known);
        await db.packs.bulkPut(known.map(([, packId]) => deletedRow(projectId, packId)));
        return ok(undefined);
      });
      if (deleted.ok) await big.remove(projectId, packIds);
      return deleted;
    },

    async listDeletedPacks(projectId) {
      const keys = await db.packs
        .where(':id')
        .between([projectId, TOMBSTONE], [projectId, `${TOMBSTONE}\uffff`])
        .primaryKeys();
      return new Set(keys.map(([, packId]) => packId.slice(TOMBSTONE.length)));
    },

    async readIndex(projectId) {
      const index = await db.indexes.get(projectId);
      return index && checksum(index.bytes) === index.checksum
        ? { seq: index.seq, bytes: index.bytes }
        : undefined;
    },

    async writeIndex(projectId, fencing, { seq, bytes }) {
      const row = { projectId, seq, bytes: exactBytes(bytes), checksum: checksum(bytes) };
      return write(connection, [db.leases, db.indexes], async () => {
        const refusal = await refusedFor(projectId, fencing);
        if (refusal) return refusal;
        await db.indexes.put(row);
        return ok(undefined);
      });
    },
  };
}
