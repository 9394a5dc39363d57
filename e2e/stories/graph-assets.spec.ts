// An asset made in several steps: its ops are drawn and wired on a canvas of their own, one of them fails at first,
// and the run says how each stands. Undo takes all of it back.

import type { Locator, Page } from '@playwright/test';
import { addAsset, button, editBody, expectAll, node, nodes, savedFile } from './app-page.ts';
import { expect, test } from './story.ts';

const op = (page: Page, name: string): Locator => page.locator(`[data-testid="op-node"][data-op="${name}"]`);

async function centreOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a wire from the right edge of one to another, or to a place on the bare canvas. */
async function wire(page: Page, from: Locator, to: Locator | { x: number; y: number }): Promise<void> {
  const start = await centreOf(from.locator('.react-flow__handle.source'));
  const end = 'x' in to ? { x: start.x + to.x, y: start.y + to.y } : await centreOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 12 });
  await page.mouse.up();
}

async function typeOpBody(page: Page, name: string, body: string): Promise<void> {
  await page.getByRole('group', { name: `Op ${name}`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: `Body of ${name}` }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(body);
}

async function nameOp(page: Page, name: string): Promise<void> {
  await page.getByLabel('Op name').fill(name);
  await page.keyboard.press('Enter');
  await op(page, name).waitFor();
}

test('a graph asset of two ops is drawn, retried, followed and undone', async ({ page }) => {
  await page.goto('/');
  await button(page, 'New project').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await addAsset(page, 'numbers');
  await editBody(page, 'numbers', 'export default () => [3, 1, 2];\n');
  await button(page, 'Materialize all').press('Enter');
  await expectAll(page, 'materialized');
  const empty = JSON.parse(await savedFile(page)) as unknown;

  await button(page, 'Graph asset').press('Enter');
  await page.getByLabel('Asset name').fill('report');
  await page.keyboard.press('Enter');
  await button(page, 'Zoom to fit').press('Enter');
  await expect(nodes(page)).toHaveCount(2);
  await expect(node(page, 'report')).toContainText('1 op');
  await node(page, 'numbers').hover();
  await wire(page, node(page, 'numbers'), node(page, 'report'));
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);

  // It opens by keyboard, at an address of its own.
  await page.getByRole('group', { name: 'report', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/p\/[^/]+\/graph\/.+/);
  await expect(page.getByRole('navigation', { name: 'Where this is' })).toContainText('report');
  await expect(page.getByTestId('op-node')).toHaveCount(1);
  await expect(page.getByTestId('graph-output')).toHaveAttribute('data-key', 'report');

  // A wire from the input adds a parameter; one to the bare canvas makes an op that takes the value.
  await page.getByRole('group', { name: 'Op op', exact: true }).focus();
  await page.keyboard.press('F2');
  await nameOp(page, 'double');
  await wire(page, page.getByTestId('graph-input'), op(page, 'double'));
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await expect(page.getByLabel('Body of double')).toBeAttached();
  await expect(page.locator('.view-lines')).toContainText('double(numbers, context)');
  await op(page, 'double').hover();
  await wire(page, op(page, 'double'), { x: 40, y: 180 });
  await nameOp(page, 'add_up');
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);
  await expect(page.locator('.view-lines')).toContainText('add_up(double, context)');
  await op(page, 'add_up').hover();
  await wire(page, op(page, 'add_up'), page.getByTestId('graph-output'));
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);

  // What comes in is typed: a field that numbers do not have is marked.
  await typeOpBody(page, 'double', 'export default (numbers) => numbers.map((n) => n.amount);\n');
  await expect(page.locator('.squiggly-error')).toHaveCount(1);
  await typeOpBody(
    page,
    'double',
    [
      'export default (numbers, context) => {',
      "  context.log.info('try ' + context.retryNumber);",
      "  if (context.retryNumber < 1) throw new Error('the line is busy');",
      '  return numbers.map((n) => n * 2);',
      '};',
    ].join('\n'),
  );
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByLabel('Retries').fill('2');
  await page.getByLabel('Retries').press('Enter');
  await page.getByLabel('Delay, s').fill('0.2');
  await page.getByLabel('Delay, s').press('Enter');
  await typeOpBody(page, 'add_up', 'export default (double) => double.reduce((sum, n) => sum + n, 0);\n');

  // The run: how each op stands, its tries and what it says.
  await page.getByRole('button', { name: 'Materialize', exact: true }).click();
  await expect(op(page, 'add_up')).toHaveAttribute('data-status', 'success');
  await expect(op(page, 'double')).toHaveAttribute('data-status', 'success');
  await expect(op(page, 'double')).toContainText('2 tries');
  await op(page, 'double').click();
  await page.getByRole('tab', { name: 'Log' }).click();
  const log = page.getByRole('region', { name: 'Inspector' }).getByRole('region', { name: 'Events' });
  await expect(log).toContainText('the line is busy');
  await expect(log).toContainText('Started again, try 2');
  await expect(log).toContainText('try 1');

  // A reload in the middle finds the op, its body and how it went.
  await page.reload();
  await expect(op(page, 'double')).toContainText('2 tries');
  await op(page, 'add_up').click();
  await page.getByRole('tab', { name: 'Body' }).click();
  await expect(page.locator('.view-lines')).toContainText('double.reduce');

  // The run's page leads to the op.
  await page.getByRole('region', { name: 'Inspector' }).getByRole('link').first().click();
  await page.waitForURL(/\/runs\//);
  await page.getByText('Table', { exact: true }).click();
  await page.getByRole('link', { name: 'report.double' }).click();
  await page.waitForURL(/\/graph\/.+op=double/);
  await expect(page.getByRole('heading', { level: 2, name: 'double' })).toBeVisible();

  // A wire is drawn by keyboard, too.
  await page.getByRole('group', { name: 'Op add_up', exact: true }).focus();
  await page.keyboard.press('Enter');
  await button(page, 'Take a value').press('Enter');
  await page.getByLabel('Find an op or an input').fill('numbers');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__edge')).toHaveCount(4);
  await expect(page.locator('.view-lines')).toContainText('(double, numbers)');
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).press('Enter');
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);

  // An edge goes by its key, and undo brings it back; the way back to the assets is Esc.
  await page.locator('.react-flow__edge').last().click({ force: true });
  await page.keyboard.press('Delete');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);
  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  await page.waitForURL(/\/graph$/);
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');
  await expect(node(page, 'report')).toContainText('2 ops');

  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo/ });
  for (let i = 0; i < 40 && (await nodes(page).count()) > 1; i += 1) await undo.press('Enter');
  await expect.poll(async () => JSON.parse(await savedFile(page)) as unknown).toEqual(empty);
});
