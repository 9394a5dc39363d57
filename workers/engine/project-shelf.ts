// What is done with projects as a whole, open or not: rename, duplicate, delete and take that back, back up and
// restore.

import { err, ok, type Result } from '#base/result.ts';
import type { AppendError, Clock, DiscardedProject, IdSource, Store, StoreError } from '#engine/ports.ts';
import type { ImportError, RenameError } from '#engine/workspace-port.ts';
import { entryFor } from '#model/history.ts';
import { asProjectId, type ProjectId, type TabId } from '#model/ids.ts';
import { type BackupError, restoreBackup, writeBackup } from '#storage/backup.ts';
import { joinBackups, splitBackups } from '#storage/backup-set.ts';
import { copyProject } from '#storage/copy-project.ts';
import { readStoredDocument } from './open-document.ts';

export interface ShelfDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: IdSource;
  readonly tabId: TabId;
}

export interface ProjectShelf {
  rename(projectId: ProjectId, name: string): Promise<Result<void, RenameError>>;
  /** A copy under a name of its own, with the log, runs and values. */
  duplicate(projectId: ProjectId, name: string): Promise<Result<ProjectId, RenameError>>;
  discard(projectId: ProjectId): Promise<Result<void, StoreError>>;
  recover(projectId: ProjectId): Promise<Result<void, StoreError>>;
  listDiscarded(): Promise<readonly DiscardedProject[]>;
  /** Removes what was discarded long ago, and names it. */
  purge(): Promise<readonly ProjectId[]>;
  backUp(projectId: ProjectId): Promise<Uint8Array>;
  backUpAll(): Promise<Uint8Array>;
  /** One backup, or a file of several: all of them or none. */
  restore(bytes: Uint8Array): Promise<Result<readonly ProjectId[], ImportError>>;
}

/** How long a deleted project can be brought back. */
const keptMs = 24 * 60 * 60 * 1000;

export function createProjectShelf({ store, clock, newId, tabId }: ShelfDeps): ProjectShelf {
  async function rename(projectId: ProjectId, name: string): Promise<Result<void, RenameError>> {
    for (;;) {
      const stored = await readStoredDocument(store, projectId);
      if (!stored)
        return err({ type: 'StoreFailed', detail: 'The project is not in this browser any more.' });
      const { description } = stored.history.document.info;
      const command = {
        type: 'RenameProject',
        name,
        ...(description === undefined ? {} : { description }),
      } as const;
      const at = clock.now();
      const entry = entryFor(stored.history, { type: 'do', command }, { by: tabId, at });
      if (!entry.ok) return entry;
      if (!entry.value) return ok(undefined);
      const seq = stored.history.entries.length;
      const change = { name, updatedAt: at };
      const appended: Result<number, AppendError> = await store.append(
        projectId,
        seq,
        JSON.stringify(entry.value),
        change,
      );
      if (appended.ok) return ok(undefined);
      if (appended.error.type !== 'Behind') return err(appended.error);
    }
  }

  async function backUp(projectId: ProjectId): Promise<Uint8Array> {
    const backup = await writeBackup(store, projectId);
    if (!backup) throw new Error('The project is not in this browser any more.');
    return backup.bytes;
  }

  return {
    rename,
    async duplicate(projectId, name) {
      const copyId = asProjectId(newId());
      const copied = await copyProject(store, projectId, copyId, clock.now());
      if (!copied.ok) return copied;
      const renamed = await rename(copyId, name);
      if (renamed.ok) return ok(copyId);
      await store.deleteProject(copyId);
      return renamed;
    },
    discard: (projectId) => store.discardProject(projectId, clock.now()),
    recover: (projectId) => store.recoverProject(projectId),
    listDiscarded: () => store.listDiscarded(),
    async purge() {
      const before = clock.now() - keptMs;
      const old = (await store.listDiscarded()).filter(({ discardedAt }) => discardedAt <= before);
      for (const { row } of old) await store.deleteProject(row.projectId);
      return old.map(({ row }) => row.projectId);
    },
    backUp,
    async backUpAll() {
      const files = [];
      for (const { projectId, name } of await store.listProjects())
        files.push({ name, bytes: await backUp(projectId) });
      return joinBackups(files);
    },
    async restore(bytes) {
      const files = splitBackups(bytes) ?? [bytes];
      const restored: ProjectId[] = [];
      for (const file of files) {
        const projectId = asProjectId(newId());
        const one = await restoreBackup(store, file, projectId, clock.now());
        if (one.ok) {
          restored.push(projectId);
          continue;
        }
        for (const id of restored) await store.deleteProject(id);
        return err(importError(one.error));
      }
      return ok(restored);
    },
  };
}

function importError(error: BackupError | StoreError): ImportError {
  switch (error.type) {
    case 'NewerBackup':
      return {
        type: 'BadBackup',
        detail: `It was made by a newer version of Headwater (format ${error.found}; this one reads ${error.known}).`,
      };
    case 'NotABackup':
    case 'BackupDamaged':
    case 'BackupTooLarge':
      return { type: 'BadBackup', detail: error.detail };
    default:
      return error;
  }
}
