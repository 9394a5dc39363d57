// The command line's store: a folder of files, one process at a time. It works synchronously, so that each write
// is one step for everyone who shares the folder within the process.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Err, err, ok, type Result } from '#base/result.ts';
import type { EventSegment, Store, StoreError, ValuePack } from '#engine/ports.ts';
import { isTerminal, type RunEvent, type RunRecord } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import { checksum } from '../checksum.ts';
import {
  highestFencing,
  newestRunFirst,
  packEvents,
  refusedByEpoch,
  refusedByFence,
  SCHEMA_EPOCH,
  storeFailed,
  unpackEvents,
} from '../store-rules.ts';
import { type Attempt, type Folder, type FolderError, openFolder } from './folder.ts';
import { createFolderDocuments } from './folder-documents.ts';
import {
  type FolderProject,
  jsonBytes,
  pathIn,
  readIndexFile,
  textBytes,
  writeIndexFile,
} from './folder-project.ts';
import { namesIn, nameToId, readWhole, thrownToStoreError, writeWhole } from './whole-file.ts';

/** Opens `path`, which is created when missing, for this process alone. Closing the store frees it. */
export async function openFolderStore(
  path: string,
  options: { readonly flush?: boolean; readonly schemaEpoch?: number } = {},
): Promise<Result<Store, FolderError>> {
  const folder = openFolder(path, options);
  if (!folder.ok) return folder;
  const known = options.schemaEpoch ?? SCHEMA_EPOCH;
  const found = folder.value.epoch;
  if (found > known) {
    folder.value.close();
    return err({ type: 'NewerSchema', found, known });
  }
  try {
    const store = createFolderStore(folder.value, known);
    const close = () => {
      store.close();
      folder.value.close();
    };
    return ok({ ...store, close });
  } catch (thrown) {
    folder.value.close();
    return err({ type: 'OpenFailed', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

/** One handle of several on `folder`, which stays open when the handle is closed. Throws in a read-only folder. */
export function createFolderStore(folder: Folder, schemaEpoch: number = SCHEMA_EPOCH): Store {
  folder.raiseEpoch(schemaEpoch);
  let closed = false;
  const attempt: Attempt = async (work) => {
    if (closed) return storeFailed('The store is closed.');
    const refusal = refusedByEpoch(folder.epoch, schemaEpoch);
    if (refusal) return refusal;
    try {
      return work();
    } catch (thrown) {
      return err(thrownToStoreError(thrown));
    }
  };
  const fenced = (projectId: ProjectId, fencing: number): Err<StoreError> | undefined => {
    folder.project(projectId);
    return refusedByFence(folder.fencings.get(projectId), fencing);
  };
  const segment = (projectId: ProjectId, project: FolderProject, seq: number): EventSegment => {
    const events = unpackEvents(projectId, seq, project.readSegment(seq));
    return { seq, runId: project.segmentRuns.get(seq)!, events };
  };
  const runsOf = (projectId: ProjectId) =>
    structuredClone([...(folder.project(projectId)?.runs.values() ?? [])].sort(newestRunFirst));

  return {
    ...createFolderDocuments(folder, attempt),

    commit: ({ projectId, runId, fencing, packs, events, run }) =>
      attempt(() => {
        const packed = packEvents(events);
        if (!packed.ok) return packed;
        const refusal = fenced(projectId, fencing);
        if (refusal) return refusal;
        const project = folder.projectOrNew(projectId);
        for (const pack of packs) writeWhole(pathIn(project, 'packs', pack.id), pack.bytes);
        return ok(project.writeRun(runId, run, packs.map(packToEntry), packed.value));
      }),

    async *readSegments(projectId, after) {
      for (let seq = after + 1; ; seq += 1) {
        const project = folder.project(projectId);
        if (!project || seq > project.lastSeq) return;
        yield segment(projectId, project, seq);
      }
    },

    async readSegment(projectId, seq) {
      const project = folder.project(projectId);
      return project && seq >= 1 && seq <= project.lastSeq ? segment(projectId, project, seq) : undefined;
    },

    async readRunEvents(projectId, runId) {
      const project = folder.project(projectId);
      if (!project) return [];
      const seqs = [...project.segmentRuns].filter(([, owner]) => owner === runId);
      return seqs.flatMap(([seq]) => segment(projectId, project, seq).events);
    },

    listRuns: async (projectId, limit) => runsOf(projectId).slice(0, limit),
    readRun: async (projectId, runId) => structuredClone(folder.project(projectId)?.runs.get(runId)),
    unfinishedRuns: async (projectId) => runsOf(projectId).filter((run) => !isTerminal(run.status)),

    async readPack(projectId, packId) {
      const project = folder.project(projectId);
      const entry = project?.pack(packId);
      const bytes = project && entry && readWhole(pathIn(project, 'packs', packId));
      return bytes?.length === entry?.size && bytes && checksum(bytes) === entry?.checksum
        ? bytes
        : undefined;
    },

    deletePacks: (projectId, fencing, packIds) =>
      attempt(() => {
        const refusal = fenced(projectId, fencing);
        if (refusal) return refusal;
        const project = folder.project(projectId);
        // What is left is an empty file, which says that the bytes were given up on purpose.
        if (project)
          for (const id of packIds)
            if (project.pack(id)) writeWhole(pathIn(project, 'packs', id), new Uint8Array(0));
        return ok(undefined);
      }),

    async listDeletedPacks(projectId) {
      const project = folder.project(projectId);
      if (!project) return new Set();
      const isDeleted = (id: string) =>
        (project.pack(id)?.size ?? 0) > 0 && statSync(pathIn(project, 'packs', id)).size === 0;
      return new Set(namesIn(join(project.path, 'packs')).map(nameToId).filter(isDeleted));
    },

    async readIndex(projectId) {
      const project = folder.project(projectId);
      return project && readIndexFile(project);
    },

    writeIndex: (projectId, fencing, index) =>
      attempt(() => {
        const refusal = fenced(projectId, fencing);
        if (refusal) return refusal;
        writeIndexFile(folder.projectOrNew(projectId), index);
        return ok(undefined);
      }),

    restoreProject: ({ row, checkpoint, log, files, segments, runs, packs }) =>
      attempt(() => {
        const { projectId } = row;
        if (folder.project(projectId)) return storeFailed('A project of this id exists already.');
        const entries = packs.map(restoredEntry);
        const fencing = highestFencing(runs, folder.fencings.get(projectId));
        folder.build(projectId, (project) => {
          for (const { sha256, bytes } of files) writeWhole(pathIn(project, 'files', sha256), bytes);
          for (const pack of packs) writeWhole(pathIn(project, 'packs', pack.id), pack.bytes);
          const { seq, documentText } = checkpoint;
          writeWhole(pathIn(project, 'checkpoints', `${seq}`), textBytes(documentText));
          project.writeDocument({ kind: 'created', row });
          for (const entry of log) project.writeDocument({ kind: 'appended', ...entry, change: {} });
          const missing = new Map(runs.map((run) => [run.runId, run]));
          const write = (run: RunRecord | undefined, events: readonly RunEvent[], seq?: number) => {
            const packed = packEvents(events);
            if (!packed.ok || !run) throw new Error('The history names a run that is not in it');
            project.writeRun(run.runId, run, project.lastSeq === 0 ? entries : [], packed.value, seq);
            missing.delete(run.runId);
          };
          const runsById = new Map(missing);
          for (const { seq, runId, events } of segments) write(runsById.get(runId), events, seq);
          // A run whose segments were all damaged still has its row.
          for (const run of missing.values()) write(run, []);
          const lease = { projectId, tabId: '', fencing, heartbeatAt: 0 };
          if (fencing !== undefined) writeWhole(join(project.path, 'lease.json'), jsonBytes(lease));
        });
        return ok(undefined);
      }),

    close() {
      closed = true;
    },
  };
}

const packToEntry = ({ id, bytes }: ValuePack) => ({ id, size: bytes.length, checksum: checksum(bytes) });

// An empty file of which more is expected says that its bytes were given up on purpose.
const restoredEntry = (pack: ValuePack) => ({ ...packToEntry(pack), size: Math.max(1, pack.bytes.length) });
