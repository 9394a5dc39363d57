import { expect, test } from 'vitest';
import { asProjectId } from '#model/ids.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { adoptFiles } from './adopt-files.ts';

async function storeWith(projects: readonly string[]) {
  const store = createMemoryStore(createMemoryBacking());
  for (const name of projects)
    await store.createProject(
      { projectId: asProjectId(name), name, createdAt: 0, updatedAt: 0, openedAt: 0, assetCount: 0 },
      '',
    );
  return store;
}

test('files that another project has are copied, and those that nobody has are named', async () => {
  const store = await storeWith(['mine', 'empty', 'other']);
  const bytes = new Uint8Array([1, 2, 3]);
  await store.putFile(asProjectId('other'), 'aa', bytes);
  await store.putFile(asProjectId('mine'), 'cc', bytes);
  expect(await adoptFiles(store, asProjectId('mine'), ['aa', 'bb', 'cc'])).toEqual({
    ok: true,
    value: ['bb'],
  });
  expect(await store.getFile(asProjectId('mine'), 'aa')).toEqual(bytes);
  expect(await adoptFiles(store, asProjectId('mine'), ['aa'])).toEqual({ ok: true, value: [] });
});
