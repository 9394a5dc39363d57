// Types along the edges: a column that is renamed upstream turns its consumers red before anything runs, and is
// mended everywhere in one step.

import type { Page } from '@playwright/test';
import {
  assetsIn,
  button,
  editBody,
  expectAll,
  expectSaved,
  materializeAll,
  node,
  openProjectText,
  projectText,
  savedFile,
  select,
} from './app-page.ts';
import { expect, test } from './story.ts';

const orders = (field: string) =>
  `function orders() {\n  return [{ id: 1, ${field}: 20 }, { id: 2, ${field}: 22 }];\n}`;

const project = projectText('Types', [
  { key: 'orders', body: orders('amount') },
  { key: 'taxed', body: '({ orders }) => orders.map((o) => ({ ...o, tax: o.amount * 0.2 }))' },
  { key: 'report', body: "({ taxed }) => 'sum ' + taxed.reduce((sum, { amount }) => sum + amount, 0)" },
]);

const badge = (page: Page, key: string) => node(page, key).getByRole('button', { name: /problem/ });
const badEdges = (page: Page) => page.locator('[data-problem="types"]');
const suggestion = (page: Page, name: string) =>
  page.locator('.suggest-widget').getByRole('option', { name: new RegExp(`^${name}\\b`) });

async function showProblems(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: /^Problems/ });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
}

test('a body is offered the assets it can read, and the columns of those it reads', async ({ page }) => {
  await page.goto('/');
  await openProjectText(page, project);
  await select(page, 'report');
  await page.getByRole('tab', { name: 'Body' }).click();
  const editor = page.getByRole('textbox', { name: 'Body of report' });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('export default ({ taxed,  }) => {\n  return taxed[0].;\n};\n');
  await page.keyboard.press('ControlOrMeta+Home');
  for (let i = 0; i < 'export default ({ taxed, '.length; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Space');
  await expect(suggestion(page, 'orders')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Space');
  for (const column of ['id', 'amount', 'tax']) await expect(suggestion(page, column)).toBeVisible();
});

test('a column renamed upstream turns consumers red before any run, and is renamed everywhere in one step', async ({
  page,
}) => {
  await page.goto('/');
  await openProjectText(page, project);
  await expect(badge(page, 'taxed')).toHaveCount(0);
  const first = await savedFile(page);

  await editBody(page, 'orders', `export default ${orders('total')}\n`);
  await expect(badge(page, 'taxed')).toBeVisible();
  await expect(badge(page, 'report')).toBeVisible();
  await expect(badEdges(page)).toHaveCount(2);
  await expect(badge(page, 'orders')).toHaveCount(0);
  await showProblems(page);
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText('“amount” of “orders” is called “total” now.');

  // A line leads to the place in the body.
  await problems.getByRole('button', { name: /taxed:1:/ }).click();
  await expect(page.getByRole('textbox', { name: 'Body of taxed' })).toBeFocused();

  await problems.getByRole('button', { name: 'Rename everywhere' }).first().click();
  await expect(badEdges(page)).toHaveCount(0);
  await expect(badge(page, 'taxed')).toHaveCount(0);
  await expect(badge(page, 'report')).toHaveCount(0);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  const mended = assetsIn(await savedFile(page));
  expect(mended.taxed?.body).toContain('o.total * 0.2');
  expect(mended.report?.body).toContain('{ total: amount }');

  await button(page, 'Undo: Rename amount to total').click();
  await expect(badEdges(page)).toHaveCount(2);
  await button(page, /^Undo: Edit/).click();
  await expect(badEdges(page)).toHaveCount(0);
  await expectSaved(page);
  expect(await savedFile(page)).toBe(first);
});

test('a field renamed in the editor takes its consumers along, as one step', async ({ page }) => {
  await page.goto('/');
  await openProjectText(page, project);
  await select(page, 'orders');
  await page.getByRole('tab', { name: 'Body' }).click();
  await page.getByRole('textbox', { name: 'Body of orders' }).focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  for (let i = 0; i < '  return [{ id: 1, am'.length; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F2');
  const box = page.locator('.rename-box input');
  await expect(box).toBeVisible();
  await box.fill('total');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Undo: Rename amount to total')).toBeVisible();
  await expectSaved(page);
  const renamed = assetsIn(await savedFile(page));
  expect(renamed.orders?.body).toBe(`export default ${orders('total')}\n`);
  expect(renamed.taxed?.body).toContain('o.total * 0.2');
  expect(renamed.report?.body).toContain('{ total: amount }');
  await expect(badEdges(page)).toHaveCount(0);
});

test('Ctrl+S formats the body', async ({ page }) => {
  await page.goto('/');
  await openProjectText(page, project);
  await editBody(
    page,
    'report',
    'export default ({taxed})=>{\n      const sum=1+taxed.length\nreturn sum\n}\n',
  );
  await page.keyboard.press('ControlOrMeta+s');
  await expect
    .poll(async () => assetsIn(await savedFile(page)).report?.body)
    .toBe('export default ({ taxed }) => {\n  const sum = 1 + taxed.length\n  return sum\n}\n');
});
