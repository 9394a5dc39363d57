// Runs, catalog, projects and settings: what the pages around the graph are for.

import type { Page } from '@playwright/test';
import {
  button,
  editBody,
  expectAll,
  expectSaved,
  goTo,
  materializeAll,
  node,
  nodes,
  openAssets,
  openWeather,
  select,
} from './app-page.ts';
import { expect, test } from './story.ts';

const runRows = (page: Page) => page.getByTestId('run-row');
const runStatuses = (page: Page) =>
  runRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-status')));
const steps = (page: Page) => page.getByTestId('step-row');
const projects = (page: Page) => page.getByTestId('project-row').getByRole('link');

async function projectAct(page: Page, name: string, act: string): Promise<void> {
  await button(page, `More for “${name}”`).click();
  await page.getByRole('menuitem', { name: act, exact: true }).click();
}

/** Two runs of everything, one after the other. */
async function materializeTwice(page: Page): Promise<void> {
  for (const statuses of [['success'], ['success', 'success']]) {
    await goTo(page, 'graph');
    await materializeAll(page);
    await goTo(page, 'runs');
    await expect.poll(() => runStatuses(page), { timeout: 60_000 }).toEqual(statuses);
  }
}

test('a run’s timeline shows its steps, a step its events, and an error opens the editor at its place', async ({
  page,
}) => {
  await openAssets(page, 'Steps', [
    { key: 'first', body: "() => 'one'" },
    { key: 'broken', body: "({ first }) => {\n  throw new Error('no ' + first);\n}" },
    { key: 'behind', body: '({ broken }) => broken' },
  ]);
  await materializeAll(page);
  await expect(node(page, 'broken')).toHaveAttribute('data-status', 'failed');
  await goTo(page, 'runs');
  await runRows(page).getByRole('link').first().click();

  const timeline = page.getByRole('region', { name: 'Timeline of steps' });
  await expect(steps(page)).toHaveCount(3);
  await expect(steps(page).nth(1)).toHaveAttribute('data-status', 'failure');
  await steps(page).nth(0).hover();
  await expect(timeline.getByText('Body ran')).toBeVisible();
  await button(page, 'Zoom in').click();
  await expect(button(page, 'Show the whole run')).toBeEnabled();
  await button(page, 'Show the whole run').click();

  const count = page.getByRole('region', { name: 'Events' }).getByRole('status');
  const all = await count.textContent();
  await timeline.getByRole('button', { name: 'first' }).click();
  await expect(count).not.toHaveText(all ?? '');
  await expect(page.getByRole('combobox', { name: 'Step' })).toHaveValue('first');

  await page.getByText('Table', { exact: true }).click();
  await button(page, 'Duration').click();
  await expect(button(page, 'Duration, sorted descending')).toBeVisible();

  await button(page, /broken · line 2/)
    .first()
    .click();
  await page.waitForURL(/\/graph/);
  await expect(page.getByRole('textbox', { name: 'Body of broken' })).toHaveCount(1);
});

test('nothing on the first page moves once it is there, with projects and without', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      // Less than a thousandth is the one width of a font that is not there yet.
      for (const entry of list.getEntries())
        if (Reflect.get(entry, 'value') > 0.001) shifts.push(JSON.stringify(entry));
    }).observe({ type: 'layout-shift', buffered: true });
    // The list of the examples comes late, as from a slow server. (The service worker answers before any route.)
    const ask = window.fetch.bind(window);
    window.fetch = async (input, init) => {
      if (String(input).endsWith('examples/index.json'))
        await new Promise((resolve) => setTimeout(resolve, 700));
      return ask(input, init);
    };
  });
  const shifts = () => page.evaluate(() => Reflect.get(window, 'shifts') as readonly string[]);
  await page.goto('/');
  await expect(button(page, 'Take the tour')).toBeVisible();
  expect(await shifts()).toEqual([]);
  await openWeather(page);
  await page.goto('/');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Projects', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /Seattle weather/ }).first()).toBeVisible();
  await expect(page.getByTestId('example-seattle-weather')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
  expect(await shifts()).toEqual([]);
});

test('a failed run is re-executed from the failure, as a whole, and in selected steps', async ({ page }) => {
  await openAssets(page, 'Again', [
    { key: 'first', body: "() => 'one'" },
    { key: 'second', body: "() => { throw new Error('not yet'); }" },
  ]);
  await materializeAll(page);
  await expect(node(page, 'second')).toHaveAttribute('data-status', 'failed');
  await editBody(page, 'second', "export default () => 'two'\n");
  await expectSaved(page);
  await goTo(page, 'runs');
  await runRows(page).getByRole('link').first().click();
  await expect(steps(page)).toHaveCount(2);
  await button(page, 'Re-execute from failure').click();
  await expect(page.getByText('Re-executes')).toBeVisible();
  await expect(steps(page)).toHaveCount(1);
  await expect(steps(page)).toHaveAttribute('data-status', 'success');

  await goTo(page, 'runs');
  await expect.poll(() => runStatuses(page)).toEqual(['success', 'failure']);
  await runRows(page).nth(1).getByRole('link').click();
  await page.getByText('Table', { exact: true }).click();
  await page.getByLabel('Select first').check();
  await button(page, 'More ways to re-execute').click();
  await page.getByRole('menuitem', { name: /Re-execute selected steps/ }).click();
  await expect(page.getByText('Selected steps')).toBeVisible();
  await expect(page.getByText('From failure')).toHaveCount(0);

  await goTo(page, 'runs');
  await expect.poll(() => runStatuses(page)).toEqual(['success', 'success', 'failure']);
  await page.getByText('Failed', { exact: true }).first().click();
  await expect(runRows(page)).toHaveCount(1);
  await page.getByText('All', { exact: true }).click();
  await page.getByLabel('Filter runs by text').fill('re-execution');
  await expect(runRows(page)).toHaveCount(2);
});

test('the catalog is searched, filtered and sorted, and an asset’s numbers are plotted', async ({ page }) => {
  await page.goto('/');
  await openWeather(page);
  await materializeTwice(page);
  await goTo(page, 'catalog');
  const rows = page.getByTestId('catalog-row');
  await expect(rows).toHaveCount(13);
  await button(page, 'Size').click();
  await expect(rows.first()).toContainText('1,461 rows');
  await page.getByRole('combobox', { name: 'Group' }).click();
  await page.getByRole('option', { name: 'insights' }).click();
  await expect(rows).toHaveCount(5);
  await page.getByLabel('Search assets').fill('yearly');
  await expect(rows).toHaveCount(1);
  await rows.getByRole('link').click();

  await expect(page.getByRole('heading', { level: 1, name: 'yearly_summary' })).toBeVisible();
  const lineage = page.getByRole('region', { name: 'Lineage' });
  await expect(lineage.getByRole('list', { name: 'Feeds' }).getByRole('link')).toContainText([
    'seattle_report',
  ]);
  const plots = page.getByRole('region', { name: 'Over time' });
  const duration = plots.getByRole('img', { name: /^Duration along time, 2 values/ });
  await expect(duration).toBeVisible();
  await duration.focus();
  await page.keyboard.press('ArrowLeft');
  await plots.getByText('Show the numbers as a table').click();
  await expect(plots.getByRole('row')).toHaveCount(3);
  await lineage.getByRole('link', { name: 'seattle_report' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'seattle_report' })).toBeVisible();
});

test('a project is renamed, duplicated, deleted and brought back with everything in it', async ({ page }) => {
  await openAssets(page, 'Orders', [{ key: 'a', body: "() => 'kept'" }]);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await page.getByRole('link', { name: 'Headwater: all projects' }).click();
  await projectAct(page, 'Orders', 'Rename');
  await page.getByRole('textbox', { name: 'Name' }).fill('Sales');
  await button(page, 'Rename').click();
  await expect(projects(page)).toHaveText(['Sales']);
  await projectAct(page, 'Sales', 'Duplicate');
  await expect(projects(page)).toHaveCount(2);
  await projectAct(page, 'Sales', 'Delete');
  await expect(projects(page)).toHaveText(['Sales copy']);
  await page
    .getByRole('alert')
    .filter({ hasText: 'Deleted “Sales”' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(projects(page)).toHaveCount(2);
  await projectAct(page, 'Sales copy', 'Delete');
  await expect(projects(page)).toHaveText(['Sales']);

  await page.reload();
  await expect(page.getByRole('region', { name: 'Recently deleted' })).toContainText('Sales copy');
  await button(page, 'Bring back').click();
  await expect(projects(page)).toHaveCount(2);
  await projects(page).filter({ hasText: 'Sales copy' }).click();
  await expect(nodes(page)).toHaveCount(1);
  await expectAll(page, 'materialized');
  await goTo(page, 'runs');
  await expect(runRows(page)).toHaveAttribute('data-status', 'success');

  await page.getByRole('link', { name: 'Headwater: all projects' }).click();
  const download = page.waitForEvent('download');
  await button(page, /Back up all/).click();
  const path = await (await download).path();
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Restore').last().click();
  await (await chooser).setFiles({
    name: 'all.headwater.backup',
    mimeType: 'application/octet-stream',
    buffer: (await import('node:fs')).readFileSync(path),
  });
  await expect(projects(page)).toHaveCount(4);
});

test('settings hold: the time zone of every exact time, one step at a time, and how much is kept', async ({
  page,
}) => {
  await openAssets(page, 'Settings', [
    {
      key: 'a',
      body: 'async () => { await new Promise((done) => setTimeout(done, 300)); return Math.random(); }',
    },
    {
      key: 'b',
      body: 'async () => { await new Promise((done) => setTimeout(done, 300)); return Math.random(); }',
    },
  ]);
  const choose = async (label: string, option: string) => {
    await page.getByLabel(label, { exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  await page.getByRole('link', { name: 'Settings' }).click();
  await choose('Steps at the same time', 'One after another');
  await choose('Values kept of each asset', 'The newest one only');
  await page.getByLabel('Time zone', { exact: true }).fill('Tokyo');
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  const tokyo = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
  });
  await expect(page.getByText(`, ${tokyo.format(Date.now()).slice(0, 2)}:`)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Time zone', { exact: true })).toHaveValue('Asia/Tokyo');
  await button(page, 'Back').click();

  await expect(nodes(page)).toHaveCount(2);
  await materializeTwice(page);
  await goTo(page, 'runs');
  await runRows(page).first().getByRole('link').click();
  await page.getByText('Table', { exact: true }).click();
  const offsets = await steps(page).locator('[data-column="waited"]').allTextContents();
  const later = Math.max(
    ...offsets.map((text) => Number.parseFloat(text) * (text.endsWith(' s') ? 1000 : 1)),
  );
  expect(later).toBeGreaterThan(280);

  await goTo(page, 'graph');
  await select(page, 'a');
  await page.getByRole('tab', { name: 'History' }).click();
  const history = page.getByRole('list', { name: 'Materializations' }).getByRole('listitem');
  await expect(history).toHaveCount(2);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText(/“Settings” keeps 2 values/)).toBeVisible();
});

test('the tour leads through the weather example, and can be left and taken up again', async ({ page }) => {
  await page.goto('/');
  await button(page, /Take the tour/).click();
  const tour = page.getByRole('complementary', { name: 'Tour' });
  await expect(tour).toContainText('step 1 of 5');
  await button(page, 'Open the example').click();
  await expect(nodes(page).first()).toBeVisible();
  await expect(tour).toContainText('step 2 of 5');
  await materializeAll(page);
  await expect(tour).toContainText('step 3 of 5', { timeout: 60_000 });
  await button(page, 'Leave the tour').click();
  await expect(tour).toHaveCount(0);
  await page.reload();
  await expect(nodes(page).first()).toBeVisible();
  await button(page, 'Help').click();
  await page.getByRole('menuitem', { name: 'Go on with the tour: step 3 of 5' }).click();
  await select(page, 'yearly_summary');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(tour).toContainText('step 4 of 5');
  await button(page, 'Skip this step').click();
  await page.getByRole('link', { name: 'Runs' }).click();
  await runRows(page).getByRole('link').first().click();
  await expect(tour).toContainText('That is all you need');
  await tour.getByRole('button', { name: 'Close' }).click();
  await expect(tour).toHaveCount(0);
});
