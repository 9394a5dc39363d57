// The contract of stores: runs and the values they made. Test code only.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#engine/ports.ts';
import type { RunEvent } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import {
  materialization,
  P1,
  P2,
  R1,
  R2,
  runCommit,
  runRecord,
  TAB_A,
  TAB_B,
  valuePack,
} from './store-builders.ts';
import { error, type StoreUnderTest, segmentsAfter, value } from './store-under-test.ts';

export function describeRuns(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  let place: StoreUnderTest;
  let store: Store;
  beforeEach(async () => {
    place = await makeStore();
    store = await place.open();
  });
  afterEach(() => place.dispose());

  const nothingStored = async () => {
    expect(await segmentsAfter(store, P1, 0)).toEqual([]);
    expect(await store.listRuns(P1, 10)).toEqual([]);
    expect(await store.readPack(P1, 'pack-1')).toBeUndefined();
  };

  describe(`${name}: runs`, () => {
    test('what is committed is read back exactly, by every handle', async () => {
      const events = [materialization(0), materialization(1)];
      const pack = valuePack('pack-1');
      const run = { ...runRecord(), startedAt: 5, tags: { a: 'b' } };
      expect(value(await store.commit(runCommit({ events, packs: [pack], run })))).toBe(1);
      const other = await place.open();
      expect((await other.readSegment(P1, 1))?.events).toStrictEqual(events);
      expect(await other.readRun(P1, R1)).toStrictEqual(run);
      expect(await other.readPack(P1, 'pack-1')).toEqual(pack.bytes);
      expect(await other.readSegment(P1, 2)).toBeUndefined();
      expect(await other.readRun(P1, R2)).toBeUndefined();
    });

    test('a commit that fails writes nothing at all', async () => {
      const hostile = { ...materialization(), message: (() => 1) as unknown as string };
      const commit = runCommit({ packs: [valuePack('pack-1')], events: [materialization(), hostile] });
      expect(error(await store.commit(commit)).type).toBe('StoreFailed');
      await nothingStored();
    });

    test('an old fencing number writes nothing', async () => {
      value(await store.take(P1, TAB_A, 1));
      value(await store.take(P1, TAB_B, 2));
      const fenced = { type: 'Fenced', current: 2 };
      const packs = [valuePack('pack-1')];
      expect(error(await store.commit(runCommit({ fencing: 1, packs })))).toEqual(fenced);
      expect(error(await store.writeIndex(P1, 1, { seq: 1, bytes: new Uint8Array(1) }))).toEqual(fenced);
      expect(await store.readIndex(P1)).toBeUndefined();
      await nothingStored();
      value(await store.commit(runCommit({ fencing: 2, packs })));
      expect(error(await store.deletePacks(P1, 1, ['pack-1']))).toEqual(fenced);
      expect(await store.readPack(P1, 'pack-1')).toBeDefined();
    });

    test('numbers grow by one per commit, for each project by itself', async () => {
      const other = await place.open();
      const seqs = await Promise.all([
        store.commit(runCommit()),
        other.commit(runCommit()),
        store.commit(runCommit()),
        other.commit(runCommit({ projectId: P2 })),
      ]);
      expect(seqs.slice(0, 3).map(value).sort()).toEqual([1, 2, 3]);
      expect(value(seqs[3]!)).toBe(1);
    });

    test('segments are read oldest first, after the number asked for', async () => {
      for (let index = 1; index <= 70; index += 1) {
        value(await store.commit(runCommit({ events: [materialization(index)] })));
      }
      value(await store.commit(runCommit({ projectId: P2 })));
      const seqs = (await segmentsAfter(store, P1, 2)).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: 68 }, (_, index) => index + 3));
      expect((await segmentsAfter(store, P1, 69)).map(({ events }) => events)).toEqual([
        [materialization(70)],
      ]);
      expect(await segmentsAfter(store, P1, 70)).toEqual([]);
    });

    test('the events of one run are read apart from the others', async () => {
      const at = (index: number, runId = R1): RunEvent => materialization(index, 'pack-1', runId);
      value(await store.commit(runCommit({ events: [at(1)] })));
      value(await store.commit(runCommit({ runId: R2, events: [at(2, R2)] })));
      value(await store.commit(runCommit({ events: [at(3), at(4)] })));
      expect(await store.readRunEvents(P1, R1)).toEqual([at(1), at(3), at(4)]);
      expect(await store.readRunEvents(P1, asRunId('none'))).toEqual([]);
    });

    test('runs are listed newest first, up to the limit, each as it was written last', async () => {
      for (const [index, status] of (['SUCCESS', 'STARTED', 'FAILURE'] as const).entries()) {
        const runId = asRunId(`run-${index}`);
        value(await store.commit(runCommit({ runId, run: runRecord(runId, status, 1000 + index) })));
      }
      const runId = asRunId('run-0');
      value(await store.commit(runCommit({ runId, run: runRecord(runId, 'INTERRUPTED', 1000) })));
      expect((await store.listRuns(P1, 10)).map((run) => [run.runId, run.status])).toEqual([
        ['run-2', 'FAILURE'],
        ['run-1', 'STARTED'],
        ['run-0', 'INTERRUPTED'],
      ]);
      expect((await store.listRuns(P1, 2)).map((run) => run.runId)).toEqual(['run-2', 'run-1']);
    });

    test('unfinished runs are those whose status is not terminal', async () => {
      const statuses = ['QUEUED', 'STARTED', 'CANCELING', 'CANCELED', 'SUCCESS', 'INTERRUPTED'] as const;
      for (const [index, status] of statuses.entries()) {
        const runId = asRunId(status);
        value(await store.commit(runCommit({ runId, run: runRecord(runId, status, index) })));
      }
      const unfinished = await store.unfinishedRuns(P1);
      expect(unfinished.map((run) => run.runId).sort()).toEqual(['CANCELING', 'QUEUED', 'STARTED']);
      expect(await store.unfinishedRuns(P2)).toEqual([]);
    });

    test('a damaged segment is named, and the ones behind it can still be read', async () => {
      for (let index = 1; index <= 3; index += 1) {
        value(await store.commit(runCommit({ events: [materialization(index)] })));
      }
      await place.damageSegment(P1, 2);
      const read: number[] = [];
      const reading = (async () => {
        for await (const { seq } of store.readSegments(P1, 0)) read.push(seq);
      })();
      await expect(reading).rejects.toMatchObject({ name: 'StoreDamaged', projectId: P1, seq: 2 });
      expect(read).toEqual([1]);
      expect((await segmentsAfter(store, P1, 2)).map(({ seq }) => seq)).toEqual([3]);
      await expect(store.readSegment(P1, 2)).rejects.toMatchObject({ name: 'StoreDamaged', seq: 2 });
    });

    test('an index is replaced as a whole', async () => {
      expect(await store.readIndex(P1)).toBeUndefined();
      value(await store.writeIndex(P1, 0, { seq: 3, bytes: new Uint8Array([1, 2]) }));
      value(await store.writeIndex(P1, 0, { seq: 4, bytes: new Uint8Array([3]) }));
      expect(await store.readIndex(P1)).toEqual({ seq: 4, bytes: new Uint8Array([3]) });
    });
  });

  describe(`${name}: values`, () => {
    test('packs of every size come back whole', async () => {
      const packs = [valuePack('none', 0), valuePack('small', 1000), valuePack('big', 5_000_000)];
      value(await store.commit(runCommit({ packs })));
      const other = await place.open();
      for (const pack of packs) {
        const read = await other.readPack(P1, pack.id);
        expect(read?.length).toBe(pack.bytes.length);
        expect(read?.every((byte, index) => byte === pack.bytes[index])).toBe(true);
      }
    });

    test('a pack that is a view of a larger buffer is stored alone', async () => {
      const bytes = valuePack('any', 100).bytes.subarray(10, 20);
      value(await store.commit(runCommit({ packs: [{ id: 'view', bytes }] })));
      const read = await store.readPack(P1, 'view');
      expect(read).toEqual(bytes);
      expect(read?.buffer.byteLength).toBe(10);
    });

    test.each([3, 5_000_000])('a lost pack of %i bytes reads as undefined', async (length) => {
      value(await store.commit(runCommit({ packs: [valuePack('pack-1', length)] })));
      await place.losePack(P1, 'pack-1');
      expect(await store.readPack(P1, 'pack-1')).toBeUndefined();
      expect(await store.readPack(P2, 'pack-1')).toBeUndefined();
    });

    test.each([3, 5_000_000])('a deleted pack of %i bytes is gone, its events stay', async (length) => {
      value(await store.commit(runCommit({ packs: [valuePack('pack-1', length), valuePack('pack-2')] })));
      value(await store.deletePacks(P1, 0, ['pack-1', 'unknown']));
      const other = await place.open();
      expect(await other.readPack(P1, 'pack-1')).toBeUndefined();
      expect(await other.readPack(P1, 'pack-2')).toBeDefined();
      expect(await segmentsAfter(other, P1, 0)).toHaveLength(1);
      expect(await other.listDeletedPacks(P1)).toEqual(new Set(['pack-1']));
      expect(await other.listDeletedPacks(P2)).toEqual(new Set());
    });

    test('a lost pack does not look like a deleted one', async () => {
      value(await store.commit(runCommit({ packs: [valuePack('pack-1')] })));
      await place.losePack(P1, 'pack-1');
      expect(await store.listDeletedPacks(P1)).toEqual(new Set());
    });

    test('the same pack id in two projects names two values', async () => {
      value(await store.commit(runCommit({ packs: [valuePack('pack-1', 5_000_000)] })));
      value(await store.commit(runCommit({ projectId: P2, packs: [valuePack('pack-1', 5_000_001)] })));
      value(await store.deleteProject(P1));
      expect((await store.readPack(P2, 'pack-1'))?.length).toBe(5_000_001);
    });
  });
}
