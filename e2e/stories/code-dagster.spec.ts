// The graph as a Dagster project: the same page, live, with what cannot be said there named before anything is written.

import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { button, openAssets, openWeather, rename, select } from './app-page.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

const pageLink = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });
const file = (page: Page, path: string): Locator =>
  page.getByRole('navigation', { name: 'Files' }).getByTitle(path, { exact: true });
const codeOf = (page: Page, path: string): Locator => page.getByRole('region', { name: `Code of ${path}` });
const choose = (page: Page, target: string) =>
  page.getByRole('radiogroup', { name: 'Export as' }).getByText(target, { exact: true }).click();

test('the Code page shows the Dagster project, follows the graph, and gives it as a zip', async ({
  page,
}) => {
  await page.goto('/');
  await openWeather(page);
  await select(page, 'wet_spells');
  await pageLink(page, 'Code').click();
  await choose(page, 'Dagster');
  await expect(page).toHaveURL(/\/code\?target=dagster&executor=multiprocess$/);
  const daily = codeOf(page, 'seattle_weather/assets/daily.py');
  await expect(daily.locator('[data-marked]').first()).toContainText('@dg.asset(');
  await expect(daily.locator('[data-marked]').nth(1)).toContainText('key="wet_spells"');
  await expect(page.getByText('Read only: written from the graph')).toBeVisible();
  const look = createLook(page);
  await look.at('code-dagster');
  expect(look.faults()).toEqual([]);

  await page.getByRole('combobox', { name: 'Executor' }).selectOption('Celery');
  await file(page, 'pyproject.toml').click();
  await expect(codeOf(page, 'pyproject.toml')).toContainText('dagster-celery');
  await file(page, 'seattle_weather/definitions.py').click();
  const definitions = codeOf(page, 'seattle_weather/definitions.py');
  await expect(definitions.locator('[data-marked]')).toContainText('daily.wet_spells');

  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download zip').click()]);
  expect(download.suggestedFilename()).toBe('seattle-weather-dagster.zip');
  const files = unzipSync(new Uint8Array(await readFile(await download.path())));
  expect(new TextDecoder().decode(files['seattle_weather/definitions.py'])).toContain(
    'executor=dagster_celery.celery_executor',
  );
  const vendored = 'seattle_weather/typescript/vendor/headwater/headwater.mjs';
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['.headwater-export.json', 'seattle_weather/typescript/run-step.mjs', vendored]),
  );

  await pageLink(page, 'Graph').click();
  await rename(page, 'wet_spells', 'rainy_spells');
  await select(page, 'rainy_spells');
  await pageLink(page, 'Code').click();
  await expect(daily.locator('[data-marked]').nth(1)).toContainText('key="rainy_spells"');
  await page.getByRole('switch', { name: 'Changes since the last export' }).check({ force: true });
  await file(page, 'seattle_weather/definitions.py').click();
  const changes = page.getByRole('region', { name: 'Changes of seattle_weather/definitions.py' });
  await expect(changes.locator('[data-change="removed"]')).toContainText('daily.wet_spells');
  await expect(changes.locator('[data-change="added"]')).toContainText('daily.rainy_spells');
});

test('a file of the TypeScript in it leads to where it is edited', async ({ page }) => {
  await page.goto('/');
  await openWeather(page);
  await pageLink(page, 'Code').click();
  await choose(page, 'Dagster');
  const folder = page.getByRole('navigation', { name: 'Files' }).getByRole('button', { name: 'typescript' });
  await expect(folder).toHaveAttribute('aria-expanded', 'false');
  await folder.click();
  await file(page, 'seattle_weather/typescript/assets/station.ts').click();
  await page.getByRole('link', { name: 'Edit in the TypeScript project' }).click();
  await expect(page).toHaveURL(/\/code\/assets\/station\.ts$/);
  await expect(button(page, 'Edit')).toBeVisible();
});

test('what cannot be exported is said with a link to its asset, and the rest is exported on request', async ({
  page,
}) => {
  await openAssets(page, 'A gap', [
    { key: 'orders', body: '() => [1]' },
    { key: 'totals', body: '({ orders, gone }) => orders' },
    { key: 'report', body: '({ totals }) => totals' },
  ]);
  await pageLink(page, 'Code').click();
  await choose(page, 'Dagster');
  const problems = page.getByRole('list', { name: 'What cannot be exported' });
  await expect(problems).toContainText('Its input “gone” reads “gone”, which no asset has.');
  await expect(button(page, 'Download zip')).toBeDisabled();
  const look = createLook(page);
  await look.at('code-dagster-refused');

  await button(page, 'Export the rest: 1 asset').click();
  await expect(codeOf(page, 'a_gap/definitions.py')).toContainText('assets=[default.orders]');
  await page.getByText('2 things left out').click();
  const leftOut = page.getByRole('list', { name: 'What is left out' });
  await expect(leftOut.getByRole('listitem')).toHaveCount(2);
  await look.at('code-dagster-rest');
  expect(look.faults()).toEqual([]);
  await expect(button(page, 'Download zip')).toBeEnabled();
  await leftOut.getByRole('link', { name: 'totals' }).click();
  await expect(page).toHaveURL(/\/catalog\/totals$/);
});
