// The contract of stores: leading, versions, restoring. Test code only.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#engine/ports.ts';
import {
  materialization,
  P1,
  P2,
  projectRow,
  R1,
  runCommit,
  runRecord,
  TAB_A,
  TAB_B,
  valuePack,
} from './store-builders.ts';
import { error, type StoreUnderTest, segmentsAfter, value } from './store-under-test.ts';

export function describeLeading(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  let place: StoreUnderTest;
  let store: Store;
  beforeEach(async () => {
    place = await makeStore();
    store = await place.open();
  });
  afterEach(() => place.dispose());

  describe(`${name}: leading`, () => {
    test('each new leader has the next fencing number and the old one learns of it', async () => {
      expect(await store.read(P1)).toBeUndefined();
      const first = value(await store.take(P1, TAB_A, 100));
      expect(first).toEqual({ projectId: P1, tabId: TAB_A, fencing: 1, heartbeatAt: 100 });
      expect(await store.heartbeat(first, 150)).toBe(true);
      expect(await store.read(P1)).toEqual({ ...first, heartbeatAt: 150 });
      const second = value(await (await place.open()).take(P1, TAB_B, 200));
      expect(second.fencing).toBe(2);
      expect(await store.heartbeat(first, 250)).toBe(false);
      expect(await store.read(P1)).toEqual(second);
    });

    test('leaders who take at the same time get different numbers', async () => {
      const tabs = await Promise.all([place.open(), place.open(), place.open()]);
      const taken = await Promise.all(tabs.map((tab) => tab.take(P1, TAB_A, 1)));
      expect(taken.map((lease) => value(lease).fencing).sort()).toEqual([1, 2, 3]);
    });

    test('requests are handed out once, in order, and only to the current leader', async () => {
      const old = value(await store.take(P1, TAB_A, 1));
      const now = value(await store.take(P1, TAB_B, 2));
      const follower = await place.open();
      const first = value(await follower.addRequest(P1, 'launch'));
      const second = value(await follower.addRequest(P1, 'cancel'));
      value(await follower.addRequest(P2, 'other'));
      expect(error(await store.takeRequests(P1, old.fencing))).toEqual({ type: 'Fenced', current: 2 });
      const both = await Promise.all([
        store.takeRequests(P1, now.fencing),
        follower.takeRequests(P1, now.fencing),
      ]);
      expect(both.flatMap(value)).toEqual([
        { id: first, text: 'launch' },
        { id: second, text: 'cancel' },
      ]);
      expect(value(await store.takeRequests(P1, now.fencing))).toEqual([]);
    });

    test('requests wait while nobody leads', async () => {
      value(await store.addRequest(P1, 'launch'));
      expect(error(await store.takeRequests(P1, 1)).type).toBe('Fenced');
      const { fencing } = value(await store.take(P1, TAB_A, 1));
      expect(value(await store.takeRequests(P1, fencing))).toHaveLength(1);
    });
  });

  describe(`${name}: versions`, () => {
    test('once a newer build has opened the store, an older one writes nothing of any kind', async () => {
      const old = await place.open(1);
      value(await old.createProject(projectRow(), '{}'));
      const lease = value(await old.take(P1, TAB_A, 1));
      value(await old.commit(runCommit({ fencing: 1, packs: [valuePack('pack-0')] })));
      store = await place.open(2);
      const content = {
        row: projectRow(P2),
        checkpoint: { seq: 0, documentText: '{}' },
        log: [],
        files: [],
        segments: [],
        runs: [],
        packs: [],
      };
      const results = [
        await old.commit(runCommit({ fencing: 1, packs: [valuePack('pack-1')] })),
        await old.commit(runCommit({ fencing: 1, packs: [valuePack('pack-1', 5_000_000)] })),
        await old.writeIndex(P1, 1, { seq: 1, bytes: new Uint8Array(1) }),
        await old.deletePacks(P1, 1, ['pack-0']),
        await old.createProject(projectRow(P2), '{}'),
        await old.updateProject(P1, { name: 'x' }),
        await old.discardProject(P1, 1),
        await old.recoverProject(P1),
        await old.deleteProject(P1),
        await old.append(P1, 0, '1', {}),
        await old.writeCheckpoint(P1, 0, 'x'),
        await old.putFile(P1, 'aa', new Uint8Array(1)),
        await old.take(P1, TAB_B, 2),
        await old.addRequest(P1, 'launch'),
        await old.takeRequests(P1, 1),
        await old.restoreProject(content),
      ];
      const refused = { type: 'NewerSchema', found: 2, known: 1 };
      expect(results.map(error)).toEqual(Array(results.length).fill(refused));
      expect(await old.heartbeat(lease, 99)).toBe(false);

      expect(await store.readProject(P1)).toEqual({
        row: projectRow(),
        checkpoint: { seq: 0, documentText: '{}' },
        log: [],
      });
      expect(await segmentsAfter(store, P1, 0)).toHaveLength(1);
      expect(await store.readPack(P1, 'pack-0')).toBeDefined();
      expect(await store.readPack(P1, 'pack-1')).toBeUndefined();
      expect(await store.readIndex(P1)).toBeUndefined();
      expect(await store.listFiles(P1)).toEqual([]);
      expect(await store.listProjects()).toHaveLength(1);
      expect(await store.read(P1)).toEqual(lease);
      expect(value(await store.takeRequests(P1, 1))).toEqual([]);
    });
  });

  describe(`${name}: restoring`, () => {
    test('a restored project keeps its numbers, and none of its runs belongs to the next leader', async () => {
      const content = {
        row: projectRow(),
        checkpoint: { seq: 1, documentText: 'at 1' },
        log: [
          { seq: 1, entry: '1' },
          { seq: 2, entry: '2' },
        ],
        files: [{ sha256: 'aa', bytes: new Uint8Array([1]) }],
        segments: [1, 2].map((seq) => ({ seq, runId: R1, events: [materialization(seq)] })),
        runs: [{ ...runRecord(R1, 'STARTED'), fencing: 7 }],
        packs: [valuePack('pack-1'), valuePack('big', 5_000_000), { id: 'gone', bytes: new Uint8Array(0) }],
      };
      value(await store.restoreProject(content));
      expect(await store.listDeletedPacks(P1)).toEqual(new Set(['gone']));
      expect(await store.readPack(P1, 'gone')).toBeUndefined();
      expect(await store.readProject(P1)).toEqual({
        row: content.row,
        checkpoint: content.checkpoint,
        log: content.log,
      });
      expect(await segmentsAfter(store, P1, 0)).toEqual(content.segments);
      expect(await store.unfinishedRuns(P1)).toEqual(content.runs);
      expect(await store.getFile(P1, 'aa')).toEqual(new Uint8Array([1]));
      expect((await store.readPack(P1, 'big'))?.length).toBe(5_000_000);
      expect(value(await store.take(P1, TAB_A, 1)).fencing).toBe(8);
      expect(value(await store.commit(runCommit({ fencing: 8 })))).toBe(3);
      expect(value(await store.append(P1, 2, '3', {}))).toBe(3);
      expect(error(await store.restoreProject(content)).type).toBe('StoreFailed');
    });
  });
}
