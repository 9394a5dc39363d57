// One body that makes several assets: drawn, typed, run, taken apart and put together again.

import type { Locator, Page } from '@playwright/test';
import { addAsset, button, editBody, expectAll, expectSaved, node, nodes, savedFile } from './app-page.ts';
import { expect, test } from './story.ts';

const frame = (page: Page, name: string): Locator =>
  page.locator(`[data-testid="unit-node"][data-unit-name="${name}"]`);

async function typeUnitBody(page: Page, name: string, body: string): Promise<void> {
  await frame(page, name).getByText(name).click();
  await page.getByRole('tab', { name: 'Body' }).click();
  await page.getByRole('textbox', { name: `Body of ${name}` }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(body);
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [source, target] = [await from.boundingBox(), await to.boundingBox()];
  if (!source || !target) throw new Error('the ends are not on the screen');
  await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 });
  await page.mouse.up();
}

const withoutLog = (text: string): unknown => JSON.parse(text);

test('a multi-asset is drawn, fed, run and taken apart, and undo gives every step back', async ({
  page,
}, info) => {
  await page.goto('/');
  await button(page, 'New project').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await addAsset(page, 'numbers');
  await editBody(page, 'numbers', 'export default () => [3, 1, 2];\n');
  const empty = withoutLog(await savedFile(page));

  await page.getByRole('button', { name: 'Multi-asset' }).press('Enter');
  await expect(nodes(page)).toHaveCount(3);
  await expect(page.getByRole('heading', { level: 2, name: 'multi_asset' })).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Zoom to fit').press('Enter');

  // An edge drawn to the frame adds the name to the one body; it is one edge, and all outputs read it.
  await node(page, 'numbers').hover();
  await drag(
    page,
    node(page, 'numbers').locator('.react-flow__handle.source'),
    frame(page, 'multi_asset').getByText('multi_asset'),
  );
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);
  await expect(page.locator('.react-flow__edge')).toHaveAttribute('data-testid', /rf__edge/);
  await typeUnitBody(
    page,
    'multi_asset',
    'export default ({ numbers }) => ({\n  first: Math.min(...numbers),\n  second: numbers.toSorted(),\n});\n',
  );
  const outputs = page.getByRole('region', { name: 'Outputs' });
  await outputs.getByRole('textbox', { name: 'Name of first in the body' }).fill('least');
  await page.keyboard.press('Enter');
  // The body is rewritten with it.
  await expectSaved(page);
  expect(await savedFile(page)).toContain('least: Math.min(...numbers)');
  await button(page, 'Materialize all').press('Enter');
  await expectAll(page, 'materialized');

  await node(page, 'first').click();
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('1', { exact: true }).first()).toBeVisible();
  await page.screenshot({ path: info.outputPath('row-selected.png') });

  // A body with a problem shows on the frame.
  const whole = withoutLog(await savedFile(page));
  await typeUnitBody(page, 'multi_asset', 'export default ({ numbers }) => ({ least: 1, second: 2 ;\n');
  await expect(frame(page, 'multi_asset').getByRole('button', { name: /problem/ })).toBeVisible();
  await page.screenshot({ path: info.outputPath('problem.png') });
  await page.getByRole('textbox', { name: 'Body of multi_asset' }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(frame(page, 'multi_asset').getByRole('button', { name: /problem/ })).toHaveCount(0);
  expect(withoutLog(await savedFile(page))).toEqual(whole);

  // Add, set optional, remove an output.
  await frame(page, 'multi_asset').getByText('multi_asset').click();
  await button(page, 'Add an output').click();
  await expect(nodes(page)).toHaveCount(4);
  await outputs.getByRole('checkbox', { name: 'output is required' }).uncheck();
  await outputs.getByLabel('Can make a part').check({ force: true });
  await button(page, 'Remove output output').click();
  await expect(nodes(page)).toHaveCount(3);

  // Copied whole: the copy has a name and keys of its own.
  await frame(page, 'multi_asset').getByText('multi_asset').click();
  await page.keyboard.press('ControlOrMeta+d');
  await expect(frame(page, 'multi_asset_copy')).toBeVisible();
  await expect(node(page, 'first_copy')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(frame(page, 'multi_asset_copy')).toHaveCount(0);

  // Moved as one, by its frame or by a row.
  await button(page, 'Zoom to fit').press('Enter');
  const before = await node(page, 'second').boundingBox();
  await drag(page, frame(page, 'multi_asset').getByText('multi_asset'), button(page, 'Zoom to fit'));
  await expect.poll(async () => (await node(page, 'second').boundingBox())?.y).not.toBe(before?.y);

  await page.reload();
  await expectAll(page, 'materialized');
  await expect(frame(page, 'multi_asset')).toBeVisible();
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo/ });
  for (let i = 0; i < 40; i += 1) {
    if (JSON.stringify(withoutLog(await savedFile(page))) === JSON.stringify(empty)) break;
    await undo.press('Enter');
  }
  expect(withoutLog(await savedFile(page))).toEqual(empty);
});
