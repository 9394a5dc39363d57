// Opens the harness page and speaks to it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildHarness } from './build-harness.ts';
import type { EngineCommand, LaneRecord } from './harness/engine.worker.ts';
import type { Harness } from './harness/page.ts';
import { type ServedApp, serveFolder } from './serve.ts';

let folder: Promise<string> | undefined;

/** The built harness on a port of its own, with a page `/plain.html` that has no policy at all. */
export async function serveHarness(): Promise<ServedApp> {
  folder ??= buildHarness();
  await writeFile(join(await folder, 'plain.html'), '<!doctype html><title>Plain</title>');
  return serveFolder(await folder);
}

export interface RunOptions {
  readonly lane?: string;
  readonly libraries?: readonly string[];
  readonly untilMarker?: number;
  readonly withinMs?: number;
  readonly isQuiet?: boolean;
}

export const call = <T>(page: Page, command: EngineCommand): Promise<T> =>
  page.evaluate(
    (given) => (globalThis as unknown as { harness: Harness }).harness.call(given),
    command,
  ) as Promise<T>;

/** Runs each body as one step of the lane, in order. */
export const run = (page: Page, bodies: readonly string[], options: RunOptions = {}): Promise<LaneRecord> =>
  call<LaneRecord>(page, {
    type: 'run',
    lane: 'main',
    module: moduleOf(bodies),
    steps: bodies.length,
    ...options,
  });

export const moduleOf = (bodies: readonly string[]): string =>
  `export const bodies = [${bodies.map((body) => `(function (__load) {\nreturn void 0, ${body}\n})`).join(',\n')}];\nexport const shared = {};`;

/** What became of each step: its value, or its error in one line. */
export function outcomes(record: LaneRecord): unknown[] {
  return record.replies
    .flatMap((reply) => (typeof reply === 'object' && reply.type === 'reports' ? reply.reports : []))
    .map(({ step, outcome }) =>
      outcome.type === 'success' ? record.values[step] : `${outcome.error.name}: ${outcome.error.message}`,
    );
}

export const worstGap = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { harness: Harness }).harness.worstGap());

export const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
