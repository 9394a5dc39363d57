// The DocumentStore, LeaseStore and RequestStore parts of the folder store.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok } from '#base/result.ts';
import {
  type DocumentStore,
  type Lease,
  type LeaseStore,
  type RequestRow,
  type RequestStore,
  StoreDamaged,
} from '#engine/ports.ts';
import { asTabId, type ProjectId } from '#model/ids.ts';
import { joinPieces } from '../pieces.ts';
import { noSuchProject, refusedByFence, storeFailed } from '../store-rules.ts';
import type { Attempt, Folder } from './folder.ts';
import { type FolderProject, jsonBytes, pathIn, textBytes } from './folder-project.ts';
import { DRAFT, namesIn, nameToId, readWhole, writeWhole } from './whole-file.ts';

/** Older checkpoints are kept as a second copy, up to this many in all. */
const CHECKPOINTS_KEPT = 2;

export function createFolderDocuments(
  folder: Folder,
  attempt: Attempt,
): DocumentStore & LeaseStore & RequestStore {
  /** A project that is there and not put aside. */
  const liveProject = (projectId: ProjectId) => {
    const project = folder.project(projectId);
    return project?.discardedAt === undefined ? project : undefined;
  };
  const writable = (projectId: ProjectId) => {
    const project = liveProject(projectId);
    if (!project?.row) return noSuchProject;
    return project.logDamage ? storeFailed(project.logDamage.message) : ok(project);
  };
  const writeLease = (project: FolderProject, lease: Lease) => {
    writeWhole(join(project.path, 'lease.json'), jsonBytes(lease));
    project.lease = lease;
    folder.fencings.set(lease.projectId, lease.fencing);
  };
  const writeRequests = (project: FolderProject, requests: RequestRow[]) => {
    writeWhole(join(project.path, 'requests.json'), jsonBytes(requests));
    project.requests = requests;
  };
  const leaseOf = (projectId: ProjectId) => {
    const lease = folder.project(projectId)?.lease;
    return lease?.tabId === '' ? undefined : lease;
  };

  return {
    listProjects: async () => folder.projectIds().flatMap((id) => liveProject(id)?.row ?? []),

    createProject: (row, documentText) =>
      attempt(() => {
        if (folder.project(row.projectId)?.row) return storeFailed('A project of this id exists already.');
        const project = folder.projectOrNew(row.projectId);
        writeWhole(pathIn(project, 'checkpoints', '0'), textBytes(documentText));
        project.writeDocument({ kind: 'created', row });
        return ok(undefined);
      }),

    updateProject: (projectId, change) =>
      attempt(() => {
        const project = writable(projectId);
        if (!project.ok) return project;
        project.value.writeDocument({ kind: 'changed', change });
        return ok(undefined);
      }),

    discardProject: (projectId, now) =>
      attempt(() => {
        const project = writable(projectId);
        if (!project.ok) return project;
        project.value.writeDocument({ kind: 'discarded', at: now });
        writeRequests(project.value, []);
        const fencing = folder.fencings.get(projectId);
        // A lease of no tab: nobody holds it, and it outlives the process.
        if (fencing !== undefined)
          writeLease(project.value, { projectId, tabId: asTabId(''), fencing: fencing + 1, heartbeatAt: 0 });
        return ok(undefined);
      }),

    recoverProject: (projectId) =>
      attempt(() => {
        const project = folder.project(projectId);
        if (!project?.row) return noSuchProject;
        project.writeDocument({ kind: 'recovered' });
        return ok(undefined);
      }),

    listDiscarded: async () =>
      folder.projectIds().flatMap((id) => {
        const { row, discardedAt } = folder.project(id) ?? {};
        return row && discardedAt !== undefined ? [{ row, discardedAt }] : [];
      }),

    deleteProject: (projectId) =>
      attempt(() => {
        folder.project(projectId);
        folder.remove(projectId);
        const fencing = folder.fencings.get(projectId);
        if (fencing !== undefined) folder.fencings.set(projectId, fencing + 1);
        return ok(undefined);
      }),

    async readProject(projectId) {
      const project = liveProject(projectId);
      if (!project?.row) return undefined;
      if (project.logDamage) throw project.logDamage;
      const seq = checkpointSeqs(project)[0];
      const bytes = seq === undefined ? undefined : readWhole(pathIn(project, 'checkpoints', `${seq}`));
      if (seq === undefined || !bytes) throw new StoreDamaged(projectId, 'log', 0, 'there is no checkpoint');
      const documentText = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      return { row: project.row, checkpoint: { seq, documentText }, log: [...project.log] };
    },

    readLog: async (projectId, after) => liveProject(projectId)?.log.filter(({ seq }) => seq > after) ?? [],

    append: (projectId, expectedSeq, entry, change) =>
      attempt(() => {
        const project = writable(projectId);
        if (!project.ok) return project;
        const { log } = project.value;
        if (expectedSeq > log.length)
          return storeFailed(`The log ends at ${log.length}, not ${expectedSeq}.`);
        if (expectedSeq < log.length) {
          return err({ type: 'Behind' as const, missed: log.slice(expectedSeq) });
        }
        project.value.writeDocument({ kind: 'appended', seq: expectedSeq + 1, entry, change });
        return ok(expectedSeq + 1);
      }),

    writeCheckpoint: (projectId, seq, documentText) =>
      attempt(() => {
        const project = writable(projectId);
        if (!project.ok) return project;
        if (seq > project.value.log.length) return storeFailed(`The log ends before entry ${seq}.`);
        const seqs = checkpointSeqs(project.value);
        if (seq < (seqs[0] ?? 0)) return ok(undefined);
        writeWhole(pathIn(project.value, 'checkpoints', `${seq}`), textBytes(documentText));
        for (const old of seqs.filter((each) => each !== seq).slice(CHECKPOINTS_KEPT - 1)) {
          rmSync(pathIn(project.value, 'checkpoints', `${old}`), { force: true });
        }
        return ok(undefined);
      }),

    putFile: (projectId, sha256, bytes) =>
      attempt(() => {
        const project = writable(projectId);
        if (!project.ok) return project;
        writeWhole(pathIn(project.value, 'files', sha256), bytes);
        return ok(undefined);
      }),

    async putFileInPieces(projectId, pieces, sha256) {
      const bytes = await joinPieces(pieces);
      return attempt(() => {
        const project = writable(projectId);
        if (!project.ok) return project;
        writeWhole(pathIn(project.value, 'files', sha256()), bytes);
        return ok(undefined);
      });
    },

    async getFile(projectId, sha256) {
      const project = folder.project(projectId);
      return project && readWhole(pathIn(project, 'files', sha256));
    },

    async listFiles(projectId) {
      const project = folder.project(projectId);
      const names = project ? namesIn(join(project.path, 'files')) : [];
      return names
        .filter((name) => !name.endsWith(DRAFT))
        .map(nameToId)
        .sort();
    },

    take: (projectId, tabId, now) =>
      attempt(() => {
        const project = folder.projectOrNew(projectId);
        if (project.discardedAt !== undefined) return noSuchProject;
        const fencing = (folder.fencings.get(projectId) ?? 0) + 1;
        const lease = { projectId, tabId, fencing, heartbeatAt: now };
        writeLease(project, lease);
        return ok(lease);
      }),

    async heartbeat(lease, now) {
      const beaten = await attempt(() => {
        const current = leaseOf(lease.projectId);
        if (current?.fencing !== lease.fencing) return ok(false);
        writeLease(folder.projectOrNew(lease.projectId), { ...current, heartbeatAt: now });
        return ok(true);
      });
      return beaten.ok && beaten.value;
    },

    read: async (projectId) => leaseOf(projectId),

    addRequest: (projectId, text) =>
      attempt(() => {
        const project = folder.projectOrNew(projectId);
        const id = (project.requests.at(-1)?.id ?? 0) + 1;
        writeRequests(project, [...project.requests, { id, text }]);
        return ok(id);
      }),

    takeRequests: (projectId, fencing) =>
      attempt(() => {
        const refusal = refusedByFence(leaseOf(projectId)?.fencing ?? 0, fencing);
        const project = folder.project(projectId);
        if (refusal || !project) return refusal ?? ok([]);
        const taken = project.requests;
        if (taken.length > 0) writeRequests(project, []);
        return ok(taken);
      }),
  };
}

/** Newest first. */
function checkpointSeqs(project: FolderProject): number[] {
  const names = namesIn(join(project.path, 'checkpoints')).filter((name) => !name.endsWith(DRAFT));
  return names.map(Number).sort((a, b) => b - a);
}
