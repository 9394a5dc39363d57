// A pipeline drawn by hand over a dropped CSV file: typed with completion, broken by a rename upstream before
// anything runs, mended in one step, and taken back to the byte, across a reload.

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { assetsIn, button, expectAll, expectSaved, latestText, node, nodes, savedFile } from './app-page.ts';
import { expect, test } from './story.ts';

// Monthly employment in the United States, 2006 to 2015, by the Bureau of Labor Statistics: a work of the
// U.S. government, as the package vega-datasets (BSD 3-Clause) ships it.
const csv = fileURLToPath(
  new URL('../../node_modules/vega-datasets/data/us-employment.csv', import.meta.url),
);

const edges = (page: Page) => page.locator('.react-flow__edge');
const badEdges = (page: Page) => page.locator('[data-problem="types"]');
const badge = (page: Page, key: string) => node(page, key).getByRole('button', { name: /problem/ });
const problems = (page: Page) => page.getByRole('list', { name: 'Problems' });

/** Drops a file from the disk, as the browser does for a real pointer: hit-tested and trusted. */
async function dropFile(page: Page, path: string, x: number, y: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  await devtools.detach();
}

/** Presses `A` over the canvas and types the name. */
async function add(page: Page, key: string): Promise<void> {
  await page.keyboard.press('a');
  await expect(page.getByLabel('Asset name')).toBeFocused();
  await page.keyboard.type(key);
  await page.keyboard.press('Enter');
  await node(page, key).waitFor();
}

/** Drags from the right edge of one node to the left edge of another. */
async function connect(page: Page, from: string, to: string): Promise<void> {
  await node(page, from).hover();
  const source = await node(page, from).locator('.react-flow__handle.source').boundingBox();
  const target = await node(page, to).locator('.react-flow__handle.target').boundingBox();
  if (!source || !target) throw new Error('the handles are not on the screen');
  await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 });
  await page.mouse.up();
}

const editor = (page: Page, key: string) => page.getByRole('textbox', { name: `Body of ${key}` });

/** Opens a body by a click on its node. */
async function openBody(page: Page, key: string): Promise<void> {
  await node(page, key).click();
  await page.getByRole('tab', { name: 'Body' }).click();
  await editor(page, key).focus();
}

/** Types key by key; `[name]` is taken from the list of suggestions after its first letters. */
async function typeWithCompletion(page: Page, text: string): Promise<void> {
  for (const [index, part] of text.split(/\[\[(\w+)\]\]/).entries()) {
    if (index % 2 === 0) {
      await page.keyboard.type(part, { delay: 5 });
      continue;
    }
    await page.keyboard.type(part.slice(0, 2), { delay: 5 });
    const option = page.locator('.suggest-widget').getByRole('option', { name: new RegExp(`^${part}\\b`) });
    await expect(option).toBeVisible();
    await option.click();
  }
}

/** Presses a key until the history ends. */
async function travel(page: Page, keys: string, end: string): Promise<void> {
  while (!(await button(page, end).isVisible())) {
    await page.keyboard.press(keys);
    await expectSaved(page);
  }
}

test('a pipeline over a dropped CSV is typed with its columns, breaks before a run, is mended and taken back', async ({
  page,
}) => {
  test.slow();
  await page.goto('/');
  await button(page, 'New project').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await expect(page.getByRole('heading', { name: 'Draw your first asset' })).toBeVisible();
  const empty = await savedFile(page);

  // The source: a file dropped on the canvas.
  await dropFile(page, csv, 260, 300);
  const dialog = page.getByRole('dialog', { name: 'Add data file' });
  await expect(dialog.getByRole('status')).toHaveText('All 120 rows fit.');
  await expect(dialog.getByLabel('nonfarm is nullable')).not.toBeChecked();
  await dialog.getByLabel('Name of the asset').fill('employment');
  await dialog.getByRole('button', { name: 'Add asset' }).click();
  await expect(node(page, 'employment')).toBeVisible();
  const box = await node(page, 'employment').boundingBox();
  if (!box) throw new Error('the source is not on the screen');
  expect(Math.abs(box.x + box.width / 2 - 260)).toBeLessThan(16);
  expect(Math.abs(box.y + box.height / 2 - 300)).toBeLessThan(16);

  // Two more, connected by dragging.
  await add(page, 'shares');
  await expect(page.getByRole('tab', { name: 'Body' })).toHaveAttribute('aria-selected', 'true');
  await add(page, 'report');
  await connect(page, 'employment', 'shares');
  await connect(page, 'shares', 'report');
  await expect(edges(page)).toHaveCount(2);

  await openBody(page, 'shares');
  await expect(page.locator('.view-lines')).toContainText('shares({ employment })');
  await page.keyboard.press('ControlOrMeta+a');
  await typeWithCompletion(
    page,
    'export default function shares({ employment }) {\n' +
      'return employment.map((row) => ({\n' +
      'month: row.[[month]],\nshare: row.[[government]] / row.[[nonfarm]],\n}));\n}',
  );
  await openBody(page, 'report');
  await page.keyboard.press('ControlOrMeta+a');
  await typeWithCompletion(
    page,
    'export default function report({ shares }) {\n' +
      'const most = shares.reduce((a, b) => (b.[[share]] > a.[[share]] ? b : a));\n' +
      "return 'Government peaked in ' + most.[[month]].toISOString().slice(0, 7);\n}",
  );
  await page.keyboard.press('Escape');
  await expect(edges(page)).toHaveCount(2);
  await button(page, 'Materialize all').click();
  await expectAll(page, 'materialized');
  await expect(badEdges(page)).toHaveCount(0);
  await expectSaved(page);
  const drawn = await savedFile(page);
  expect(await latestText(page, 'report')).toBe('Government peaked in 2010-05');
  await page.goBack();

  // A column is renamed at the source, and nothing runs.
  await node(page, 'employment').click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await button(page, 'Edit schema…').click();
  const schema = page.getByRole('dialog', { name: /employment/ });
  await schema.getByLabel('Name of column 2', { exact: true }).fill('everybody');
  await schema.getByRole('button', { name: 'Replace file' }).click();
  await expect(badge(page, 'shares')).toBeVisible();
  await expect(badEdges(page)).toHaveCount(1);
  await expect(badge(page, 'report')).toHaveCount(0);
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(problems(page)).toContainText('“nonfarm” of “employment” is called “everybody” now.');
  await expectSaved(page);
  const broken = await savedFile(page);

  await problems(page).getByRole('button', { name: 'Rename everywhere' }).click();
  await expect(badEdges(page)).toHaveCount(0);
  await expect(badge(page, 'shares')).toHaveCount(0);
  await expectSaved(page);
  const mended = await savedFile(page);
  expect(assetsIn(mended).shares?.body).toContain('row.government / row.everybody');

  // Back, one step before the reload and the rest after it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(badEdges(page)).toHaveCount(1);
  await expectSaved(page);
  expect(await savedFile(page)).toBe(broken);
  await page.reload();
  await expect(nodes(page)).toHaveCount(3);
  await expect(badEdges(page)).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(badEdges(page)).toHaveCount(0);
  await expectAll(page, 'materialized');
  await expectSaved(page);
  expect(await savedFile(page)).toBe(drawn);

  await travel(page, 'ControlOrMeta+z', 'Nothing to undo');
  await expect(nodes(page)).toHaveCount(0);
  expect(await savedFile(page)).toBe(empty);

  await travel(page, 'ControlOrMeta+Shift+z', 'Nothing to redo');
  expect(await savedFile(page)).toBe(mended);
  await expect(edges(page)).toHaveCount(2);
});
