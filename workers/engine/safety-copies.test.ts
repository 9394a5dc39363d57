import { expect, test } from 'vitest';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { asProjectId } from '#model/ids.ts';
import type { BigFile, BigFiles } from '#storage/big-files.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { P1, projectRow } from '#storage/store-builders.ts';
import { createSafetyCopies } from './safety-copies.ts';
import { createManualClock, settle } from './tab-harness.ts';

function createFilesInMemory(): BigFiles {
  const files = new Map<string, { readonly file: BigFile; readonly bytes: Uint8Array<ArrayBuffer> }>();
  return {
    async write(folder, name, bytes) {
      files.set(`${folder}/${name}`, { file: { folder, name, modifiedAt: 0 }, bytes: bytes.slice() });
    },
    draft: () => Promise.reject(new Error('copies are written whole')),
    read: async (folder, name) => files.get(`${folder}/${name}`)?.bytes,
    async remove(folder, name) {
      files.delete(`${folder}/${name}`);
    },
    async removeFolder(folder) {
      for (const key of files.keys()) if (key.startsWith(`${folder}/`)) files.delete(key);
    },
    list: async () => [...files.values()].map(({ file }) => file),
  };
}

function open() {
  const clock = createManualClock();
  const faults: unknown[] = [];
  const copies = createSafetyCopies(createFilesInMemory(), clock, (thrown) => faults.push(thrown));
  return { clock, copies, faults };
}

const document = graph().asset('a', '() => 1').asset('b', '({ a }) => a').document();

test('a project whose database is gone comes back as it was last kept, byte for byte', async () => {
  const { clock, copies, faults } = open();
  copies.keep(P1, graph().asset('a', '() => 0').document());
  copies.keep(P1, document);
  await clock.advance(2_000);
  await settle();
  const empty = createMemoryStore(createMemoryBacking());
  expect(await copies.restoreLost(empty)).toEqual([document.info.name]);
  expect((await empty.listProjects()).map((row) => [row.projectId, row.assetCount])).toEqual([[P1, 2]]);
  expect((await empty.readProject(P1))?.checkpoint.documentText).toBe(formatDocument(document));
  expect(faults).toEqual([]);
});

test('a project that is in the store, and one that was deleted, do not come back', async () => {
  const { clock, copies } = open();
  const deleted = asProjectId('deleted');
  copies.keep(P1, document);
  copies.keep(deleted, document);
  await clock.advance(2_000);
  await settle();
  copies.keep(deleted, document);
  await copies.drop(deleted);
  await clock.advance(2_000);
  const store = createMemoryStore(createMemoryBacking());
  await store.createProject(projectRow(P1), '{}');
  expect(await copies.restoreLost(store)).toEqual([]);
  expect((await store.listProjects()).length).toBe(1);
});
