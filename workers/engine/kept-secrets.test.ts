import { expect, test } from 'vitest';
import { emptyDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { asProjectId } from '#model/ids.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { listKeptSecrets } from './kept-secrets.ts';

const [shop, farm, gone] = [asProjectId('1'), asProjectId('2'), asProjectId('3')];

async function open() {
  const store = createMemoryStore(createMemoryBacking());
  const secrets = createMemorySecrets();
  const add = (projectId: typeof shop, name: string, text: string) =>
    store.createProject({ projectId, name, createdAt: 1, updatedAt: 1, openedAt: 1, assetCount: 0 }, text);
  return { store, secrets, add };
}

const resource = (key: string, config: { readonly [field: string]: { readonly env: string } }) =>
  [key, { key, kind: 'resource', body: 'export default class {}', config }] as const;

test('every project that keeps a value is listed with what names it, and no value is told', async () => {
  const { store, secrets, add } = await open();
  const document = {
    ...emptyDocument('Shop'),
    resources: new Map([
      resource('till', { token: { env: 'TOKEN' } }),
      resource('bank', { token: { env: 'TOKEN' }, host: { env: 'HOST' } }),
    ]),
  };
  await add(shop, 'Shop', formatDocument(document));
  await add(farm, 'Farm', formatDocument(emptyDocument('Farm')));
  await secrets.put(shop, 'TOKEN', 'sesame', 20);
  await secrets.put(shop, 'OLD', 'sesame', 10);
  await secrets.put(farm, 'TOKEN', 'sesame', 30);
  const listed = await listKeptSecrets({ store, secrets });
  expect(listed).toEqual([
    {
      projectId: farm,
      name: 'Farm',
      isDiscarded: false,
      secrets: [{ name: 'TOKEN', setAt: 30, usedBy: [] }],
    },
    {
      projectId: shop,
      name: 'Shop',
      isDiscarded: false,
      secrets: [
        { name: 'OLD', setAt: 10, usedBy: [] },
        { name: 'TOKEN', setAt: 20, usedBy: ['bank', 'till'] },
      ],
    },
  ]);
  expect(JSON.stringify(listed)).not.toContain('sesame');
});

test('what is kept of a project that was put aside, is gone or is damaged is listed too', async () => {
  const { store, secrets, add } = await open();
  await add(shop, 'Shop', formatDocument(emptyDocument('Shop')));
  await store.discardProject(shop, 5);
  await add(farm, 'Farm', 'not a document');
  for (const projectId of [shop, farm, gone]) await secrets.put(projectId, 'TOKEN', 'x', 1);
  const listed = await listKeptSecrets({ store, secrets });
  expect(listed.map(({ name, isDiscarded, secrets: kept }) => [name, isDiscarded, kept[0]?.usedBy])).toEqual([
    ['Farm', false, undefined],
    ['Shop', true, undefined],
    [undefined, false, undefined],
  ]);
});
