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
    expect(await secrets.put(one, 'TOKEN', 'abc')).toEqual({ ok: true });
    await secrets.put(one, 'HOST', '');
    expect(await secrets.names(one)).toEqual(['HOST', 'TOKEN']);
    expect(await secrets.read(one, 'HOST')).toBe('');
    await secrets.put(one, 'TOKEN', 'def');
    expect(await secrets.read(one, 'TOKEN')).toBe('def');
    expect((await secrets.remove(one, 'TOKEN')).ok).toBe(true);
    expect((await secrets.remove(one, 'TOKEN')).ok).toBe(true);
    expect(await secrets.names(one)).toEqual(['HOST']);
  });

  test('of one project are nothing to another', async () => {
    const secrets = open();
    await secrets.put(one, 'TOKEN', 'of one');
    await secrets.put(two, 'TOKEN', 'of two');
    expect(await secrets.read(one, 'TOKEN')).toBe('of one');
    await secrets.removeAll(one);
    expect(await secrets.names(one)).toEqual([]);
    expect(await secrets.read(two, 'TOKEN')).toBe('of two');
  });
});
