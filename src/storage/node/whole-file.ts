// Files that are there as a whole or not at all, and what the file system's errors mean.

import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { StoreError } from '#engine/ports.ts';
import { writeFully } from './framed-file.ts';

export const DRAFT = '.tmp';

/** Writes under another name, waits for the disk, then renames. */
export function writeWhole(path: string, bytes: Uint8Array): void {
  const draft = `${path}${DRAFT}`;
  try {
    const file = openSync(draft, 'w');
    try {
      writeFully(file, bytes, 0);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  }
}

/** Undefined when there is no such file. */
export function readWhole(path: string): Uint8Array<ArrayBuffer> | undefined {
  const buffer = unlessMissing(() => readFileSync(path));
  return buffer && new Uint8Array(buffer);
}

export const namesIn = (folder: string): readonly string[] => unlessMissing(() => readdirSync(folder)) ?? [];

/** An id as a file name, on every system, and never one of ours: those begin with a dot or end in ".tmp". */
export const idToName = (id: string): string =>
  encodeURIComponent(id).replace(/[.*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
export const nameToId = (name: string): string => decodeURIComponent(name);

export function thrownToStoreError(thrown: unknown): StoreError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = codeOf(thrown);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? { type: 'QuotaExceeded', detail: message }
    : { type: 'StoreFailed', detail: message };
}

export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;

function unlessMissing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
