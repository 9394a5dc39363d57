// A store that forgets: for tests, and for browsers that refuse to store anything.

import { type Err, err, ok } from '#base/result.ts';
import type {
  EventSegment,
  Lease,
  LogRow,
  ProjectRow,
  RequestRow,
  Store,
  StoreError,
} from '#engine/ports.ts';
import { isTerminal, type RunRecord } from '#model/events.ts';
import type { ProjectId, RunId } from '#model/ids.ts';
import { joinPieces } from './pieces.ts';
import {
  highestFencing,
  isDeletedPack,
  newestRunFirst,
  noSuchProject,
  ownBytes,
  packEvents,
  refusedByEpoch,
  refusedByFence,
  SCHEMA_EPOCH,
  storeFailed,
  unpackEvents,
} from './store-rules.ts';

/** What the handles of one memory store share, as tabs share a disk. */
export interface MemoryBacking {
  epoch: number;
  lastRequestId: number;
  readonly projects: Map<ProjectId, MemoryProject>;
}

export interface MemoryProject {
  document:
    | { row: ProjectRow; checkpoint: { seq: number; documentText: string }; readonly log: LogRow[] }
    | undefined;
  /** When the project was put aside. */
  discardedAt: number | undefined;
  lastSeq: number;
  /** Stays when the project is deleted, so that its last leader is fenced off. */
  fencing: number | undefined;
  lease: Lease | undefined;
  index: { readonly seq: number; readonly bytes: Uint8Array } | undefined;
  requests: RequestRow[];
  readonly files: Map<string, Uint8Array>;
  readonly segments: Map<number, { readonly runId: RunId; readonly bytes: Uint8Array }>;
  readonly runs: Map<RunId, RunRecord>;
  readonly packs: Map<string, Uint8Array>;
  readonly deletedPacks: Set<string>;
}

export const createMemoryBacking = (): MemoryBacking => ({
  epoch: 0,
  lastRequestId: 0,
  projects: new Map(),
});

const emptyProject = (fencing?: number): MemoryProject => ({
  document: undefined,
  discardedAt: undefined,
  lastSeq: 0,
  fencing,
  lease: undefined,
  index: undefined,
  requests: [],
  files: new Map(),
  segments: new Map(),
  runs: new Map(),
  packs: new Map(),
  deletedPacks: new Set(),
});

/** A handle on `backing`. Each write happens within one turn, so handles never see half of one. */
export function createMemoryStore(
  backing: MemoryBacking = createMemoryBacking(),
  schemaEpoch: number = SCHEMA_EPOCH,
): Store {
  backing.epoch = Math.max(backing.epoch, schemaEpoch);
  let closed = false;

  const refused = (): Err<StoreError> | undefined =>
    closed ? storeFailed('The store is closed.') : refusedByEpoch(backing.epoch, schemaEpoch);
  const peek = (projectId: ProjectId) => backing.projects.get(projectId);
  const documentOf = (projectId: ProjectId) => {
    const found = peek(projectId);
    return found?.discardedAt === undefined ? found?.document : undefined;
  };
  const project = (projectId: ProjectId): MemoryProject => {
    const found = backing.projects.get(projectId) ?? emptyProject();
    backing.projects.set(projectId, found);
    return found;
  };
  const fenced = (projectId: ProjectId, fencing: number) =>
    refused() ?? refusedByFence(peek(projectId)?.fencing, fencing);
  const runsOf = (projectId: ProjectId) =>
    structuredClone([...(peek(projectId)?.runs.values() ?? [])].sort(newestRunFirst));

  const segment = (projectId: ProjectId, seq: number): EventSegment => {
    const stored = peek(projectId)!.segments.get(seq);
    const events = unpackEvents(projectId, seq, stored?.bytes);
    return { seq, runId: stored!.runId, events };
  };

  return {
    async commit({ projectId, runId, fencing, packs, events, run }) {
      const refusal = fenced(projectId, fencing);
      if (refusal) return refusal;
      const packed = packEvents(events);
      if (!packed.ok) return packed;
      const target = project(projectId);
      for (const pack of packs) target.packs.set(pack.id, ownBytes(pack.bytes));
      target.lastSeq += 1;
      target.segments.set(target.lastSeq, { runId, bytes: packed.value });
      target.runs.set(runId, structuredClone(run));
      return ok(target.lastSeq);
    },

    async *readSegments(projectId, after) {
      for (let seq = after + 1; seq <= (peek(projectId)?.lastSeq ?? 0); seq += 1) {
        yield segment(projectId, seq);
      }
    },

    async readSegment(projectId, seq) {
      const last = peek(projectId)?.lastSeq ?? 0;
      return seq >= 1 && seq <= last ? segment(projectId, seq) : undefined;
    },

    async readRunEvents(projectId, runId) {
      const seqs = [...(peek(projectId)?.segments ?? [])].filter(([, stored]) => stored.runId === runId);
      return seqs.flatMap(([seq]) => segment(projectId, seq).events);
    },

    listRuns: async (projectId, limit) => runsOf(projectId).slice(0, limit),
    readRun: async (projectId, runId) => structuredClone(peek(projectId)?.runs.get(runId)),
    unfinishedRuns: async (projectId) => runsOf(projectId).filter((run) => !isTerminal(run.status)),

    async readPack(projectId, packId) {
      const bytes = peek(projectId)?.packs.get(packId);
      return bytes && ownBytes(bytes);
    },

    async deletePacks(projectId, fencing, packIds) {
      const refusal = fenced(projectId, fencing);
      if (refusal) return refusal;
      const target = peek(projectId);
      for (const packId of packIds) if (target?.packs.delete(packId)) target.deletedPacks.add(packId);
      return ok(undefined);
    },

    listDeletedPacks: async (projectId) => new Set(peek(projectId)?.deletedPacks),

    async readIndex(projectId) {
      const index = peek(projectId)?.index;
      return index && { seq: index.seq, bytes: ownBytes(index.bytes) };
    },

    async writeIndex(projectId, fencing, index) {
      const refusal = fenced(projectId, fencing);
      if (refusal) return refusal;
      project(projectId).index = { seq: index.seq, bytes: ownBytes(index.bytes) };
      return ok(undefined);
    },

    listProjects: async () =>
      [...backing.projects.keys()].flatMap((projectId) => documentOf(projectId)?.row ?? []),

    async createProject(row, documentText) {
      const refusal = refused();
      if (refusal) return refusal;
      if (peek(row.projectId)?.document) return storeFailed('A project of this id exists already.');
      project(row.projectId).document = { row: { ...row }, checkpoint: { seq: 0, documentText }, log: [] };
      return ok(undefined);
    },

    async updateProject(projectId, change) {
      const document = documentOf(projectId);
      const refusal = refused() ?? (document ? undefined : noSuchProject);
      if (refusal) return refusal;
      document!.row = { ...document!.row, ...change, projectId };
      return ok(undefined);
    },

    async discardProject(projectId, now) {
      const refusal = refused() ?? (documentOf(projectId) ? undefined : noSuchProject);
      if (refusal) return refusal;
      const target = project(projectId);
      target.discardedAt = now;
      target.lease = undefined;
      target.requests = [];
      if (target.fencing !== undefined) target.fencing += 1;
      return ok(undefined);
    },

    async recoverProject(projectId) {
      const refusal = refused() ?? (peek(projectId)?.document ? undefined : noSuchProject);
      if (refusal) return refusal;
      project(projectId).discardedAt = undefined;
      return ok(undefined);
    },

    listDiscarded: async () =>
      [...backing.projects.values()].flatMap(({ document, discardedAt }) =>
        document && discardedAt !== undefined ? [{ row: document.row, discardedAt }] : [],
      ),

    async deleteProject(projectId) {
      const refusal = refused();
      if (refusal) return refusal;
      const fencing = peek(projectId)?.fencing;
      if (fencing === undefined) backing.projects.delete(projectId);
      else backing.projects.set(projectId, emptyProject(fencing + 1));
      return ok(undefined);
    },

    async readProject(projectId) {
      const document = documentOf(projectId);
      return document && { ...document, log: [...document.log] };
    },

    readLog: async (projectId, after) => documentOf(projectId)?.log.slice(Math.max(0, after)) ?? [],

    async append(projectId, expectedSeq, entry, change) {
      const document = documentOf(projectId);
      const refusal = refused() ?? (document ? undefined : noSuchProject);
      if (refusal) return refusal;
      const { log } = document!;
      if (expectedSeq > log.length) return storeFailed(`The log ends at ${log.length}, not ${expectedSeq}.`);
      if (expectedSeq < log.length) return err({ type: 'Behind', missed: log.slice(expectedSeq) });
      log.push({ seq: expectedSeq + 1, entry });
      document!.row = { ...document!.row, ...change, projectId };
      return ok(expectedSeq + 1);
    },

    async writeCheckpoint(projectId, seq, documentText) {
      const document = documentOf(projectId);
      const refusal = refused() ?? (document ? undefined : noSuchProject);
      if (refusal) return refusal;
      if (seq > document!.log.length) return storeFailed(`The log ends before entry ${seq}.`);
      if (seq >= document!.checkpoint.seq) document!.checkpoint = { seq, documentText };
      return ok(undefined);
    },

    async putFile(projectId, sha256, bytes) {
      const refusal = refused() ?? (documentOf(projectId) ? undefined : noSuchProject);
      if (refusal) return refusal;
      project(projectId).files.set(sha256, ownBytes(bytes));
      return ok(undefined);
    },

    async putFileInPieces(projectId, pieces, sha256) {
      const bytes = await joinPieces(pieces);
      const refusal = refused() ?? (documentOf(projectId) ? undefined : noSuchProject);
      if (refusal) return refusal;
      project(projectId).files.set(sha256(), bytes);
      return ok(undefined);
    },

    async getFile(projectId, sha256) {
      const bytes = peek(projectId)?.files.get(sha256);
      return bytes && ownBytes(bytes);
    },

    listFiles: async (projectId) => [...(peek(projectId)?.files.keys() ?? [])].sort(),

    async take(projectId, tabId, now) {
      const refusal = refused() ?? (peek(projectId)?.discardedAt === undefined ? undefined : noSuchProject);
      if (refusal) return refusal;
      const target = project(projectId);
      target.fencing = (target.fencing ?? 0) + 1;
      target.lease = { projectId, tabId, fencing: target.fencing, heartbeatAt: now };
      return ok(target.lease);
    },

    async heartbeat(lease, now) {
      const target = peek(lease.projectId);
      if (refused() || target?.lease?.fencing !== lease.fencing) return false;
      target.lease = { ...target.lease, heartbeatAt: now };
      return true;
    },

    read: async (projectId) => peek(projectId)?.lease,

    async addRequest(projectId, text) {
      const refusal = refused();
      if (refusal) return refusal;
      backing.lastRequestId += 1;
      project(projectId).requests.push({ id: backing.lastRequestId, text });
      return ok(backing.lastRequestId);
    },

    async takeRequests(projectId, fencing) {
      const refusal = refused() ?? refusedByFence(peek(projectId)?.lease?.fencing ?? 0, fencing);
      if (refusal) return refusal;
      const target = project(projectId);
      const taken = target.requests;
      target.requests = [];
      return ok(taken);
    },

    async restoreProject(content) {
      const refusal = refused();
      if (refusal) return refusal;
      const { projectId } = content.row;
      if (peek(projectId)?.document) return storeFailed('A project of this id exists already.');
      const restored = emptyProject(highestFencing(content.runs, peek(projectId)?.fencing));
      restored.document = {
        row: { ...content.row },
        checkpoint: { ...content.checkpoint },
        log: [...content.log],
      };
      for (const { seq, runId, events } of content.segments) {
        const packed = packEvents(events);
        if (!packed.ok) return packed;
        restored.segments.set(seq, { runId, bytes: packed.value });
        restored.lastSeq = Math.max(restored.lastSeq, seq);
      }
      for (const run of content.runs) restored.runs.set(run.runId, structuredClone(run));
      for (const pack of content.packs)
        if (isDeletedPack(pack)) restored.deletedPacks.add(pack.id);
        else restored.packs.set(pack.id, ownBytes(pack.bytes));
      for (const file of content.files) restored.files.set(file.sha256, ownBytes(file.bytes));
      backing.projects.set(projectId, restored);
      return ok(undefined);
    },

    close() {
      closed = true;
    },
  };
}
