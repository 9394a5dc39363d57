// An export in a folder: its files, and a manifest of them. What an earlier export wrote there and this one does not is
// removed, unless somebody has edited it since.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestPath, manifestText, readManifest, staleFiles } from '#interop/export-manifest.ts';
import { sha256 } from '../node/sha256.ts';

export interface WrittenFolder {
  /** Paths of files that an earlier export made. */
  readonly removed: readonly string[];
  /** The same, but edited since: they stay. */
  readonly kept: readonly string[];
}

export function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): WrittenFolder {
  const manifest = join(folder, manifestPath);
  const last = existsSync(manifest) ? readManifest(readFileSync(manifest, 'utf8')) : new Map();
  const removed: string[] = [];
  const kept: string[] = [];
  // First, as where names of upper and lower case are one, a new file may lie where an old one did.
  for (const [path, hash] of staleFiles(last, files)) {
    const target = join(folder, path);
    if (!statSync(target, { throwIfNoEntry: false })?.isFile()) continue;
    if (sha256(readFileSync(target)) !== hash) {
      kept.push(path);
      continue;
    }
    rmSync(target);
    removed.push(path);
    removeEmptyFolders(folder, path);
  }
  const hashes = new Map<string, string>();
  for (const [path, bytes] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    hashes.set(path, sha256(bytes));
  }
  writeFileSync(manifest, manifestText(hashes));
  return { removed, kept };
}

function removeEmptyFolders(root: string, path: string): void {
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    const folder = join(root, parent);
    if (readdirSync(folder).length > 0) return;
    rmdirSync(folder);
  }
}
