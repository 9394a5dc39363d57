// Every page and state in both themes, on a desk, a small laptop and a phone: pictures to look at, and nothing that
// reaches out of the window, is cut off, or is too pale.

import type { Page } from '@playwright/test';
import {
  button,
  expectAll,
  goTo,
  materializeAll,
  node,
  nodes,
  openAssets,
  openProjectText,
  openWeather,
  projectText,
  select,
} from './app-page.ts';
import { dropFiles, sales } from './drop-files.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

test.setTimeout(600_000);

/** Opens the inspector at a tab: where there is no room for it, by the icon that stands for it. */
async function inspect(page: Page, tab: string): Promise<void> {
  const shown = page.getByRole('tab', { name: tab, exact: true });
  const icon = page
    .getByRole('navigation', { name: 'Inspector panels' })
    .getByRole('button', { name: tab, exact: true });
  await expect(shown.or(icon).first()).toBeVisible();
  if (await shown.isVisible()) await shown.click();
  else await icon.click();
  await expect(shown).toHaveAttribute('aria-selected', 'true');
}

async function choose(page: Page, key: string): Promise<void> {
  await goTo(page, 'graph');
  await select(page, key);
}

const openFirstRun = async (page: Page) => {
  await goTo(page, 'runs');
  await page.getByTestId('run-row').getByRole('link').first().click();
  await expect(page.getByTestId('step-row').first()).toBeVisible();
};

test('the weather example fits, on every page', async ({ page }) => {
  const look = createLook(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Start with an example' })).toBeVisible();
  await look.at('first-visit');
  await openWeather(page);
  await look.at('graph-never');
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await look.at('graph');
  await page.keyboard.press('o');
  await look.at('outline');
  await page.keyboard.press('o');
  await choose(page, 'yearly_summary');
  for (const tab of ['Body', 'Settings', 'Data', 'History'])
    await look.at(`inspector-${tab.toLowerCase()}`, async () => {
      await inspect(page, tab);
      if (tab === 'Body') await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
    });
  for (const place of ['catalog', 'catalog/daily_weather', 'runs']) {
    await goTo(page, place);
    await look.at(place.replace('/', '-'));
  }
  await goTo(page, 'catalog');
  await page.getByLabel('Search assets').fill('nothing like this');
  await look.at('catalog-none');
  await openFirstRun(page);
  await look.at('run');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await look.at('settings');
  await page.getByRole('link', { name: 'Headwater: all projects' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await look.at('projects');
  expect(look.faults()).toEqual([]);
});

test('everything that opens over a page fits', async ({ page }) => {
  const look = createLook(page);
  await page.goto('/');
  await button(page, /Take the tour/).click();
  await look.at('tour-start');
  await button(page, 'Open the example').click();
  await expect(nodes(page).first()).toBeVisible();
  await look.at('tour');
  await button(page, 'Leave the tour').click();
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look.at('plan-preview');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look.at('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('Do, open or find something').fill('da');
  await look.at('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  await page.getByPlaceholder(/^Find by name/).fill('da');
  await look.at('canvas-search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('v');
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await look.at('graph-values');
  await page.keyboard.press('ControlOrMeta+a');
  await look.at('many-selected');
  await page.keyboard.press('Delete');
  await look.at('deleted');
  expect(look.faults()).toEqual([]);
});

const faulty = projectText('Faulty', [
  { key: 'orders', body: '() => [{ id: 1, total: 20 }, { id: 2, total: 22 }]' },
  { key: 'taxed', body: '({ orders }) => orders.map((o) => ({ ...o, tax: o.amount * 0.2 }))' },
  {
    key: 'broken',
    body: "({ taxed }) => {\n  throw new RangeError('The rate of 1.2 is more than the whole');\n}",
  },
  { key: 'behind', body: '({ broken, nothing_at_all }) => broken' },
]);

test('what goes wrong fits, and what is empty', async ({ page }) => {
  const look = createLook(page);
  await page.goto('/');
  await openProjectText(page, faulty);
  for (const [name, place] of [
    ['empty-runs', 'runs'],
    ['unknown-asset', 'catalog/nothing'],
    ['unknown-run', 'runs/00000000-0000-0000-0000-000000000000'],
  ] as const) {
    await goTo(page, place);
    await look.at(name);
  }
  await choose(page, 'taxed');
  await inspect(page, 'Data');
  await look.at('never-data', () => inspect(page, 'Data'));
  await look.at('never-history', () => inspect(page, 'History'));
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('amount');
  await look.at('problems');
  await look.at('problems-inspector', () => inspect(page, 'Body'));
  await choose(page, 'broken');
  await page.getByRole('tab', { name: 'Logs' }).click();
  await look.at('logs-empty');
  await button(page, 'Materialize selected').press('Enter');
  await look.at('refused', () => inspect(page, 'Body'));
  await button(page, 'More ways to materialize').click();
  await page.getByRole('menuitem', { name: /up to here/ }).click();
  await expect(node(page, 'broken')).toHaveAttribute('data-status', 'failed');
  await look.at('failed-inspector', () => inspect(page, 'Body'));
  await openFirstRun(page);
  await look.at('failed-run');
  expect(look.faults()).toEqual([]);
});

test('a file on its way in, its table and its bad rows fit, and so does a run under way', async ({
  page,
}) => {
  const look = createLook(page);
  await openAssets(page, 'Data', [
    {
      key: 'half_way',
      body: 'async (_, context) => {\n  context.progress(0.4, "40 of 100 pages");\n  await new Promise(() => {});\n}',
    },
    { key: 'after_it', body: '({ half_way }) => half_way' },
    { key: 'turning', body: 'async () => { await new Promise(() => {}); }' },
  ]);
  await dropFiles(page, [{ name: 'Sales 2024.csv', text: sales }]);
  const dialog = page.getByRole('dialog', { name: 'Add data file' });
  await dialog.getByLabel('Type of id').selectOption('integer');
  await expect(dialog.getByRole('status')).toContainText('2 rows of 7 do not fit');
  await look.at('import');
  await dialog.getByRole('button', { name: 'Add asset' }).click();
  await choose(page, 'sales_2024');
  await button(page, 'Materialize selected').press('Enter');
  await expect(node(page, 'sales_2024')).toHaveAttribute('data-status', 'materialized');
  await look.at('file-settings', () => inspect(page, 'Settings'));
  await look.at('filter-bar', async () => {
    await inspect(page, 'Data');
    await button(page, 'Filter').first().click();
    await expect(page.getByLabel('Value of filter 1')).toBeVisible();
  });
  await button(page, 'Show bad rows').click();
  await look.at('bad-rows');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await materializeAll(page);
  await expect(node(page, 'half_way')).toContainText('40 %');
  await look.at('running');
  expect(look.faults()).toEqual([]);
});
