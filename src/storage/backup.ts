// A project as one file, to keep elsewhere: a zip of its document, log, data files, runs, events and values.
// The file may come from anyone, so reading trusts no size and no byte of it.

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { err, ok, type Result } from '#base/result.ts';
import type { StoreError } from '#engine/ports.ts';
import {
  type EventSegment,
  type ProjectContent,
  type ProjectRow,
  type Store,
  StoreDamaged,
} from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import { type BackupManifest, type BackupProject, maybeManifest, maybeProject } from './backup-format.ts';
import { checksum } from './checksum.ts';
import { decodeEvents, encodeEvents } from './segment-codec.ts';
import { deletedPack } from './store-rules.ts';

export interface Backup {
  readonly bytes: Uint8Array;
  /** Segments that could not be read: the restored project will report them as damaged. */
  readonly unreadableSegments: readonly number[];
  /** Packs that events name and the store no longer has, deleted ones included. */
  readonly missingPacks: readonly string[];
}

export type BackupError =
  | { readonly type: 'NotABackup'; readonly detail: string }
  | { readonly type: 'BackupDamaged'; readonly detail: string }
  | { readonly type: 'BackupTooLarge'; readonly detail: string }
  | { readonly type: 'NewerBackup'; readonly found: number; readonly known: number };

const VERSION = 1;
const MANIFEST = 'manifest.json';
const PROJECT = 'project.json';
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
const MAX_BYTES = 1024 * 1024 * 1024;
/** Unpacked sizes above this must not exceed the file's own by more than RATIO; the writer keeps to it. */
const FREE_BYTES = 64 * 1024 * 1024;
const RATIO = 100;

/** Undefined when there is no such project. Waits for no running run; takes what is committed so far. */
export async function writeBackup(store: Store, projectId: ProjectId): Promise<Backup | undefined> {
  const project = await store.readProject(projectId);
  if (!project) return undefined;
  const entries = new Map<string, Uint8Array>();
  const unreadableSegments: number[] = [];
  const packIds = new Set<string>();
  const segments: { seq: number; runId: string; entry: string }[] = [];
  const keep = (segment: EventSegment) => {
    const entry = `segments/${segments.length}`;
    entries.set(entry, encodeEvents(segment.events));
    segments.push({ seq: segment.seq, runId: segment.runId, entry });
    for (const { value } of segment.events) if (value) packIds.add(value.pack);
  };
  // A commit between reading the events and the runs would tear them apart: read until nothing is new.
  let last = 0;
  let runs: BackupProject['runs'];
  for (let before = -1; ; ) {
    last = await readOn(store, projectId, last, keep, unreadableSegments);
    if (last === before) break;
    before = last;
    runs = await store.listRuns(projectId, Number.POSITIVE_INFINITY);
  }

  const missingPacks: string[] = [];
  const packs: { id: string; entry: string }[] = [];
  const deleted = await store.listDeletedPacks(projectId);
  for (const id of packIds) {
    const bytes =
      (await store.readPack(projectId, id)) ?? (deleted.has(id) ? deletedPack(id).bytes : undefined);
    const entry = `packs/${packs.length}`;
    if (!bytes) missingPacks.push(id);
    else {
      entries.set(entry, bytes);
      packs.push({ id, entry });
    }
  }
  const files: { sha256: string; entry: string }[] = [];
  for (const sha256 of await store.listFiles(projectId)) {
    const entry = `files/${files.length}`;
    const bytes = await store.getFile(projectId, sha256);
    if (!bytes) continue;
    entries.set(entry, bytes);
    files.push({ sha256, entry });
  }
  const { row, checkpoint, log } = project;
  entries.set(
    PROJECT,
    strToU8(JSON.stringify({ row, checkpoint, log, runs: runs!, segments, packs, files })),
  );
  return { bytes: zip(entries), unreadableSegments, missingPacks };
}

/** Reads the segments behind `after`, notes the unreadable ones, and answers with the last number met. */
async function readOn(
  store: Store,
  projectId: ProjectId,
  after: number,
  keep: (segment: EventSegment) => void,
  unreadable: number[],
): Promise<number> {
  for (let last = after; ; ) {
    try {
      for await (const segment of store.readSegments(projectId, last)) {
        keep(segment);
        last = segment.seq;
      }
      return last;
    } catch (thrown) {
      if (!(thrown instanceof StoreDamaged)) throw thrown;
      unreadable.push(thrown.seq);
      last = thrown.seq;
    }
  }
}

function zip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const manifest: BackupManifest = {
    format: 'headwater-backup',
    version: VERSION,
    entries: [...entries].map(([name, bytes]) => ({ name, size: bytes.length, checksum: checksum(bytes) })),
  };
  const contents = { [MANIFEST]: strToU8(JSON.stringify(manifest)), ...Object.fromEntries(entries) };
  const total = [...entries.values()].reduce((sum, { length }) => sum + length, 0);
  const packed = zipSync(contents, { level: 1 });
  return total <= largestTotal(packed.length) ? packed : zipSync(contents, { level: 0 });
}

const largestTotal = (zipBytes: number): number => Math.max(FREE_BYTES, zipBytes * RATIO);

/** Checks everything before it answers. `maxBytes` bounds what is unpacked. */
export function readBackup(bytes: Uint8Array, maxBytes = MAX_BYTES): Result<ProjectContent, BackupError> {
  try {
    return ok(unpack(bytes, Math.min(maxBytes, largestTotal(bytes.length))));
  } catch (thrown) {
    if (thrown instanceof Refusal) return err(thrown.error);
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return err({ type: 'BackupDamaged', detail: `The file cannot be unpacked: ${detail}` });
  }
}

/** A new project from a backup, or nothing. Assets, runs and values keep their ids. */
export async function restoreBackup(
  store: Store,
  bytes: Uint8Array,
  newProjectId: ProjectId,
  now: number,
): Promise<Result<ProjectRow, BackupError | StoreError>> {
  const content = readBackup(bytes);
  if (!content.ok) return content;
  const row = { ...content.value.row, projectId: newProjectId, openedAt: now };
  const restored = await store.restoreProject({ ...content.value, row });
  return restored.ok ? ok(row) : restored;
}

/** Ends the unpacking with an expected failure; it does not leave this file. */
class Refusal extends Error {
  readonly error: BackupError;

  constructor(error: BackupError) {
    super(error.type);
    this.error = error;
  }
}
const refuse = (type: 'NotABackup' | 'BackupDamaged' | 'BackupTooLarge', detail: string) =>
  new Refusal({ type, detail });

function unpack(bytes: Uint8Array, maxBytes: number): ProjectContent {
  const manifest = readManifest(bytes);
  const declared = new Map(manifest.entries.map((entry) => [entry.name, entry]));
  const total = manifest.entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes)
    throw refuse('BackupTooLarge', `It unpacks to ${total} bytes; ${maxBytes} are allowed.`);
  // Each entry is unpacked into as many bytes as its header declares, never more: hence the comparison.
  const contents = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      const entry = declared.get(name);
      if (entry && entry.size !== originalSize) throw refuse('BackupDamaged', `${name} is of another size.`);
      return entry !== undefined;
    },
  });
  const take = (name: string): Uint8Array => {
    const entry = declared.get(name);
    const content = Object.hasOwn(contents, name) ? contents[name] : undefined;
    if (!entry || !content) throw refuse('BackupDamaged', `${name} is missing.`);
    if (content.length !== entry.size || checksum(content) !== entry.checksum) {
      throw refuse('BackupDamaged', `${name} is not what was written.`);
    }
    return content;
  };

  const project = maybeProject(parseJson(take(PROJECT), PROJECT));
  if (!project) throw refuse('BackupDamaged', `${PROJECT} does not describe a project.`);
  const segments = project.segments.map(({ seq, runId, entry }) => {
    const decoded = decodeEvents(take(entry));
    const belongs = decoded.ok && decoded.value.every((event) => event?.runId === runId);
    if (!decoded.ok || !belongs) throw refuse('BackupDamaged', `${entry} holds no events of its run.`);
    return { seq, runId, events: decoded.value };
  });
  return {
    row: project.row,
    checkpoint: project.checkpoint,
    log: project.log,
    runs: project.runs,
    segments,
    packs: project.packs.map(({ id, entry }) => ({ id, bytes: take(entry) })),
    files: project.files.map(({ sha256, entry }) => ({ sha256, bytes: take(entry) })),
  };
}

function readManifest(bytes: Uint8Array): BackupManifest {
  let found: Uint8Array | undefined;
  try {
    found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === MANIFEST && originalSize <= MAX_MANIFEST_BYTES,
    })[MANIFEST];
  } catch {
    throw refuse('NotABackup', 'The file is no zip file, or only a part of one.');
  }
  if (!found) throw refuse('NotABackup', `There is no ${MANIFEST} in the file.`);
  const manifest = maybeManifest(parseJson(found, MANIFEST));
  if (!manifest) throw refuse('NotABackup', `The ${MANIFEST} in the file is not that of a backup.`);
  if (manifest.version > VERSION) {
    throw new Refusal({ type: 'NewerBackup', found: manifest.version, known: VERSION });
  }
  return manifest;
}

function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    throw refuse('BackupDamaged', `${name} is no JSON.`);
  }
}
