// Large projects: 2,000 assets are opened, moved about, laid out, checked and run without the page ever stopping,
// and 10,000 open and run. How long its longest tasks took is printed, not asserted: see `npm run bench` for speed.

import type { Page } from '@playwright/test';
import { gridPlace } from '../bench/grid-place.ts';
import { expectedValue, randomGraph } from '../bench/random-graph.ts';
import { button, expectSaved, nodes, openProjectText } from './app-page.ts';
import { expect, test } from './story.ts';

const largeProject = (count: number, wrong: string) =>
  JSON.stringify({
    format: 'headwater',
    version: 1,
    name: `Large ${count}`,
    assets: randomGraph(count).nodes.map(({ key, deps }, i) => ({
      id: key,
      kind: 'asset',
      key,
      position: gridPlace(i),
      body: `export default ({ ${deps.join(', ')} }) => {\n  const value: number = ${key === wrong ? "'text'" : expectedValue(i)};\n  return value;\n}\n`,
    })),
  });

/** From now on, tasks of the page's own thread that take over 50 ms are noted. */
const watchTasks = (page: Page) =>
  page.addInitScript(() => {
    const holder = globalThis as unknown as { longTasks: number[] };
    holder.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) holder.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  });

/** The long tasks since the last call, longest first, in milliseconds. */
async function longTasks(page: Page): Promise<number[]> {
  // They are told some time after they end.
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    const holder = globalThis as unknown as { longTasks: number[] };
    return holder.longTasks.splice(0).sort((a, b) => b - a);
  });
}

const said: string[] = [];
async function watched(page: Page, what: string, act: () => Promise<unknown>): Promise<void> {
  await longTasks(page);
  await act();
  const tasks = await longTasks(page);
  said.push(`${what} ${tasks.length === 0 ? 'none' : tasks.slice(0, 5).map(Math.round).join(', ')}`);
}
test.afterEach(() => {
  console.log(`      tasks over 50 ms: ${said.splice(0).join('; ')}`);
});

const problems = (page: Page) => page.getByRole('tab', { name: /Problems/ });
const runOf = async (page: Page, count: number) => {
  await button(page, 'Materialize all').press('Enter');
  const told = page.getByText(`${count.toLocaleString('en-US')} steps succeeded`).first();
  await told.waitFor({ state: 'attached', timeout: 200_000 });
};

test('2,000 assets are opened, moved about, laid out, checked and run', async ({ page }) => {
  test.setTimeout(600_000);
  await watchTasks(page);
  await page.goto('/');
  const url = await openProjectText(page, largeProject(2_000, 'a1700'));
  await expect(problems(page)).toContainText('1', { timeout: 120_000 });
  await page.goto('about:blank');
  await watched(page, 'load', async () => {
    await page.goto(url);
    await expect(page.getByRole('application', { name: 'Asset graph' })).toBeVisible();
    await page.waitForTimeout(500);
  });
  await watched(page, 'check of the types', async () => {
    await expect(problems(page)).toContainText('1', { timeout: 120_000 });
    await page.waitForTimeout(4_000);
  });
  const graph = await page.getByRole('application', { name: 'Asset graph' }).boundingBox();
  if (!graph) throw new Error('The graph is not on the screen.');
  const x = graph.x + graph.width / 2;
  const y = graph.y + graph.height / 2;
  await watched(page, 'zoom to fit', async () => {
    await button(page, 'Zoom to fit').press('Enter');
    await page.waitForTimeout(1_000);
  });
  await page.mouse.move(x, y);
  const zoom = async (steps: number, by: number) => {
    // The wheel alone pans.
    await page.keyboard.down('Control');
    for (let i = 0; i < steps; i += 1) {
      await page.mouse.wheel(0, by);
      await page.waitForTimeout(20);
    }
    await page.keyboard.up('Control');
  };
  await watched(page, 'zoom', async () => {
    await zoom(24, -120);
    await zoom(24, 120);
  });
  const pan = async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 1; i <= 60; i += 1) await page.mouse.move(x - i * 8, y - i * 4);
    await page.mouse.up();
  };
  await watched(page, 'pan far out', pan);
  await button(page, 'Zoom to fit').press('Enter');
  await page.waitForTimeout(500);
  await page.mouse.move(x, y);
  await watched(page, 'zoom in', () => zoom(9, -240));
  await expect(nodes(page).first()).toBeVisible();
  await watched(page, 'pan close by', pan);
  await watched(page, 'layout', async () => {
    await button(page, 'Lay out').first().press('Enter');
    await expectSaved(page);
    await page.waitForTimeout(3_000);
  });
  await watched(page, 'a body opened', async () => {
    await problems(page).press('Enter');
    await page.getByRole('list', { name: 'Problems' }).getByRole('button').first().press('Enter');
    await expect(page.getByRole('textbox', { name: 'Body of a1700' })).toBeAttached({ timeout: 30_000 });
  });
  await watched(page, 'run', () => runOf(page, 2_000));
});

test('10,000 assets open and run', async ({ page }) => {
  test.setTimeout(600_000);
  await watchTasks(page);
  await page.goto('/');
  await openProjectText(page, largeProject(10_000, 'none'));
  await watched(page, 'run', () => runOf(page, 10_000));
});
