import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import type { SecretStore } from '#engine/ports.ts';
import { asProjectId } from '#model/ids.ts';
import { createDexieSecrets } from './dexie-secrets.ts';
import { createMemorySecrets } from './memory-secrets.ts';

const [one, two] = [asProjectId('one'), asProjectId('two')];

const adapters: Readonly<Record<string, () => SecretStore>> = {
  memory: createMemorySecrets,
  IndexedDB: () => createDexieSecrets('secrets', { indexedDB: new IDBFactory(), IDBKeyRange }),
};

describe.each(Object.entries(adapters))('secrets in %s', (_, open) => {
  test('are listed by name, read, replaced and removed', async () => {
    const secrets = open();
    expect(await secrets.names(one)).toEqual([]);
    expect(await secrets.read(one, 'TOKEN')).toBeUndefined();
    expect(await secrets.put(one, 'TOKEN', 'abc', 1)).toEqual({ ok: true });
    await secrets.put(one, 'HOST', '', 1);
    expect(await secrets.names(one)).toEqual(['HOST', 'TOKEN']);
    expect(await secrets.read(one, 'HOST')).toBe('');
    await secrets.put(one, 'TOKEN', 'def', 1);
    expect(await secrets.read(one, 'TOKEN')).toBe('def');
    expect((await secrets.remove(one, 'TOKEN')).ok).toBe(true);
    expect((await secrets.remove(one, 'TOKEN')).ok).toBe(true);
    expect(await secrets.names(one)).toEqual(['HOST']);
  });

  test('of one project are nothing to another', async () => {
    const secrets = open();
    await secrets.put(one, 'TOKEN', 'of one', 1);
    await secrets.put(two, 'TOKEN', 'of two', 1);
    expect(await secrets.read(one, 'TOKEN')).toBe('of one');
    await secrets.removeAll(one);
    expect(await secrets.names(one)).toEqual([]);
    expect(await secrets.read(two, 'TOKEN')).toBe('of two');
  });

  test('of all projects are listed with the time they were set, and without their values', async () => {
    const secrets = open();
    expect(await secrets.list()).toEqual([]);
    await secrets.put(two, 'TOKEN', 'abc', 10);
    await secrets.put(one, 'TOKEN', 'def', 20);
    await secrets.put(one, 'HOST', 'ghi', 30);
    await secrets.put(two, 'TOKEN', 'jkl', 40);
    expect(await secrets.list()).toEqual([
      { projectId: one, name: 'HOST', setAt: 30 },
      { projectId: one, name: 'TOKEN', setAt: 20 },
      { projectId: two, name: 'TOKEN', setAt: 40 },
    ]);
    await secrets.removeAll(one);
    expect(await secrets.list()).toEqual([{ projectId: two, name: 'TOKEN', setAt: 40 }]);
  });
});
