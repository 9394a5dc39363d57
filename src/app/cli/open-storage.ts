// The folder of values and history that belongs to a project file.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { err, type Result } from '#base/result.ts';
import type { Store } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import type { FolderError } from '#storage/node/folder.ts';
import { openFolderStore } from '#storage/node/folder-store.ts';
import { idToName } from '#storage/node/whole-file.ts';
import type { Project } from './project.ts';

export const storagePath = (project: Project, given: string | undefined): string =>
  given === undefined ? join(dirname(project.path), '.headwater') : resolve(given);

/** Where IO managers keep their bytes. */
export const managedPath = (storage: string, projectId: ProjectId): string =>
  join(storage, 'managed', idToName(projectId));

/** Opens the storage, which is made when it is missing, for this process alone. */
export const openStorage = (path: string): Promise<Result<Store, FolderError>> => openFolderStore(path);

/** Opens the storage only when there is one: undefined says that nothing was ever kept. */
export async function openStorageIfAny(path: string): Promise<Result<Store, FolderError> | undefined> {
  if (!existsSync(join(path, 'store.json'))) return undefined;
  try {
    return await openFolderStore(path);
  } catch (thrown) {
    return err({ type: 'OpenFailed', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}
