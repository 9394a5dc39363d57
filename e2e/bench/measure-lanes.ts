// P5 (cancel an endless loop) and P6 (hand 100,000 rows from asset to asset).

import type { BenchBrowser } from './browser.ts';
import type { BenchOptions } from './options.ts';
import { type BenchRow, interleave, median } from './statistics.ts';

const rowCount = 100_000;

export async function measureCancel(
  browser: BenchBrowser,
  options: BenchOptions,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  const page = await browser.openPage();
  await page.call('openLoop');
  const gaps: number[] = [];
  const ends: number[] = [];
  const cancel = async () => {
    const { nextMs, canceledMs, worstGapMs } = await page.call('cancelThenNext');
    gaps.push(worstGapMs);
    ends.push(canceledMs);
    return nextMs;
  };
  await cancel();
  gaps.length = 0;
  ends.length = 0;
  // Each side ends workers in a loop of their own; ten times the rounds stand for the 50 kills of the goal.
  const rounds = options.rounds * 10;
  say(`P5: an endless loop canceled ${rounds} times …`);
  const { ours, peer } = await interleave(rounds, {
    ours: cancel,
    peer: () => page.call('newWorkerAfterTerminate'),
  });
  await page.close();
  const ratio = median(ours) / median(peer);
  return [
    {
      id: 'P5',
      what: 'cancel an endless loop → the next asset runs',
      unit: 'ms',
      ours: median(ours),
      peer: { name: 'the same worker anew after terminate()', value: median(peer) },
      ratio,
      goal: '≤ 0.3',
      reached: ratio <= 0.3,
      samples: { ours, peer },
      note: `the run is over, durably, after ${median(ends).toFixed(0)} ms (worst ${Math.max(...ends).toFixed(0)})`,
    },
    {
      id: 'P5',
      what: 'worst gap between frames meanwhile',
      unit: 'ms',
      ours: Math.max(...gaps),
      goal: '≤ 50 ms',
      reached: Math.max(...gaps) <= 50,
      samples: { ours: gaps },
    },
  ];
}

export async function measureHandOff(
  browser: BenchBrowser,
  options: BenchOptions,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  const page = await browser.openPage();
  await page.call('openRows', rowCount);
  const encodings: number[] = [];
  const inLane = async () => {
    const { handOffMs, encodeMs, isEqual } = await page.call('handOffInLane');
    if (!isEqual) throw new Error('P6: the reader saw other rows than the maker made.');
    encodings.push(encodeMs);
    return handOffMs;
  };
  const across = async () => {
    const { handOffMs, isEqual } = await page.call('handOffAcrossLanes', rowCount);
    if (!isEqual) throw new Error('P6: the other lane saw other rows than the maker made.');
    return handOffMs;
  };
  const clone = async () => (await page.call('cloneOneWay', rowCount)).cloneMs;
  await inLane();
  await across();
  await clone();
  encodings.length = 0;
  say(`P6: ${rowCount} rows handed on, ${options.rounds} rounds …`);
  const taken = await interleave(options.rounds, { inLane, across, clone });
  await page.close();
  const peer = { name: 'structured clone, one way', value: median(taken.clone) };
  const row = (what: string, ours: readonly number[], limit: number): BenchRow => {
    const ratio = median(ours) / peer.value;
    const samples = { ours, peer: taken.clone, encoding: encodings };
    const unit = 'ms' as const;
    return {
      id: 'P6',
      what,
      unit,
      ours: median(ours),
      peer,
      ratio,
      goal: `≤ ${limit}`,
      reached: ratio <= limit,
      samples,
    };
  };
  return [
    {
      ...row('100,000 rows in one lane', taken.inLane, 0.02),
      floor: { name: 'by reference', value: 0 },
      note: `the maker's encoding, for the store, takes ${median(encodings).toFixed(0)} ms`,
    },
    row('100,000 rows to another lane: transfer and decode', taken.across, 0.5),
  ];
}
