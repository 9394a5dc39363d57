// P15: how long an asset's body takes from being opened to its first diagnostics, in a project of 1,000 assets,
// and a keystroke to the diagnostics after it; beside the same text alone in Monaco.

import type { Browser, Page } from 'playwright';
import type { ServedApp } from '../stories/serve-app.ts';
import { callPeer, openProject, viewport } from './bench-pages.ts';
import { gridPlace } from './grid-place.ts';
import { expectedValue, randomGraph } from './random-graph.ts';
import { type BenchRow, median } from './statistics.ts';

const assetCount = 1_000;
const keystrokesPerRound = 4;
const opened = `a${assetCount - 1}`;

/** A body with one mistake, that ends in a name: one more letter makes another. */
const openedBody = `export default ({ a997, a998 }) =>
  [a997, a998, Math.abs('text')].length > 1 ? a997 : a998`;

const project = () =>
  JSON.stringify({
    format: 'headwater',
    version: 1,
    name: 'Thousand',
    assets: randomGraph(assetCount).nodes.map(({ key, deps }, i) => ({
      id: key,
      kind: 'asset',
      key,
      position: gridPlace(i),
      body:
        key === opened
          ? openedBody
          : `export default ({ ${deps.join(', ')} }) => ({ id: ${expectedValue(i)}, name: '${key}', rows: [{ at: ${i}, of: [${deps.join(', ')}].length }] });\n`,
    })),
  });

export async function measureEditor(
  browser: Browser,
  app: ServedApp,
  peers: ServedApp,
  rounds: number,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  say(`P15: a body among ${assetCount.toLocaleString('en-US')}, opened ${rounds} times …`);
  const page = await openProject(browser, app, project());
  const peer = await (await browser.newContext({ viewport })).newPage();
  const url = page.url();
  const open = { ours: [] as number[], peer: [] as number[] };
  const key = { ours: [] as number[], peer: [] as number[] };
  // The first round fills the caches of both, and does not count.
  for (let round = -1; round < rounds; round += 1) {
    const first = { ours: await openOurs(page, url), peer: 0 };
    const typed = { ours: await keystrokes(page), peer: [] as number[] };
    await page.goto('about:blank');
    first.peer = await openPeer(peer, peers.origin);
    typed.peer = await keystrokes(peer);
    await peer.goto('about:blank');
    if (round < 0) continue;
    open.ours.push(first.ours);
    open.peer.push(first.peer);
    key.ours.push(...typed.ours);
    key.peer.push(...typed.peer);
  }
  await Promise.all([page.context().close(), peer.context().close()]);
  const row = (what: string, samples: { ours: number[]; peer: number[] }, goal: number): BenchRow => {
    const ratio = median(samples.ours) / median(samples.peer);
    return {
      id: 'P15',
      what,
      unit: 'ms',
      ours: median(samples.ours),
      peer: { name: 'the same text alone in Monaco', value: median(samples.peer) },
      ratio,
      goal: `≤ ${goal} of Monaco alone`,
      reached: ratio <= goal,
      samples,
    };
  };
  return [
    row('a body of 1,000 opened, to its first diagnostics', open, 1.15),
    row('a keystroke, to its diagnostics', key, 1.2),
  ];
}

async function openOurs(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.locator('.react-flow').waitFor();
  await page
    .getByRole('tab', { name: /Problems/ })
    .filter({ hasText: '1' })
    .waitFor({ timeout: 120_000 });
  // The background check of the whole project has its turn first.
  await page.waitForTimeout(4_000);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: /find/i }).fill(opened);
  await page.waitForTimeout(500);
  const seen = await untilSquiggles(page, 1);
  await page.keyboard.press('Enter');
  return seen();
}

async function openPeer(page: Page, origin: string): Promise<number> {
  await page.goto(origin);
  await page.waitForTimeout(500);
  const startedAt = await page.evaluate(() => performance.now());
  const seen = await untilSquiggles(page, 1, startedAt);
  await callPeer(page, 'openEditor', openedBody);
  return seen();
}

/** Types a letter that makes a mistake, and takes it away, some times. */
async function keystrokes(page: Page): Promise<number[]> {
  const taken: number[] = [];
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+End');
  for (let i = 0; i < keystrokesPerRound; i += 1)
    for (const [key, count] of [
      ['q', 2],
      ['Backspace', 1],
    ] as const) {
      await page.waitForTimeout(1_500);
      const seen = await untilSquiggles(page, count);
      await page.keyboard.press(key);
      taken.push(await seen());
    }
  return taken;
}

/** Gives the milliseconds from the next key, or from `startedAt`, until this many squiggles are painted. */
async function untilSquiggles(page: Page, count: number, startedAt = 0): Promise<() => Promise<number>> {
  await page.evaluate(
    ([wanted, given]) => {
      const marks = globalThis as unknown as { squiggles: Promise<number> };
      let from = given;
      if (from === 0)
        window.addEventListener(
          'keydown',
          () => {
            from = performance.now();
          },
          { capture: true, once: true },
        );
      marks.squiggles = new Promise((resolve, reject) => {
        setTimeout(() => {
          const found = document.querySelectorAll('.squiggly-error').length;
          reject(new Error(`There are ${found} squiggles, and ${wanted} were expected.`));
        }, 30_000);
        const look = () => {
          if (from > 0 && document.querySelectorAll('.squiggly-error').length === wanted)
            requestAnimationFrame(() => resolve(performance.now() - from));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    },
    [count, startedAt] as const,
  );
  return () => page.evaluate(() => (globalThis as unknown as { squiggles: Promise<number> }).squiggles);
}
