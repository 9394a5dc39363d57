// The command line as a process, as its users start it. Test code only.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../.ci/headwater.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts commands in a folder, which is asked for each time. */
export function commandIn(folder: () => string) {
  const start = (...words: string[]): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, [script, ...words], { cwd: folder() });
  return { start, run: (...words: string[]): Promise<Ended> => ended(start(...words)) };
}

export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** Resolves when the command has said something on stderr. */
export function said(child: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  let err = '';
  return new Promise((resolve) =>
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
      if (err.includes(text)) resolve();
    }),
  );
}
