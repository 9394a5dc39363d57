// P1 (overhead per asset), P2 (growth) and P4 (what the sandbox costs): runs of no-op assets.

import type { BenchBrowser, BenchPage } from './browser.ts';
import { type DagsterPeer, startDagster } from './dagster-peer.ts';
import type { BenchOptions } from './options.ts';
import { randomGraph } from './random-graph.ts';
import { type BenchRow, interleave, median } from './statistics.ts';

type Say = (text: string) => void;

export async function measureRuns(
  browser: BenchBrowser,
  options: BenchOptions,
  say: Say,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  const wantsRuns = options.only.has('P1') || options.only.has('P2');
  const small = wantsRuns ? await measureCount(browser, 1_000, options, say) : undefined;
  const large = wantsRuns ? await measureCount(browser, 10_000, options, say, small?.dagsterMs) : undefined;
  if (options.only.has('P1')) rows.push(...(small?.rows ?? []), ...(large?.rows ?? []));
  if (options.only.has('P2') && small && large)
    rows.push(growthRow(small.warm, large.warm, options.full ? await runMany(browser, say) : undefined));
  if (options.only.has('P4')) rows.push(await measureSandbox(browser, options, say));
  return rows;
}

interface Measured {
  readonly rows: readonly BenchRow[];
  readonly warm: readonly number[];
  readonly dagsterMs: number | undefined;
}

const sandboxed = { runner: 'sandbox' } as const;

async function measureCount(
  browser: BenchBrowser,
  count: number,
  options: BenchOptions,
  say: Say,
  smallDagsterMs?: number,
): Promise<Measured> {
  const graph = randomGraph(count);
  const page = await browser.openPage();
  await page.call('openGraph', graph);
  // The first run of each side is not counted.
  await page.call('runGraph', { ...sandboxed, cold: true });
  await page.call('runFloor');
  say(`P1: ${count} assets, ours and the floor, ${options.rounds} rounds …`);
  const taken = await interleave(options.rounds, {
    warm: () => page.call('runGraph', { ...sandboxed, cold: false }),
    cold: () => page.call('runGraph', { ...sandboxed, cold: true }),
    floor: () => page.call('runFloor'),
  });
  const dagster = options.only.has('P1')
    ? await takeDagster(page, count, options, say, smallDagsterMs)
    : undefined;
  const warm = [...taken.warm, ...(dagster?.ours ?? [])];
  const checked = await page.call('checkValues');
  await page.close();
  if (checked.materialized !== count || checked.versions !== count)
    throw new Error(
      `Of ${count} assets ${checked.materialized} were materialized, with ${checked.versions} values.`,
    );
  const perAsset = (samples: readonly number[]) => (median(samples) * 1000) / count;
  const row = (what: string, ours: readonly number[]): BenchRow => {
    const peer = dagster && { name: dagster.name, value: (dagster.ms * 1000) / count };
    const floor = { name: 'plan once, one record', value: perAsset(taken.floor) };
    return {
      id: 'P1',
      what: `${count.toLocaleString('en-US')} assets, ${what}, per asset`,
      unit: 'µs',
      ours: perAsset(ours),
      ...(peer ? { peer } : {}),
      floor,
      samples: { ours, floor: taken.floor, ...(dagster ? { peer: dagster.samples } : {}) },
    };
  };
  const rows: BenchRow[] = [];
  for (const base of [row('warm', warm), row('cold strip cache', taken.cold)]) {
    const ofFloor = base.ours / base.floor!.value;
    rows.push({ ...base, ratio: ofFloor, goal: '≤ 5 of the floor', reached: ofFloor <= 5 });
    if (!base.peer) continue;
    const less = base.peer.value / base.ours;
    const { floor: _, ...rest } = base;
    rows.push({ ...rest, ratio: less, goal: '≥ 1,000 less than Dagster', reached: less >= 1_000 });
  }
  return { rows, warm, dagsterMs: dagster?.ms };
}

interface DagsterTaken {
  readonly name: string;
  readonly ms: number;
  readonly samples: readonly number[];
  /** Our runs between its rounds. */
  readonly ours: readonly number[];
}

async function takeDagster(
  page: BenchPage,
  count: number,
  options: BenchOptions,
  say: Say,
  smallMs: number | undefined,
): Promise<DagsterTaken | undefined> {
  const { python } = options;
  if (python === undefined) return undefined;
  const isLarge = count > 1_000;
  if (isLarge && !options.full)
    return smallMs === undefined
      ? undefined
      : { name: 'Dagster (10 × its 1,000)', ms: smallMs * 10, samples: [], ours: [] };
  const rounds = isLarge ? 1 : options.rounds;
  let peer: DagsterPeer | undefined;
  try {
    peer = await startDagster(python, randomGraph(count));
    say(`P1: ${count} assets, Dagster ${peer.version} and ours in turn, ${rounds} rounds …`);
    const { materialize, version } = peer;
    const taken = await interleave(rounds, {
      dagster: materialize,
      ours: () => page.call('runGraph', { ...sandboxed, cold: false }),
    });
    const name = `Dagster ${version}${isLarge ? ' (once)' : ''}`;
    return { name, ms: median(taken.dagster), samples: taken.dagster, ours: taken.ours };
  } finally {
    peer?.stop();
  }
}

function growthRow(small: readonly number[], large: readonly number[], many: number | undefined): BenchRow {
  const growth = median(large) / median(small);
  return {
    id: 'P2',
    what: 'time of 10,000 assets ÷ time of 1,000',
    unit: 'x',
    ours: growth,
    floor: { name: 'linear', value: 10 },
    ratio: growth / 10,
    goal: '≤ 11 in all',
    reached: growth <= 11,
    samples: { small, large, ...(many === undefined ? {} : { many: [many] }) },
    ...(many === undefined ? {} : { note: `100,000 assets finished in ${(many / 1000).toFixed(1)} s` }),
  };
}

async function runMany(browser: BenchBrowser, say: Say): Promise<number> {
  say('P2: 100,000 assets, once …');
  const page = await browser.openPage();
  await page.call('openGraph', randomGraph(100_000));
  const ms = await page.call('runGraph', { ...sandboxed, cold: false });
  await page.close();
  return ms;
}

async function measureSandbox(browser: BenchBrowser, options: BenchOptions, say: Say): Promise<BenchRow> {
  const page = await browser.openPage();
  await page.call('openGraph', randomGraph(1_000));
  const run = (runner: 'sandbox' | 'plain') => () => page.call('runGraph', { runner, cold: false });
  await run('sandbox')();
  await run('plain')();
  // Short runs, so more of them.
  const rounds = options.rounds * 3;
  say(`P4: 1,000 assets with and without the sandbox, ${rounds} rounds …`);
  const { sandbox, plain } = await interleave(rounds, { sandbox: run('sandbox'), plain: run('plain') });
  await page.close();
  const ratio = median(sandbox) / median(plain);
  return {
    id: 'P4',
    what: 'a run of 1,000 assets in the sandbox',
    unit: 'ms',
    ours: median(sandbox),
    peer: { name: 'plain worker', value: median(plain) },
    ratio,
    goal: '≤ 1.10',
    reached: ratio <= 1.1,
    samples: { ours: sandbox, peer: plain },
  };
}
