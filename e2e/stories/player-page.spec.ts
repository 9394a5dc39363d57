// A page that carries a project, opened from a disk: it shows the graph, runs it, and asks nobody for anything.

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import {
  button,
  expectAll,
  expectSaved,
  materializeAll,
  openShare,
  openWeather,
  savedFile,
} from './app-page.ts';
import { expect, test } from './story.ts';

async function downloadPage(page: Page, path: string): Promise<void> {
  await openShare(page);
  await page.getByText('First rows', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Results' }).check();
  await expect(page.getByRole('region', { name: 'What is inside' })).toContainText('Results of 13 assets');
  const download = page.waitForEvent('download');
  await button(page, 'Download HTML').click();
  await (await download).saveAs(path);
}

test('the page of an example shows what came along, runs it from a disk, and gives the project back', async ({
  page,
  browser,
}, info) => {
  await page.goto('/');
  await openWeather(page);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await expectSaved(page);
  const documentText = await savedFile(page);
  const path = info.outputPath('seattle-weather.html');
  await downloadPage(page, path);

  // A context of its own: what is not in the file is not there.
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const asked: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  const alone = await context.newPage();
  await alone.goto(pathToFileURL(path).href);
  await expect(alone.getByRole('heading', { name: 'Seattle weather', level: 1 })).toBeVisible();
  await expect(alone.getByRole('status')).toHaveText('Nothing has run yet.');
  await button(alone, /^daily_weather/).click();
  const panel = alone.getByRole('complementary', { name: 'daily_weather' });
  await expect(panel).toContainText('Never materialized');
  const before = panel.getByRole('region', { name: 'When this page was made' });
  await expect(before).toContainText('1,461 rows');
  await expect(before.getByRole('columnheader', { name: 'tempMean' })).toBeVisible();

  await button(alone, 'Run').click();
  await expect(alone.getByRole('status')).toHaveText('Succeeded: 13 of 13 assets materialized.');
  await expect(panel).toContainText('The first 100 of 1,461 rows.');
  await expect(before).toHaveCount(0);
  const download = alone.waitForEvent('download');
  await button(alone, 'Save project').click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe(documentText);
  expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
