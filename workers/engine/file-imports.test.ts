import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { WorkspaceEvent } from '#engine/workspace-port.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { P1, projectRow } from '#storage/store-builders.ts';
import { createFileImports } from './file-imports.ts';

async function start() {
  const store = createMemoryStore(createMemoryBacking());
  await store.createProject(projectRow(P1), '{}');
  const events: WorkspaceEvent[] = [];
  const imports = createFileImports({
    store,
    newHash: async () => {
      const hash = createHash('sha256');
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
    },
    emit: (event) => events.push(event),
  });
  return { store, events, imports };
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a large file is taken in pieces, with progress, under its hash', async () => {
  const { store, events, imports } = await start();
  const bytes = new Uint8Array(10 << 20).map((_, i) => i * 7);
  const taken = await imports.importFile(P1, 'one', new Blob([bytes]));
  expect(taken).toEqual({ ok: true, value: { sha256: sha256(bytes), bytes: bytes.length } });
  expect(Buffer.compare((await store.getFile(P1, sha256(bytes)))!, bytes)).toBe(0);
  expect(events.map((event) => event.type === 'import-progress' && event.bytes)).toEqual([
    4 << 20,
    8 << 20,
    10 << 20,
  ]);
});

test('a small file comes back to stand in the document', async () => {
  const { store, imports } = await start();
  const taken = await imports.importFile(P1, 'one', new Blob(['a,b\n1,2\n']));
  expect(taken.ok && taken.value.data).toBe(btoa('a,b\n1,2\n'));
  expect(await store.listFiles(P1)).toEqual([]);
});

test('a canceled import leaves nothing', async () => {
  const { store, events, imports } = await start();
  const size = 40 << 20;
  const source = {
    size,
    slice: (from: number, to: number) => ({
      arrayBuffer: async () => {
        if (from > 0) await imports.cancelImport('one');
        return new ArrayBuffer(to - from);
      },
    }),
  };
  expect(await imports.importFile(P1, 'one', source)).toEqual({ ok: false, error: { type: 'Canceled' } });
  expect(await store.listFiles(P1)).toEqual([]);
  expect(events.length).toBeLessThan(4);
});

test('a file that cannot be read is told, and so is one that is too large', async () => {
  const { imports } = await start();
  const gone = { size: 1 << 20, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
  expect(await imports.importFile(P1, 'one', gone)).toEqual({
    ok: false,
    error: { type: 'FileUnreadable', detail: 'gone' },
  });
  const huge = await imports.importFile(P1, 'two', { ...gone, size: 2 ** 32 });
  expect(!huge.ok && huge.error.type).toBe('FileTooLarge');
});
