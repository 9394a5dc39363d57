// `npm run bench`: measures ours, the peer and the floor in turn, and prints their ratios.

import { cpus, totalmem } from 'node:os';
import { type BenchBrowser, openBrowser } from './browser.ts';
import { measureApp } from './measure-app.ts';
import { measureCancel, measureHandOff } from './measure-lanes.ts';
import { measureLayout } from './measure-layout.ts';
import { measureRuns } from './measure-runs.ts';
import { type BenchOptions, benchUsage, readOptions } from './options.ts';
import { type BenchRow, printRows } from './statistics.ts';

/** Gives the exit code. A goal that is not reached is told, and is no failure. */
export async function runBench(
  argv: readonly string[],
  chromium: string,
  ensureDagster: () => string | undefined,
): Promise<number> {
  const say = (text: string) => console.error(text);
  let options: BenchOptions | undefined;
  try {
    options = readOptions(argv, ensureDagster);
  } catch (thrown) {
    say(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${benchUsage}`);
    return 2;
  }
  if (!options) {
    console.log(benchUsage);
    return 0;
  }
  say('Building the benchmark page …');
  const browser = await openBrowser(chromium);
  try {
    const rows = await measureAll(browser, chromium, options, say);
    const machine = {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      chromium: browser.version,
    };
    if (options.json) console.log(JSON.stringify({ machine, rounds: options.rounds, rows }, null, 2));
    else
      console.log(
        `${printRows(rows)}\n\n${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, Chromium ${machine.chromium}; medians of ${options.rounds} rounds, sides in turn`,
      );
    return 0;
  } finally {
    await browser.close();
  }
}

async function measureAll(
  browser: BenchBrowser,
  chromium: string,
  options: BenchOptions,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  if (options.only.has('P12')) rows.push(...(await measureLayout(options.rounds, say)));
  rows.push(...(await measureApp(chromium, options.only, options.rounds, say)));
  rows.push(...(await measureRuns(browser, options, say)));
  if (options.only.has('P5')) rows.push(...(await measureCancel(browser, options, say)));
  if (options.only.has('P6')) rows.push(...(await measureHandOff(browser, options, say)));
  return rows;
}
