// A folder that holds projects: its lock, its epoch, and the projects in it, each opened when first asked for.

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#base/result.ts';
import type { StoreError } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import { type FolderBusy, lockFolder } from './folder-lock.ts';
import { bytesToJson, type FolderProject, jsonBytes, openFolderProject } from './folder-project.ts';
import { idToName, namesIn, nameToId, readWhole, thrownToStoreError, writeWhole } from './whole-file.ts';

export type FolderError =
  | FolderBusy
  | { readonly type: 'OpenFailed'; readonly detail: string }
  | { readonly type: 'NewerSchema'; readonly found: number; readonly known: number };

/** What the handles of this process on one folder share. */
export interface Folder {
  readonly epoch: number;
  raiseEpoch(epoch: number): void;
  projectIds(): readonly ProjectId[];
  /** Undefined when nothing is stored of the project. */
  project(projectId: ProjectId): FolderProject | undefined;
  projectOrNew(projectId: ProjectId): FolderProject;
  /** Fills a new project's folder out of sight, then puts it in place. */
  build(projectId: ProjectId, fill: (project: FolderProject) => void): void;
  remove(projectId: ProjectId): void;
  /** Fencing numbers outlive their projects, as long as this process. */
  readonly fencings: Map<ProjectId, number>;
  close(): void;
}

/** Runs `work` unless this build may not write; what the file system throws becomes an error. */
export type Attempt = <T, E = never>(
  work: () => Result<T, E | StoreError>,
) => Promise<Result<T, E | StoreError>>;

interface FolderOptions {
  /** Wait for the disk at every commit and command: slower, and safe against power loss, not only against a kill. */
  readonly flush?: boolean;
}

const FORMAT = 1;

export function openFolder(path: string, options: FolderOptions = {}): Result<Folder, FolderError> {
  try {
    const root = join(path, 'projects');
    mkdirSync(root, { recursive: true });
    const locked = lockFolder(path);
    if (!locked.ok) return locked;
    for (const name of namesIn(root)) if (name.startsWith('.')) remove(join(root, name));
    return ok(folderAt(path, root, options.flush ?? false, locked.value));
  } catch (thrown) {
    const error = thrownToStoreError(thrown);
    return err({ type: 'OpenFailed', detail: 'detail' in error ? error.detail : error.type });
  }
}

function folderAt(path: string, root: string, flush: boolean, unlock: () => void): Folder {
  const opened = new Map<ProjectId, FolderProject>();
  const fencings = new Map<ProjectId, number>();
  const about = join(path, 'store.json');
  const found = readWhole(about);
  let epoch = found ? (bytesToJson(found) as { epoch: number }).epoch : 0;

  const pathOf = (projectId: ProjectId) => join(root, idToName(projectId));
  const open = (projectId: ProjectId) => {
    const project = openFolderProject(projectId, pathOf(projectId), flush);
    opened.set(projectId, project);
    const fencing = project.lease?.fencing;
    if (fencing !== undefined) fencings.set(projectId, fencing);
    return project;
  };
  const project = (projectId: ProjectId) =>
    opened.get(projectId) ?? (existsSync(pathOf(projectId)) ? open(projectId) : undefined);

  return {
    fencings,
    project,
    get epoch() {
      return epoch;
    },
    raiseEpoch(higher) {
      if (higher <= epoch) return;
      writeWhole(about, jsonBytes({ store: 'headwater', format: FORMAT, epoch: higher }));
      epoch = higher;
    },
    projectIds: () =>
      namesIn(root)
        .filter((name) => !name.startsWith('.'))
        .map((name) => nameToId(name) as ProjectId),
    projectOrNew: (projectId) => project(projectId) ?? open(projectId),
    build(projectId, fill) {
      const draft = join(root, `.${randomUUID()}`);
      try {
        const building = openFolderProject(projectId, draft, flush);
        try {
          fill(building);
        } finally {
          building.close();
        }
        renameSync(draft, pathOf(projectId));
      } catch (thrown) {
        remove(draft);
        throw thrown;
      }
    },
    remove(projectId) {
      opened.get(projectId)?.close();
      opened.delete(projectId);
      if (!existsSync(pathOf(projectId))) return;
      const draft = join(root, `.${randomUUID()}`);
      renameSync(pathOf(projectId), draft);
      remove(draft);
    },
    close() {
      for (const each of opened.values()) each.close();
      opened.clear();
      unlock();
    },
  };
}

const remove = (path: string) => rmSync(path, { recursive: true, force: true });
