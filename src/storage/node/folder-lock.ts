// One process at a time uses a folder. A lock that its process left behind when it died is taken over.

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#base/result.ts';
import { codeOf } from './whole-file.ts';

export interface FolderBusy {
  readonly type: 'FolderBusy';
  readonly pid: number;
  /** To be removed by hand should no such process use the folder. */
  readonly lockFile: string;
}

/** The locks that this process holds: a lock file with our pid but unknown here is an earlier process's. */
const held = new Set<string>();

/** Answers with what releases the lock. Other failures of the file system throw. */
export function lockFolder(folder: string): Result<() => void, FolderBusy> {
  const lockFile = join(folder, 'lock');
  const token = `${process.pid} ${randomUUID()}`;
  const draft = `${lockFile}.${randomUUID()}`;
  writeFileSync(draft, token);
  try {
    for (let tries = 0; tries < 20; tries += 1) {
      if (linkIfFree(draft, lockFile)) {
        held.add(token);
        return ok(() => {
          held.delete(token);
          if (readMaybe(lockFile) === token) rmSync(lockFile, { force: true });
        });
      }
      const other = readMaybe(lockFile);
      if (other === undefined) continue;
      const pid = Number.parseInt(other, 10);
      if (isHeld(pid, other)) return err({ type: 'FolderBusy', pid, lockFile });
      removeStale(lockFile, other);
    }
    return err({ type: 'FolderBusy', pid: 0, lockFile });
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(pid: number, token: string): boolean {
  if (pid === process.pid) return held.has(token);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) !== 'ESRCH';
  }
}

/** Moves the stale lock aside first: should another process have replaced it meanwhile, its lock goes back. */
function removeStale(lockFile: string, stale: string): void {
  const aside = `${lockFile}.${randomUUID()}`;
  try {
    renameSync(lockFile, aside);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    throw thrown;
  }
  if (readMaybe(aside) !== stale) linkIfFree(aside, lockFile);
  rmSync(aside, { force: true });
}

function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

function readMaybe(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
