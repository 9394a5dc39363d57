import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Store } from '#engine/ports.ts';
import { asProjectId } from '#model/ids.ts';
import { readBackup, restoreBackup, writeBackup } from './backup.ts';
import { copyProject } from './copy-project.ts';
import { createMemoryBacking, createMemoryStore } from './memory-store.ts';
import { openFolderStore } from './node/folder-store.ts';
import {
  materialization,
  P1,
  projectRow,
  R1,
  R2,
  runCommit,
  runRecord,
  valuePack,
} from './store-builders.ts';
import { error, segmentsAfter, value } from './store-under-test.ts';

const COPY = asProjectId('copy');

async function filledStore() {
  const backing = createMemoryBacking();
  const store = createMemoryStore(backing);
  value(await store.createProject(projectRow(), '{}'));
  for (let seq = 0; seq < 3; seq += 1) value(await store.append(P1, seq, `"entry \ud800 ${seq}"`, {}));
  value(await store.writeCheckpoint(P1, 2, '"at 2 \\udc00 ä"'));
  value(await store.putFile(P1, 'aa', valuePack('', 300).bytes));
  value(await store.commit(runCommit({ packs: [valuePack('pack-1', 5000)] })));
  const lost = [materialization(1, 'lost', R2), materialization(2, 'pack-1', R2)];
  value(await store.commit(runCommit({ runId: R2, events: lost, run: runRecord(R2, 'STARTED', 5) })));
  return { backing, store };
}

async function contentOf(store: Store, projectId: typeof P1) {
  const project = (await store.readProject(projectId))!;
  return {
    checkpoint: project.checkpoint,
    log: project.log,
    segments: await segmentsAfter(store, projectId, 0),
    runs: await store.listRuns(projectId, 100),
    pack: await store.readPack(projectId, 'pack-1'),
    lost: await store.readPack(projectId, 'lost'),
    files: await store.listFiles(projectId),
    file: await store.getFile(projectId, 'aa'),
  };
}

describe('a value that was deleted on purpose', () => {
  test('is known to be one in a backup and in a copy', async () => {
    const { store } = await filledStore();
    const given = [materialization(1, 'pack-1', R1), materialization(2, 'old', R1)];
    value(await store.commit(runCommit({ events: given, packs: [valuePack('old')] })));
    value(await store.deletePacks(P1, 0, ['old']));
    const backup = (await writeBackup(store, P1))!;
    expect(backup.missingPacks).toEqual(['lost']);
    value(await restoreBackup(store, backup.bytes, COPY, 77));
    expect(await store.listDeletedPacks(COPY)).toEqual(new Set(['old']));
    expect(await store.readPack(COPY, 'old')).toBeUndefined();
    const second = asProjectId('second');
    value(await copyProject(store, COPY, second, 78));
    expect(await store.listDeletedPacks(second)).toEqual(new Set(['old']));
    expect(await store.readPack(second, 'pack-1')).toBeDefined();
  });
});

describe('a backup', () => {
  test('of one store restored into another of another kind, and back, is the same project', async () => {
    const { store } = await filledStore();
    const dir = mkdtempSync(join(tmpdir(), 'headwater-'));
    const folder = await openFolderStore(dir);
    if (!folder.ok) throw new Error(folder.error.type);
    const first = (await writeBackup(store, P1))!;
    expect(first.missingPacks).toEqual(['lost']);
    expect(value(await restoreBackup(folder.value, first.bytes, COPY, 77))).toEqual({
      ...projectRow(),
      projectId: COPY,
      openedAt: 77,
    });
    expect(await contentOf(folder.value, COPY)).toStrictEqual(await contentOf(store, P1));

    const second = (await writeBackup(folder.value, COPY))!;
    const third = asProjectId('third');
    value(await restoreBackup(store, second.bytes, third, 78));
    expect(await contentOf(store, third)).toStrictEqual(await contentOf(store, P1));
    folder.value.close();
    rmSync(dir, { recursive: true });
  });

  test('of a missing project is none', async () => {
    expect(await writeBackup(createMemoryStore(), P1)).toBeUndefined();
  });

  test('of a damaged history keeps what can be read, and the copy still knows what is missing', async () => {
    const { backing, store } = await filledStore();
    backing.projects.get(P1)!.segments.get(1)!.bytes[30]! ^= 1;
    const backup = (await writeBackup(store, P1))!;
    expect(backup.unreadableSegments).toEqual([1]);
    value(await restoreBackup(store, backup.bytes, COPY, 1));
    await expect(store.readSegment(COPY, 1)).rejects.toMatchObject({ name: 'StoreDamaged', seq: 1 });
    expect(await segmentsAfter(store, COPY, 1)).toHaveLength(1);
  });

  test('with any byte flipped or cut is refused in words or reads the same', async () => {
    const { store } = await filledStore();
    const { bytes } = (await writeBackup(store, P1))!;
    const whole = value(readBackup(bytes));
    for (let at = 0; at < bytes.length; at += 3) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (at % 8);
      const read = readBackup(flipped);
      if (read.ok) expect(read.value).toEqual(whole);
      else
        expect(['NotABackup', 'BackupDamaged', 'BackupTooLarge', 'NewerBackup']).toContain(read.error.type);
      expect(readBackup(bytes.subarray(0, at)).ok).toBe(false);
    }
  });

  test('is restored as a whole or not at all', async () => {
    const { store } = await filledStore();
    const { bytes } = (await writeBackup(store, P1))!;
    const flipped = bytes.slice();
    flipped[Math.floor(bytes.length / 2)]! ^= 1;
    const target = createMemoryStore();
    expect((await restoreBackup(target, flipped, COPY, 1)).ok).toBe(false);
    expect(await target.listProjects()).toEqual([]);
    expect(await target.listRuns(COPY, 1)).toEqual([]);
  });
});

describe('a hostile file', () => {
  const unpacked = async () => {
    const { store } = await filledStore();
    return unzipSync((await writeBackup(store, P1))!.bytes);
  };
  const manifestWith = (files: Record<string, Uint8Array>, change: (manifest: unknown) => unknown) => ({
    ...files,
    'manifest.json': strToU8(
      JSON.stringify(change(JSON.parse(new TextDecoder().decode(files['manifest.json'])))),
    ),
  });

  test('that is something else is said to be no backup', async () => {
    for (const bytes of [new Uint8Array(), strToU8('hello'), zipSync({ 'a.txt': strToU8('x') })]) {
      expect(error(readBackup(bytes)).type).toBe('NotABackup');
    }
    const files = await unpacked();
    const other = zipSync(manifestWith(files, () => ({ format: 'other' })));
    expect(error(readBackup(other)).type).toBe('NotABackup');
  });

  test('of a later version is said to be one', async () => {
    const later = zipSync(
      manifestWith(await unpacked(), (manifest) => ({ ...(manifest as object), version: 2 })),
    );
    expect(error(readBackup(later))).toEqual({ type: 'NewerBackup', found: 2, known: 1 });
  });

  test('that would unpack to more than allowed is refused before it is unpacked', async () => {
    const bomb = new Uint8Array(80_000_000);
    const entries = [{ name: 'packs/0', size: bomb.length, checksum: 0 }];
    const manifest = strToU8(JSON.stringify({ format: 'headwater-backup', version: 1, entries }));
    const bytes = zipSync({ 'manifest.json': manifest, 'packs/0': bomb }, { level: 9 });
    expect(bytes.length).toBeLessThan(200_000);
    expect(error(readBackup(bytes)).type).toBe('BackupTooLarge');
    const understated = strToU8(
      JSON.stringify({ format: 'headwater-backup', version: 1, entries: [{ ...entries[0], size: 5 }] }),
    );
    const lying = zipSync({ 'manifest.json': understated, 'packs/0': bomb }, { level: 9 });
    expect(error(readBackup(lying)).type).toBe('BackupDamaged');
  });

  test('with entries besides those of the manifest is read without them', async () => {
    const files = await unpacked();
    const bytes = zipSync({ ...files, '../../evil': new Uint8Array(9), __proto__x: new Uint8Array(1) });
    expect(readBackup(bytes).ok).toBe(true);
  });

  test('whose values compress well is restored all the same', async () => {
    const store = createMemoryStore();
    value(await store.createProject(projectRow(), '{}'));
    const pack = { id: 'pack-1', bytes: new Uint8Array(70_000_000) };
    value(await store.commit(runCommit({ packs: [pack] })));
    const { bytes } = (await writeBackup(store, P1))!;
    expect(value(readBackup(bytes)).packs[0]?.bytes.length).toBe(70_000_000);
    expect(value(readBackup(bytes)).runs[0]?.runId).toBe(R1);
  });
});
