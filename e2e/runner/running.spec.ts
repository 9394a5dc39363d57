// What running costs, and that it needs no server. Prints its figures.

import { expect, test } from '@playwright/test';
import { call, median, outcomes, run, serveHarness, worstGap } from './drive-harness.ts';

const figure = (name: string, value: string): void => console.log(`  ${name}: ${value}`);

test('bodies run after the server has gone', async ({ page, context }) => {
  const app = await serveHarness();
  await page.goto(app.url);
  await page.waitForFunction(() => 'harness' in globalThis && document.querySelector('iframe') !== null);
  await app.close();
  await context.setOffline(true);
  expect(outcomes(await run(page, ['() => 1']))).toEqual([1]);
  await call(page, { type: 'terminate', lane: 'main' });
  expect(outcomes(await run(page, ['() => 2']))).toEqual([2]);
});

test('a small step costs little', async ({ page }) => {
  const app = await serveHarness();
  const begunAt = Date.now();
  await page.goto(app.url);
  const first = await run(page, ['() => 1'], { lane: 'first' });
  figure(
    'page opened until the first body has run',
    `${Date.now() - begunAt} ms (lane and step ${first.tookMs.toFixed(0)} ms)`,
  );
  const bodies = Array.from(
    { length: 10_000 },
    (_, i) => `async function b${i}(inputs, context) { return ${i}; }`,
  );
  const wholes: number[] = [];
  const loops: number[] = [];
  const starts: number[] = [];
  await worstGap(page);
  for (let i = 0; i < 6; i++) {
    const lane = `big${i}`;
    const small = await run(page, ['() => 1'], { lane });
    starts.push(small.tookMs);
    const record = await run(page, bodies, { lane, isQuiet: true });
    expect(record.death).toBeUndefined();
    expect(record.reports).toBe(10_000);
    wholes.push(record.tookMs);
    loops.push(record.loopMs);
    await call(page, { type: 'terminate', lane });
    await page.waitForTimeout(300);
  }
  figure('lane from a spare until its first step was reported, median', `${median(starts).toFixed(1)} ms`);
  figure('10,000 no-op steps, sent until all reported, per step', `${(median(wholes) / 10).toFixed(1)} µs`);
  figure('of which in the lane’s loop, per step', `${(median(loops) / 10).toFixed(1)} µs`);
  figure('worst animation-frame gap', `${(await worstGap(page)).toFixed(1)} ms`);
  await app.close();
});
