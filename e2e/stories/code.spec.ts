// The graph as TypeScript: what an export holds for an asset.

import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import {
  button,
  editBody,
  expectAll,
  materializeAll,
  node,
  nodes,
  openWeather,
  rename,
  savedFile,
  select,
} from './app-page.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

const fileLink = (page: Page, path: string): Locator =>
  page.getByRole('navigation', { name: 'Files' }).getByTitle(path, { exact: true });

test('the Code tab shows what an export holds for an asset, and follows edits', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await openWeather(page);
  await select(page, 'daily_weather');
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const code = page.getByRole('region', { name: 'Code of assets/daily_weather.ts' });
  await expect(code).toContainText('} satisfies AssetOptions;');
  await expect(code).toContainText("ins: { raw_weather: new AssetIn({ key: 'raw/weather' }) },");
  await button(page, 'Copy the file').click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('export default function daily_weather(');
  const look = createLook(page);
  await look.at('code-tab');
  expect(look.faults()).toEqual([]);

  await editBody(page, 'daily_weather', 'export default function other({ raw_weather }) {\n  return 1;\n}\n');
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await expect(code).toContainText('export default function other({ raw_weather }) {');
  await expect(code).toContainText("key: 'daily_weather',");

  await node(page, 'raw/weather').click();
  const file = page.getByRole('region', { name: 'Code of assets/raw/weather.ts' });
  await expect(file).toContainText('export default fileAsset({');
});

test('the Code page shows the files of an export as they are now, and a zip of them opens as the same project', async ({
  page,
}) => {
  await page.goto('/');
  await openWeather(page);
  await select(page, 'yearly_summary');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Code' }).click();
  await expect(fileLink(page, 'assets/yearly_summary.ts')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('region', { name: 'Code of assets/yearly_summary.ts' })).toContainText(
    'export default function yearly_summary(',
  );
  await fileLink(page, 'definitions.ts').click();
  await expect(page).toHaveURL(/\/code\/definitions\.ts$/);
  const definitions = page.getByRole('region', { name: 'Code of definitions.ts' });
  await expect(definitions.locator('[data-marked]')).toContainText('yearlySummary.default');
  const look = createLook(page);
  await look.at('code-page');
  expect(look.faults()).toEqual([]);

  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download zip').click()]);
  expect(download.suggestedFilename()).toBe('seattle-weather.zip');
  const before = await savedFile(page);
  await page.goto('/');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Open file').click()]);
  await chooser.setFiles(
    await download.path().then(async (path) => ({
      name: 'seattle-weather.zip',
      mimeType: 'application/zip',
      buffer: await readFile(path),
    })),
  );
  await expect(nodes(page).first()).toBeVisible();
  await materializeAll(page);
  await expectAll(page, 'materialized');
  expect(await savedFile(page)).toBe(before);
});

test('code that is edited on the Code page becomes one step of the graph, and what cannot be read changes nothing', async ({
  page,
}) => {
  await page.goto('/');
  await openWeather(page);
  const before = await savedFile(page);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Code' }).click();
  await fileLink(page, 'assets/wet_spells.ts').click();
  await button(page, 'Edit').click();
  const text = page.getByRole('textbox', { name: 'Text of assets/wet_spells.ts' });
  const original = await text.inputValue();
  await text.fill(original.replace("groupName: 'daily'", 'groupName: pick()'));
  await button(page, 'Apply to the graph').click();
  await expect(page.getByRole('alert')).toContainText('“groupName” cannot be read: it must be a text.');
  const look = createLook(page);
  await look.at('code-edit');
  expect(look.faults()).toEqual([]);

  await text.fill(original.replaceAll('wet_spells', 'rainy_spells'));
  await button(page, 'Apply to the graph').click();
  await expect(page).toHaveURL(/\/code\/assets\/rainy_spells\.ts$/);
  await expect(page.getByRole('region', { name: 'Code of assets/rainy_spells.ts' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Graph' }).click();
  await expect(node(page, 'rainy_spells')).toBeVisible();
  await button(page, /^Undo/).click();
  await expect(node(page, 'wet_spells')).toBeVisible();
  expect(await savedFile(page)).toBe(before);
});

test('what has changed since the last export is shown line by line', async ({ page }) => {
  await page.goto('/');
  await openWeather(page);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Code' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download zip').click()]);
  await download.path();
  await page.getByRole('switch', { name: 'Changes since the last export' }).check({ force: true });
  await expect(
    page.getByRole('heading', { name: 'Nothing has changed since the last export' }),
  ).toBeVisible();
  await pages.getByRole('link', { name: 'Graph' }).click();
  await rename(page, 'wet_spells', 'rainy_spells');
  await pages.getByRole('link', { name: 'Code' }).click();
  await page.getByRole('switch', { name: 'Changes since the last export' }).check({ force: true });
  await fileLink(page, 'definitions.ts').click();
  const changes = page.getByRole('region', { name: 'Changes of definitions.ts' });
  await expect(changes.locator('[data-change="removed"]').first()).toContainText('wetSpells');
  await expect(changes.locator('[data-change="added"]').first()).toContainText('rainySpells');
  const look = createLook(page);
  await look.at('code-changes');
  expect(look.faults()).toEqual([]);
});
