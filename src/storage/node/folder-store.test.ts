import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#engine/ports.ts';
import { materialization, P1, projectRow, runCommit, TAB_A, TAB_B, valuePack } from '../store-builders.ts';
import { describeStore } from '../store-contract.ts';
import { openFolder } from './folder.ts';
import { createFolderStore, openFolderStore } from './folder-store.ts';

const runsLog = (dir: string) => join(dir, 'projects', P1, 'runs.log');

/** Offsets of the frames in a framed file. */
function frameOffsets(path: string): number[] {
  const bytes = readFileSync(path);
  const offsets: number[] = [];
  for (let at = 0; at < bytes.length; at += 20 + bytes.readUInt32LE(at + 8)) offsets.push(at);
  return offsets;
}

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}

describeStore('the folder store', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-'));
  const folder = openFolder(dir);
  if (!folder.ok) throw new Error(folder.error.type);
  return {
    open: async (schemaEpoch) => createFolderStore(folder.value, schemaEpoch),
    async damageSegment(_, seq) {
      flipByte(runsLog(dir), frameOffsets(runsLog(dir))[seq - 1]! + 25);
    },
    async losePack(projectId, packId) {
      rmSync(join(dir, 'projects', projectId, 'packs', packId));
    },
    async dispose() {
      folder.value.close();
      rmSync(dir, { recursive: true });
    },
  };
});

describe('a folder over time', () => {
  let dir: string;
  let store: Store;
  const reopen = async (schemaEpoch = 1) => {
    store?.close();
    const opened = await openFolderStore(dir, { schemaEpoch });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    store = opened.value;
  };
  const readable = async (after = 0) => {
    const seqs: number[] = [];
    for await (const { seq } of store.readSegments(P1, after)) seqs.push(seq);
    return seqs;
  };
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'headwater-'));
    await reopen();
  });
  afterEach(() => {
    store.close();
    rmSync(dir, { recursive: true });
  });

  test('everything is still there when the next process opens it', async () => {
    await store.createProject(projectRow(), '{"ä":1}');
    await store.append(P1, 0, '"one"', { name: 'Sales' });
    await store.writeCheckpoint(P1, 1, 'at 1');
    await store.putFile(P1, 'aa', new Uint8Array([1]));
    await store.take(P1, TAB_A, 5);
    await store.addRequest(P1, 'launch');
    await store.writeIndex(P1, 1, { seq: 1, bytes: new Uint8Array([7]) });
    await store.commit(runCommit({ fencing: 1, packs: [valuePack('pack-1')] }));
    const before = await store.readProject(P1);
    await reopen();
    expect(await store.readProject(P1)).toEqual(before);
    expect(await store.listProjects()).toEqual([{ ...projectRow(), name: 'Sales' }]);
    expect(await store.getFile(P1, 'aa')).toEqual(new Uint8Array([1]));
    expect(await store.readIndex(P1)).toEqual({ seq: 1, bytes: new Uint8Array([7]) });
    expect(await store.readPack(P1, 'pack-1')).toEqual(valuePack('pack-1').bytes);
    expect((await store.readSegment(P1, 1))?.events).toStrictEqual([materialization()]);
    expect(await store.listRuns(P1, 9)).toHaveLength(1);
    expect(await store.take(P1, TAB_B, 6)).toMatchObject({ value: { fencing: 2 } });
    expect(await store.takeRequests(P1, 2)).toMatchObject({ value: [{ text: 'launch' }] });
    await reopen(2);
    store.close();
    const older = await openFolderStore(dir, { schemaEpoch: 0 });
    expect(older).toMatchObject({ error: { type: 'NewerSchema', known: 0 } });
  });

  test('a commit cut off at any byte leaves the commits before it, and the next one follows them', async () => {
    await store.commit(runCommit());
    await store.commit(runCommit());
    const whole = readFileSync(runsLog(dir));
    const second = frameOffsets(runsLog(dir))[1]!;
    for (let cut = second; cut < whole.length; cut += 7) {
      store.close();
      writeFileSync(runsLog(dir), whole);
      truncateSync(runsLog(dir), cut);
      await reopen();
      expect(await readable()).toEqual([1]);
      expect(await store.commit(runCommit())).toEqual({ ok: true, value: 2 });
      expect(await readable()).toEqual([1, 2]);
    }
  });

  test('a flipped byte in any frame is damage that keeps its number, also after reopening', async () => {
    for (let index = 0; index < 3; index += 1) await store.commit(runCommit());
    const whole = readFileSync(runsLog(dir));
    const offsets = frameOffsets(runsLog(dir));
    for (const [index, offset] of offsets.entries()) {
      for (const inside of [0, 5, 9, 13, 17, 30, 200]) {
        store.close();
        writeFileSync(runsLog(dir), whole);
        flipByte(runsLog(dir), offset + inside);
        await reopen();
        const seq = index + 1;
        await expect(store.readSegment(P1, seq)).rejects.toMatchObject({ name: 'StoreDamaged', seq });
        expect(await readable(seq)).toEqual([1, 2, 3].slice(seq));
        expect(await store.commit(runCommit())).toEqual({ ok: true, value: 4 });
      }
    }
  });

  test('packs of a commit that was never finished are removed', async () => {
    await store.commit(runCommit({ packs: [valuePack('kept')] }));
    const packs = join(dir, 'projects', P1, 'packs');
    writeFileSync(join(packs, 'stray'), 'x');
    writeFileSync(join(packs, 'kept.tmp'), 'x');
    await reopen();
    expect(await store.readPack(P1, 'kept')).toBeDefined();
    expect(() => readFileSync(join(packs, 'stray'))).toThrow();
    expect(() => readFileSync(join(packs, 'kept.tmp'))).toThrow();
  });

  test('an altered pack is a lost value', async () => {
    await store.commit(runCommit({ packs: [valuePack('pack-1', 100)] }));
    flipByte(join(dir, 'projects', P1, 'packs', 'pack-1'), 50);
    expect(await store.readPack(P1, 'pack-1')).toBeUndefined();
  });

  test('a damaged command log is noticed, never written to, and still readable in part', async () => {
    await store.createProject(projectRow(), '{}');
    for (let seq = 0; seq < 3; seq += 1) await store.append(P1, seq, `${seq}`, {});
    store.close();
    const log = join(dir, 'projects', P1, 'document.log');
    flipByte(log, frameOffsets(log)[2]! + 25);
    await reopen();
    await expect(store.readProject(P1)).rejects.toMatchObject({ part: 'log', seq: 2 });
    expect(await store.append(P1, 3, '4', {})).toMatchObject({ error: { type: 'StoreFailed' } });
    expect((await store.readLog(P1, 0)).map(({ seq }) => seq)).toEqual([1, 3]);
  });

  test('ids that are no file names are kept apart', async () => {
    const packs = ['..', '.', 'a/b', 'a:b', 'x.tmp', 'ü*'].map((id, index) => valuePack(id, index + 1));
    await store.commit(runCommit({ packs }));
    await reopen();
    for (const pack of packs) expect(await store.readPack(P1, pack.id)).toEqual(pack.bytes);
  });

  test('a second opening is refused while the folder is in use, and a dead process is not waited for', async () => {
    expect(await openFolderStore(dir)).toMatchObject({ error: { type: 'FolderBusy', pid: process.pid } });
    store.close();
    const { pid } = spawnSync('true');
    for (const stale of [`${pid} dead`, `${process.pid} earlier`, 'garbage']) {
      writeFileSync(join(dir, 'lock'), stale);
      await reopen();
    }
    const init = join(dir, 'other');
    const opened = await openFolderStore(init);
    if (opened.ok) opened.value.close();
    writeFileSync(join(init, 'lock'), `${process.ppid} alive`);
    expect(await openFolderStore(init)).toMatchObject({ error: { type: 'FolderBusy', pid: process.ppid } });
  });

  test('a folder that cannot be made is an error in words', async () => {
    appendFileSync(join(dir, 'file'), 'x');
    expect(await openFolderStore(join(dir, 'file', 'x'))).toMatchObject({ error: { type: 'OpenFailed' } });
  });
});
