import { describe, expect, test } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import type { ProjectId } from '#model/ids.ts';
import { createMemoryStore } from '#storage/memory-store.ts';
import { P1, P2, projectRow, R1, runCommit, TAB_A, valuePack } from '#storage/store-builders.ts';
import { value } from '#storage/store-under-test.ts';
import { readStoredDocument } from './open-document.ts';
import { createProjectShelf } from './project-shelf.ts';

async function shelfWithProjects() {
  const store = createMemoryStore();
  let now = 1_000_000;
  let ids = 0;
  const clock = { now: () => now, after: () => () => undefined };
  const shelf = createProjectShelf({ store, clock, newId: () => `new-${++ids}`, tabId: TAB_A });
  for (const [projectId, name] of [
    [P1, 'Orders'],
    [P2, 'Sales'],
  ] as const) {
    const document = { ...graph().asset('a', '() => 1').document(), info: { name } };
    value(await store.createProject(projectRow(projectId, name), formatDocument(document)));
    value(await store.commit(runCommit({ projectId, packs: [valuePack('pack-1')] })));
  }
  const names = async () => (await store.listProjects()).map((row) => row.name).sort();
  const nameIn = async (projectId: ProjectId) =>
    (await readStoredDocument(store, projectId))?.history.document.info.name;
  return { store, shelf, names, nameIn, later: (ms: number) => (now += ms) };
}

describe('projects as a whole', () => {
  test('a project is renamed by a command that can be undone', async () => {
    const { store, shelf, names, nameIn } = await shelfWithProjects();
    value(await shelf.rename(P1, 'Purchases'));
    expect(await names()).toEqual(['Purchases', 'Sales']);
    expect(await nameIn(P1)).toBe('Purchases');
    expect((await readStoredDocument(store, P1))?.history.done).toHaveLength(1);
    value(await shelf.rename(P1, 'Purchases'));
    expect(await store.readLog(P1, 0)).toHaveLength(1);
    expect((await shelf.rename(P1, '')).ok).toBe(false);
  });

  test('a copy has the history and values of the original, and a life of its own', async () => {
    const { store, shelf, names, nameIn } = await shelfWithProjects();
    const copy = value(await shelf.duplicate(P1, 'Orders copy'));
    expect(await names()).toEqual(['Orders', 'Orders copy', 'Sales']);
    expect(await nameIn(copy)).toBe('Orders copy');
    expect(await nameIn(P1)).toBe('Orders');
    expect(await store.readRun(copy, R1)).toEqual(await store.readRun(P1, R1));
    expect(await store.readPack(copy, 'pack-1')).toEqual(valuePack('pack-1').bytes);
    value(await store.deleteProject(P1));
    expect(await store.readPack(copy, 'pack-1')).toBeDefined();
  });

  test('a deleted project comes back within a day, and is gone after it', async () => {
    const { shelf, names, later } = await shelfWithProjects();
    value(await shelf.discard(P1));
    expect(await names()).toEqual(['Sales']);
    expect(await shelf.purge()).toEqual([]);
    value(await shelf.recover(P1));
    expect(await names()).toEqual(['Orders', 'Sales']);
    value(await shelf.discard(P1));
    later(24 * 60 * 60 * 1000);
    expect(await shelf.purge()).toEqual([P1]);
    expect(await shelf.listDiscarded()).toEqual([]);
    expect((await shelf.recover(P1)).ok).toBe(false);
  });

  test('one file holds all projects, and restores all of them or none', async () => {
    const { store, shelf, names } = await shelfWithProjects();
    const all = await shelf.backUpAll();
    expect(value(await shelf.restore(all))).toHaveLength(2);
    expect(await names()).toEqual(['Orders', 'Orders', 'Sales', 'Sales']);
    expect(value(await shelf.restore(await shelf.backUp(P1)))).toHaveLength(1);
    const before = (await store.listProjects()).length;
    const broken = all.slice();
    // Inside the second backup.
    broken[Math.floor(all.length * 0.75)]! ^= 255;
    expect((await shelf.restore(broken)).ok).toBe(false);
    expect((await shelf.restore(new Uint8Array([1, 2, 3]))).ok).toBe(false);
    expect((await store.listProjects()).length).toBe(before);
  });
});
