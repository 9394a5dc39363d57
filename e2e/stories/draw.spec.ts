// A pipeline drawn and typed by hand: run, changed, run again, and taken back.

import type { Page } from '@playwright/test';
import {
  addAsset,
  button,
  editBody,
  expectAll,
  latestText,
  materializeAll,
  node,
  nodes,
  select,
} from './app-page.ts';
import { expect, test } from './story.ts';

/** Types over a body key by key, as a person does. */
async function typeBody(page: Page, key: string, lines: readonly string[]): Promise<void> {
  await select(page, key);
  await page.getByRole('tab', { name: 'Body' }).click();
  const editor = page.getByRole('textbox', { name: `Body of ${key}` });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(lines.join('\n'), { delay: 2 });
}

/** Drags from one node's right edge to another node's left edge. */
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

test('three assets drawn and typed by hand run, become stale with a reason, and undo makes them fresh', async ({
  page,
}) => {
  await page.goto('/');
  await button(page, 'New project').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  for (const key of ['numbers', 'doubled', 'total']) await addAsset(page, key);
  await expect(nodes(page)).toHaveCount(3);
  await typeBody(page, 'numbers', ['export default function numbers() {', 'return [1, 2, 3];', '}']);
  await typeBody(page, 'doubled', ['export default ({ numbers }) => numbers.map((n) => n * 2);']);
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);

  // The third edge is drawn: the name appears in the code.
  await page.keyboard.press('Escape');
  await connect(page, 'doubled', 'total');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await editBody(
    page,
    'total',
    "export default ({ doubled }) => 'sum ' + doubled.reduce((a, b) => a + b, 0);\n",
  );
  await materializeAll(page);
  await expectAll(page, 'materialized');
  expect(await latestText(page, 'total')).toBe('sum 12');
  await page.goBack();
  await expect(nodes(page)).toHaveCount(3);

  // An edge that would close a circle is refused, in words.
  await connect(page, 'total', 'numbers');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);

  await editBody(page, 'numbers', 'export default () => [1, 2, 30];\n');
  await expect(node(page, 'numbers')).toHaveAttribute('data-status', 'stale');
  await select(page, 'numbers');
  await expect(page.getByText('Has a new code version')).toBeVisible();
  await button(page, /^Undo: Edit/).click();
  await expectAll(page, 'materialized');
  await button(page, /^Redo: Edit/).click();
  await expect(node(page, 'numbers')).toHaveAttribute('data-status', 'stale');

  await button(page, 'Materialize selected').press('Enter');
  await expect(node(page, 'numbers')).toHaveAttribute('data-status', 'materialized');
  await expect(node(page, 'doubled')).toHaveAttribute('data-status', 'stale');
  await select(page, 'doubled');
  await expect(page.getByText('numbers has a new data version')).toBeVisible();
  await materializeAll(page);
  await expectAll(page, 'materialized');
  expect(await latestText(page, 'total')).toBe('sum 66');
});
