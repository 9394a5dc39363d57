// What IO managers keep, as files of a folder: one folder per manager, one file per path.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { idToName, readWhole, writeWhole } from '#storage/node/whole-file.ts';
import type { ManagedBytes } from '../package/managed-files.ts';
import { sha256 } from './sha256.ts';

/** The folder is made when the first bytes come. */
export function createManagedFolder(folder: string): ManagedBytes {
  const fileOf = (manager: string, path: string) => join(folder, fileName(manager), fileName(path));
  return {
    get: (manager, path) => readWhole(fileOf(manager, path)),
    put(manager, path, bytes) {
      mkdirSync(join(folder, fileName(manager)), { recursive: true });
      writeWhole(fileOf(manager, path), bytes);
    },
    delete: (manager, path) => rmSync(fileOf(manager, path), { force: true }),
  };
}

/** Any text as the name of one file: readable while it is short, a hash when no system would take it. */
function fileName(text: string): string {
  const name = idToName(text);
  return name.length > 0 && name.length <= 200 ? name : `sha256-${sha256(new TextEncoder().encode(text))}`;
}
