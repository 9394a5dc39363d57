// The real Dagster as a process beside the browser: started once, asked for one materialization at a time.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchGraph } from './random-graph.ts';

const script = fileURLToPath(new URL('./dagster/materialize_graph.py', import.meta.url));

export interface DagsterPeer {
  readonly version: string;
  /** Milliseconds of one `materialize()` of the whole graph. */
  materialize(): Promise<number>;
  stop(): void;
}

/** `python` is one that has Dagster. */
export async function startDagster(python: string, graph: BenchGraph): Promise<DagsterPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-bench-'));
  const file = join(folder, 'graph.json');
  writeFileSync(file, JSON.stringify(graph));
  const child = spawn(python, [script, file], { env: { ...process.env, DAGSTER_DISABLE_TELEMETRY: 'yes' } });
  const answers = readAnswers(child);
  const ready = await answers.next<{ version: string }>();
  return {
    version: ready.version,
    async materialize() {
      child.stdin.write('run\n');
      const { ms, success, made } = await answers.next<{ ms: number; success: boolean; made: number }>();
      if (!success || made !== graph.nodes.length)
        throw new Error(`Dagster materialized ${made} of ${graph.nodes.length} assets.`);
      return ms;
    },
    stop() {
      child.stdin.end();
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readAnswers(child: ChildProcessWithoutNullStreams): { next<T>(): Promise<T> } {
  let complaints = '';
  const lines: string[] = [];
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  child.stderr.on('data', (data: Buffer) => {
    complaints = (complaints + data.toString()).slice(-4_000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Dagster may print lines of its own.
    if (!line.startsWith('{')) return;
    const next = waiting.shift();
    if (next) next.resolve(line);
    else lines.push(line);
  });
  child.on('close', (code) => {
    for (const { reject } of waiting.splice(0))
      reject(
        new Error(`Dagster ended with code ${code}: ${complaints.trim().split('\n').slice(-3).join(' ')}`),
      );
  });
  return {
    async next<T>() {
      const line =
        lines.shift() ?? (await new Promise<string>((resolve, reject) => waiting.push({ resolve, reject })));
      return JSON.parse(line) as T;
    },
  };
}
