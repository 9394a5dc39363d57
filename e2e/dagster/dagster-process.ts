// The real Dagster as processes: what they say when they end, and what an instance has recorded.

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const venv = fileURLToPath(new URL('../../.cache/dagster-venv/bin/', import.meta.url));
const reader = fileURLToPath(new URL('read_last_run.py', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a command: of the venv when it has one so named. It leads a process group, as `stop` needs it. */
export function start(command: string, words: readonly string[], { cwd, env = {} }: Place): ChildProcess {
  const path = `${venv}${delimiter}${process.env.PATH ?? ''}`;
  return spawn(command, words, {
    cwd,
    detached: true,
    env: { ...process.env, DAGSTER_DISABLE_TELEMETRY: '1', ...env, PATH: path },
  });
}

/** Ends what was started, with all that it has started, and waits for its end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

export function run(command: string, words: readonly string[], place: Place): Promise<Ended> {
  const child = start(command, words, place);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (data: Buffer) => out.push(data));
  child.stderr?.on('data', (data: Buffer) => err.push(data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

/** Resolves when the process has said `text`; rejects when it ends before. */
export function saying(child: ChildProcess, text: string): Promise<void> {
  let heard = '';
  return new Promise((resolve, reject) => {
    const listen = (data: Buffer): void => {
      heard += data.toString();
      if (heard.includes(text)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('error', reject);
    child.on('close', () => reject(new Error(`It ended without having said “${text}”:\n${heard}`)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What was said of one thing that was made or checked. */
export interface Told {
  readonly [field: string]: unknown;
}

export type TheirMetadata = Readonly<Record<string, { readonly value: unknown }>>;

export interface TheirRun {
  readonly status: string;
  readonly materializations: readonly (Told & { readonly key: string; readonly metadata: TheirMetadata })[];
  readonly checks: readonly (Told & { readonly asset: string; readonly metadata: TheirMetadata })[];
  readonly failures: readonly { readonly step: string; readonly message: string }[];
  /** By step, the Celery worker that ran it. */
  readonly workers: Readonly<Record<string, string>>;
}

/** What the last run of the instance in the folder `home` recorded. */
export async function lastRun(home: string): Promise<TheirRun> {
  const { out, err } = await run(join(venv, 'python'), [reader], { cwd: home, env: { DAGSTER_HOME: home } });
  if (out === '') throw new Error(err);
  return JSON.parse(out) as TheirRun;
}

/** An event in the log of a run: its kind, and the asset, check, error or words that it is about. */
export interface Passed {
  readonly kind: string;
  readonly about: string;
}

/** The events of the last run of the instance in `home`; waits for a result of the check, or the process's end. */
export async function passedEvents(
  home: string,
  until?: { readonly asset: string; readonly check: string; readonly process: ChildProcess },
): Promise<readonly Passed[]> {
  const script = fileURLToPath(new URL('passed_events.py', import.meta.url));
  const words = until === undefined ? [] : [until.asset, until.check, String(until.process.pid)];
  const { out, err } = await run(join(venv, 'python'), [script, ...words], {
    cwd: home,
    env: { DAGSTER_HOME: home },
  });
  if (out === '') throw new Error(err);
  return JSON.parse(out) as readonly Passed[];
}

/** Is there a process of that id? */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
