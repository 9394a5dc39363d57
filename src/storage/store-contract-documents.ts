// The contract of stores: documents. Test code only.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#engine/ports.ts';
import { asProjectId } from '#model/ids.ts';
import { P1, P2, projectRow, runCommit, TAB_A, TAB_B, valuePack } from './store-builders.ts';
import { error, type StoreUnderTest, segmentsAfter, value } from './store-under-test.ts';

export function describeDocuments(name: string, makeStore: () => Promise<StoreUnderTest>): void {
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

  describe(`${name}: documents`, () => {
    test('a new project is listed and read with its first checkpoint', async () => {
      value(await store.createProject(projectRow(), '{"a":1}'));
      const other = await place.open();
      expect(await other.listProjects()).toEqual([projectRow()]);
      expect(await other.readProject(P1)).toEqual({
        row: projectRow(),
        checkpoint: { seq: 0, documentText: '{"a":1}' },
        log: [],
      });
      expect(error(await other.createProject(projectRow(), '{}')).type).toBe('StoreFailed');
    });

    test('an append changes the log and the row together', async () => {
      value(await store.createProject(projectRow(), '{}'));
      expect(value(await store.append(P1, 0, '"one"', { updatedAt: 7, assetCount: 3 }))).toBe(1);
      expect(value(await store.append(P1, 1, '"two"', {}))).toBe(2);
      const read = await store.readProject(P1);
      expect(read?.row).toEqual({ ...projectRow(), updatedAt: 7, assetCount: 3 });
      expect(await store.readLog(P1, 1)).toEqual([{ seq: 2, entry: '"two"' }]);
    });

    test('an append on an old number is refused with what it missed', async () => {
      value(await store.createProject(projectRow(), '{}'));
      value(await store.append(P1, 0, '"one"', {}));
      value(await store.append(P1, 1, '"two"', {}));
      const late = await (await place.open()).append(P1, 0, '"late"', { name: 'Late' });
      expect(error(late)).toEqual({
        type: 'Behind',
        missed: [
          { seq: 1, entry: '"one"' },
          { seq: 2, entry: '"two"' },
        ],
      });
      expect((await store.readProject(P1))?.row.name).toBe('Orders');
      expect(error(await store.append(P1, 9, '"ahead"', {})).type).toBe('StoreFailed');
      expect(await store.readLog(P1, 0)).toHaveLength(2);
    });

    test('handles that append at the same time lose nothing and repeat nothing', async () => {
      let round = 0;
      const work = fc.array(fc.array(fc.nat(9), { maxLength: 6 }), { minLength: 2, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(work, async (perHandle) => {
          const projectId = asProjectId(`property-${round++}`);
          value(await store.createProject(projectRow(projectId), '{}'));
          const acknowledged = await Promise.all(
            perHandle.map(async (items, handle) => {
              const tab = await place.open();
              const mine: [number, string][] = [];
              let head = 0;
              for (const [index, item] of items.entries()) {
                const entry = `"${handle}:${index}:${item}"`;
                for (;;) {
                  const appended = await tab.append(projectId, head, entry, {});
                  if (appended.ok) {
                    head = appended.value;
                    mine.push([head, entry]);
                    break;
                  }
                  if (appended.error.type !== 'Behind') throw new Error(appended.error.type);
                  head += appended.error.missed.length;
                }
              }
              tab.close();
              return mine;
            }),
          );
          const log = (await store.readLog(projectId, 0)).map(({ seq, entry }) => [seq, entry]);
          expect(log).toEqual(acknowledged.flat().sort(([a], [b]) => a - b));
          expect(log.map(([seq]) => seq)).toEqual(log.map((_, index) => index + 1));
        }),
        { numRuns: 25 },
      );
    });

    test('a checkpoint leaves the log whole, and an older one does not replace a newer', async () => {
      value(await store.createProject(projectRow(), '0'));
      for (let seq = 0; seq < 4; seq += 1) value(await store.append(P1, seq, `"${seq}"`, {}));
      value(await store.writeCheckpoint(P1, 3, 'at 3'));
      value(await store.writeCheckpoint(P1, 2, 'at 2'));
      const read = await store.readProject(P1);
      expect(read?.checkpoint).toEqual({ seq: 3, documentText: 'at 3' });
      expect(read?.log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      expect(error(await store.writeCheckpoint(P1, 5, 'ahead')).type).toBe('StoreFailed');
    });

    test("a project's row can be changed, and a missing project cannot", async () => {
      value(await store.createProject(projectRow(), '{}'));
      value(await store.updateProject(P1, { name: 'Sales', openedAt: 9 }));
      expect((await store.readProject(P1))?.row).toEqual({ ...projectRow(), name: 'Sales', openedAt: 9 });
      const missing = [
        await store.updateProject(P2, { name: 'x' }),
        await store.append(P2, 0, '1', {}),
        await store.writeCheckpoint(P2, 0, '{}'),
        await store.putFile(P2, 'aa', new Uint8Array(1)),
      ];
      expect(missing.map((result) => error(result).type)).toEqual(Array(4).fill('StoreFailed'));
      expect(await store.readProject(P2)).toBeUndefined();
      expect(await store.readLog(P2, 0)).toEqual([]);
    });

    test('data files are kept by their hash', async () => {
      value(await store.createProject(projectRow(), '{}'));
      value(await store.putFile(P1, 'bb', new Uint8Array([1, 2, 3])));
      value(await store.putFile(P1, 'aa', new Uint8Array([4])));
      expect(await store.getFile(P1, 'bb')).toEqual(new Uint8Array([1, 2, 3]));
      expect(await store.getFile(P1, 'cc')).toBeUndefined();
      expect(await store.listFiles(P1)).toEqual(['aa', 'bb']);
    });

    test('a file in pieces is kept whole under the hash that is known at its end, or not at all', async () => {
      value(await store.createProject(projectRow(), '{}'));
      let taken = 0;
      const pieces = async function* (count: number) {
        for (let i = 0; i < count; i++) {
          taken++;
          yield new Uint8Array([i, i]);
        }
        if (count > 3) throw new Error('canceled');
      };
      value(await store.putFileInPieces(P1, pieces(3), () => `hash-of-${taken}`));
      expect(await store.getFile(P1, 'hash-of-3')).toEqual(new Uint8Array([0, 0, 1, 1, 2, 2]));
      await expect(store.putFileInPieces(P1, pieces(4), () => 'never')).rejects.toThrow('canceled');
      expect(await store.listFiles(P1)).toEqual(['hash-of-3']);
      expect((await store.putFileInPieces(P2, pieces(1), () => 'xx')).ok).toBe(false);
    });

    test('a deleted project leaves nothing, and its last leader is fenced off', async () => {
      value(await store.createProject(projectRow(), '{}'));
      value(await store.createProject(projectRow(P2), '{}'));
      const { fencing } = value(await store.take(P1, TAB_A, 1));
      value(await store.append(P1, 0, '1', {}));
      value(await store.putFile(P1, 'aa', new Uint8Array(1)));
      value(await store.addRequest(P1, 'launch'));
      value(await store.writeIndex(P1, fencing, { seq: 0, bytes: new Uint8Array(1) }));
      const packs = [valuePack('pack-1'), valuePack('big', 5_000_000)];
      value(await store.commit(runCommit({ fencing, packs })));
      value(await store.deleteProject(P1));

      expect((await store.listProjects()).map((row) => row.projectId)).toEqual([P2]);
      expect(await store.readProject(P1)).toBeUndefined();
      expect(await store.readLog(P1, 0)).toEqual([]);
      expect(await store.listFiles(P1)).toEqual([]);
      expect(await store.getFile(P1, 'aa')).toBeUndefined();
      expect(await store.readIndex(P1)).toBeUndefined();
      expect(await store.readPack(P1, 'big')).toBeUndefined();
      expect(await store.read(P1)).toBeUndefined();
      await nothingStored();
      expect(error(await store.commit(runCommit({ fencing, packs }))).type).toBe('Fenced');
      await nothingStored();
      const next = value(await store.take(P1, TAB_B, 2));
      expect(value(await store.takeRequests(P1, next.fencing))).toEqual([]);
      value(await store.deleteProject(asProjectId('never existed')));
    });
  });

  describe(`${name}: discarding`, () => {
    async function fullProject() {
      value(await store.createProject(projectRow(), '{"a":1}'));
      value(await store.createProject(projectRow(P2), '{}'));
      const lease = value(await store.take(P1, TAB_A, 1));
      const { fencing } = lease;
      value(await store.append(P1, 0, '"one"', { assetCount: 2 }));
      value(await store.putFile(P1, 'aa', new Uint8Array([1, 2])));
      value(await store.addRequest(P1, 'launch'));
      value(await store.writeIndex(P1, fencing, { seq: 1, bytes: new Uint8Array([7]) }));
      value(
        await store.commit(runCommit({ fencing, packs: [valuePack('pack-1'), valuePack('big', 5_000_000)] })),
      );
      return lease;
    }
    const lookAt = async (handle: Store) => ({
      listed: [...(await handle.listProjects())].sort((a, b) => (a.projectId < b.projectId ? -1 : 1)),
      project: await handle.readProject(P1),
      file: await handle.getFile(P1, 'aa'),
      index: await handle.readIndex(P1),
      segments: await segmentsAfter(handle, P1, 0),
      runs: await handle.listRuns(P1, 10),
      pack: await handle.readPack(P1, 'pack-1'),
      big: (await handle.readPack(P1, 'big'))?.length,
    });

    test('a discarded project is not listed, read or written, and its last leader is fenced off', async () => {
      const lease = await fullProject();
      value(await store.discardProject(P1, 42));
      const other = await place.open();
      expect((await other.listProjects()).map((row) => row.projectId)).toEqual([P2]);
      expect(await other.listDiscarded()).toEqual([
        { row: { ...projectRow(), assetCount: 2 }, discardedAt: 42 },
      ]);
      expect(await other.readProject(P1)).toBeUndefined();
      expect(await other.readLog(P1, 0)).toEqual([]);
      const refused = [
        await other.append(P1, 1, '"two"', {}),
        await other.updateProject(P1, { name: 'x' }),
        await other.writeCheckpoint(P1, 1, '{}'),
        await other.putFile(P1, 'bb', new Uint8Array(1)),
        await other.createProject(projectRow(), '{}'),
        await other.discardProject(P1, 43),
        await other.take(P1, TAB_B, 2),
      ];
      expect(refused.map((result) => error(result).type)).toEqual(Array(7).fill('StoreFailed'));
      expect(await other.heartbeat(lease, 2)).toBe(false);
      expect(error(await other.commit(runCommit({ fencing: lease.fencing }))).type).toBe('Fenced');
      expect(error(await store.discardProject(asProjectId('none'), 1)).type).toBe('StoreFailed');
    });

    test('a recovered project is as it was, and can be led and written again', async () => {
      await fullProject();
      const before = await lookAt(store);
      value(await store.discardProject(P1, 42));
      const other = await place.open();
      value(await other.recoverProject(P1));
      expect(await lookAt(other)).toEqual(before);
      expect(await other.listDiscarded()).toEqual([]);
      const { fencing } = value(await other.take(P1, TAB_B, 3));
      expect(value(await other.takeRequests(P1, fencing))).toEqual([]);
      expect(value(await other.append(P1, 1, '"two"', {}))).toBe(2);
      expect(value(await other.commit(runCommit({ fencing })))).toBe(2);
      expect(error(await other.recoverProject(asProjectId('none'))).type).toBe('StoreFailed');
    });

    test('a discarded project that is deleted leaves nothing', async () => {
      await fullProject();
      value(await store.discardProject(P1, 42));
      value(await store.deleteProject(P1));
      expect(await store.listDiscarded()).toEqual([]);
      expect(error(await store.recoverProject(P1)).type).toBe('StoreFailed');
      await nothingStored();
      value(await store.createProject(projectRow(), '{}'));
    });
  });
}
