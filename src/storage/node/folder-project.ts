// One project's folder: document.log, checkpoints/, files/, runs.log, packs/, lease.json, requests.json and
// index.bin. Holds in memory where everything is; the bytes stay on disk.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Lease, type LogRow, type ProjectRow, type RequestRow, StoreDamaged } from '#engine/ports.ts';
import type { RunRecord } from '#model/events.ts';
import type { ProjectId, RunId } from '#model/ids.ts';
import { checksum } from '../checksum.ts';
import { type FramedFile, openFramedFile } from './framed-file.ts';
import { DRAFT, idToName, namesIn, readWhole, writeWhole } from './whole-file.ts';

export type DocumentFrame =
  | { readonly kind: 'created'; readonly row: ProjectRow }
  | { readonly kind: 'changed'; readonly change: Partial<ProjectRow> }
  | { readonly kind: 'discarded'; readonly at: number }
  | { readonly kind: 'recovered' }
  | {
      readonly kind: 'appended';
      readonly seq: number;
      readonly entry: string;
      readonly change: Partial<ProjectRow>;
    };

/** What precedes the segment in a frame of runs.log, as JSON. */
interface RunFrame {
  readonly runId: RunId;
  readonly run: RunRecord;
  readonly packs: readonly PackEntry[];
}
export interface PackEntry {
  readonly id: string;
  readonly size: number;
  readonly checksum: number;
}

export interface FolderProject {
  readonly path: string;
  /** Undefined when only runs are kept here. */
  row: ProjectRow | undefined;
  /** When the project was put aside. */
  readonly discardedAt: number | undefined;
  readonly log: LogRow[];
  readonly runs: Map<RunId, RunRecord>;
  /** Of each whole segment, the run it belongs to. */
  readonly segmentRuns: Map<number, RunId>;
  lease: Lease | undefined;
  requests: RequestRow[];
  readonly lastSeq: number;
  readonly logDamage: StoreDamaged | undefined;
  writeDocument(frame: DocumentFrame): void;
  /** Answers with the segment's number: the next one, unless another is given. */
  writeRun(
    runId: RunId,
    run: RunRecord,
    packs: readonly PackEntry[],
    segment: Uint8Array,
    seq?: number,
  ): number;
  /** Undefined when it is damaged. */
  readSegment(seq: number): Uint8Array | undefined;
  pack(packId: string): PackEntry | undefined;
  close(): void;
}

export const pathIn = (project: FolderProject, folder: 'packs' | 'files' | 'checkpoints', id: string) =>
  join(project.path, folder, idToName(id));

export const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
/** JSON text as bytes. Lone surrogates, which no file can hold, become the escapes that JSON has for them. */
export const textBytes = (jsonText: string): Uint8Array =>
  new TextEncoder().encode(
    jsonText.replace(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`),
  );
export const bytesToJson = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

export function openFolderProject(projectId: ProjectId, path: string, flush: boolean): FolderProject {
  for (const folder of ['packs', 'files', 'checkpoints']) mkdirSync(join(path, folder), { recursive: true });
  const log: LogRow[] = [];
  const runs = new Map<RunId, RunRecord>();
  const segmentRuns = new Map<number, RunId>();
  const packs = new Map<string, PackEntry>();
  let row: ProjectRow | undefined;
  let discardedAt: number | undefined;

  const applyFrame = (frame: DocumentFrame) => {
    if (frame.kind === 'created') row = frame.row;
    else if (frame.kind === 'discarded') discardedAt = frame.at;
    else if (frame.kind === 'recovered') discardedAt = undefined;
    else if (row) row = { ...row, ...frame.change, projectId };
    if (frame.kind === 'appended') log.push({ seq: frame.seq, entry: frame.entry });
  };
  const applyRun = (seq: number, frame: RunFrame) => {
    segmentRuns.set(seq, frame.runId);
    runs.set(frame.runId, frame.run);
    for (const pack of frame.packs) packs.set(pack.id, pack);
  };
  const documentLog: FramedFile = openFramedFile(join(path, 'document.log'), flush, (_, payload) =>
    applyFrame(bytesToJson(payload) as DocumentFrame),
  );
  const runsLog: FramedFile = openFramedFile(join(path, 'runs.log'), flush, (seq, payload) =>
    applyRun(seq, splitRunFrame(payload).frame),
  );
  removeStrays(path, runsLog.isDamaged ? undefined : packs);

  const lease = readJson<Lease>(join(path, 'lease.json'));
  const requests = readJson<RequestRow[]>(join(path, 'requests.json')) ?? [];
  const hole = log.findIndex((entry, index) => entry.seq !== index + 1);
  const logDamage = documentLog.isDamaged
    ? new StoreDamaged(projectId, 'log', (hole < 0 ? log.length : hole) + 1, 'its checksum does not match')
    : undefined;

  return {
    path,
    log,
    runs,
    segmentRuns,
    logDamage,
    lease,
    requests,
    get row() {
      return row;
    },
    get discardedAt() {
      return discardedAt;
    },
    get lastSeq() {
      return runsLog.last;
    },
    writeDocument(frame) {
      documentLog.append(jsonBytes(frame));
      applyFrame(frame);
    },
    writeRun(runId, run, packEntries, segment, wantedSeq) {
      const frame: RunFrame = { runId, run, packs: packEntries };
      const seq = runsLog.append(joinRunFrame(frame, segment), wantedSeq);
      applyRun(seq, structuredClone(frame));
      return seq;
    },
    readSegment(seq) {
      const payload = runsLog.read(seq);
      return payload && splitRunFrame(payload).segment;
    },
    pack: (packId) => packs.get(packId),
    close() {
      documentLog.close();
      runsLog.close();
    },
  };
}

/** Four bytes of length, the JSON, the segment. */
function joinRunFrame(frame: RunFrame, segment: Uint8Array): Uint8Array {
  const json = jsonBytes(frame);
  const payload = new Uint8Array(4 + json.length + segment.length);
  new DataView(payload.buffer).setUint32(0, json.length, true);
  payload.set(json, 4);
  payload.set(segment, 4 + json.length);
  return payload;
}

function splitRunFrame(payload: Uint8Array): { frame: RunFrame; segment: Uint8Array } {
  const end = 4 + new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
  return { frame: bytesToJson(payload.subarray(4, end)) as RunFrame, segment: payload.subarray(end) };
}

/** Drafts, and packs of commits that were never finished, as far as the log can be trusted to name all. */
function removeStrays(path: string, named: ReadonlyMap<string, PackEntry> | undefined): void {
  const names = new Set([...(named?.keys() ?? [])].map(idToName));
  for (const folder of ['packs', 'files', 'checkpoints']) {
    for (const name of namesIn(join(path, folder))) {
      const isStray = folder === 'packs' && named && !names.has(name);
      if (isStray || name.endsWith(DRAFT)) rmSync(join(path, folder, name), { force: true });
    }
  }
}

function readJson<T>(path: string): T | undefined {
  const bytes = readWhole(path);
  return bytes && (bytesToJson(bytes) as T);
}

/** The derived index: its checksum, its number, its bytes. */
export function writeIndexFile(project: FolderProject, index: { seq: number; bytes: Uint8Array }): void {
  const file = new Uint8Array(12 + index.bytes.length);
  const header = new DataView(file.buffer);
  header.setFloat64(4, index.seq, true);
  file.set(index.bytes, 12);
  header.setUint32(0, checksum(file, 4), true);
  writeWhole(join(project.path, 'index.bin'), file);
}

export function readIndexFile(project: FolderProject): { seq: number; bytes: Uint8Array } | undefined {
  const file = readWhole(join(project.path, 'index.bin'));
  if (!file || file.length < 12) return undefined;
  const header = new DataView(file.buffer);
  if (header.getUint32(0, true) !== checksum(file, 4)) return undefined;
  return { seq: header.getFloat64(4, true), bytes: file.slice(12) };
}
