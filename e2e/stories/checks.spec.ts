// Checks: filled in as a form or written by hand, run with their asset or alone, and what they found.

import type { Locator, Page } from '@playwright/test';
import { button, expectSaved, focus, node, openAssets, rename, select } from './app-page.ts';
import { expect, test } from './story.ts';

const orders = `() => [
  { id: 1, city: 'Ulm' },
  { id: 2, city: 'Atlantis' },
  { id: 2, city: null },
]`;

async function openChecks(page: Page, key: string): Promise<void> {
  await select(page, key);
  await page.getByRole('tab', { name: 'Checks' }).click();
}

async function startCheck(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Add check', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${title}`) }).click();
  return page.getByRole('form', { name: `${title} check` });
}

const check = (page: Page, name: string): Locator =>
  page
    .getByRole('list', { name: 'Checks' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Run check ${name}` }) });

const badge = (page: Page, key: string): Locator => node(page, key).getByRole('button', { name: /^Checks:/ });

test('checks from forms run alone, show their failing rows, and go with their asset', async ({ page }) => {
  await openAssets(page, 'Shop', [
    { key: 'orders', body: orders },
    { key: 'cities', body: "() => [{ name: 'Ulm' }]" },
  ]);
  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');
  await openChecks(page, 'orders');

  const unique = await startCheck(page, 'Unique');
  await unique.getByRole('button', { name: 'Add check' }).click();
  await expect(unique.getByRole('alert')).toHaveText('Name at least one column.');
  await unique.getByLabel('Columns').click();
  await page.getByRole('option', { name: 'id' }).click();
  await page.keyboard.press('Escape');
  await unique.getByRole('button', { name: 'Add check' }).click();
  await expect(check(page, 'id_unique')).toContainText('Never run');
  await expect(check(page, 'id_unique')).toContainText('No two rows have the same id.');

  const linked = await startCheck(page, 'Foreign key');
  await linked.getByLabel('Column', { exact: true }).fill('city');
  await linked.getByLabel('Other asset', { exact: true }).fill('cities');
  await linked.getByLabel('Column of the other asset').fill('name');
  await linked.getByText('A warning', { exact: true }).click();
  await linked.getByRole('button', { name: 'Add check' }).click();
  const counted = await startCheck(page, 'Row count');
  await counted.getByLabel('At least').fill('1');
  await counted.getByLabel('Blocking').check();
  await counted.getByRole('button', { name: 'Add check' }).click();
  await expect(check(page, 'row_count')).toContainText('blocking');

  await check(page, 'id_unique').getByRole('button', { name: 'Run check id_unique' }).click();
  await expect(check(page, 'id_unique')).toContainText('Failed');
  await expect(check(page, 'row_count')).toContainText('Never run');
  await button(page, 'Run all').click();
  await expect(check(page, 'row_count')).toContainText('Passed');
  await expect(check(page, 'city_foreign_key')).toContainText('Warning');
  await expect(badge(page, 'orders')).toHaveAccessibleName(
    'Checks: 1 passed, 1 with a warning, 1 failed. Show',
  );
  // Checks alone make nothing.
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');

  await check(page, 'city_foreign_key').getByRole('button', { expanded: false }).first().click();
  const failing = check(page, 'city_foreign_key').getByRole('table');
  await expect(failing.getByRole('row')).toHaveCount(2);
  await expect(failing).toContainText('Atlantis');
  const history = page.getByRole('list', { name: 'Evaluations of city_foreign_key' });
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await button(page, 'Run check city_foreign_key').click();
  await expect(history.getByRole('listitem')).toHaveCount(2);

  // The form is there again, and its asset may be renamed under it.
  await rename(page, 'cities', 'towns');
  await openChecks(page, 'orders');
  await check(page, 'city_foreign_key').getByText('Settings').click();
  const form = page.getByRole('form', { name: 'Foreign key check' });
  await expect(form.getByLabel('Other asset', { exact: true })).toHaveValue('towns');
  await form.getByText('An error', { exact: true }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await button(page, 'Run check city_foreign_key').click();
  await expect(check(page, 'city_foreign_key')).toContainText('Failed');

  await page.reload();
  await expect(badge(page, 'orders')).toHaveAccessibleName('Checks: 1 passed, 2 failed. Show');
  await focus(page, 'orders');
  await page.keyboard.press('Delete');
  await expect(node(page, 'orders')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(badge(page, 'orders')).toHaveAccessibleName('Checks: 1 passed, 2 failed. Show');
});

test('a check written in TypeScript blocks what reads its asset, and its mistakes are problems', async ({
  page,
}) => {
  await openAssets(page, 'Shop', [
    { key: 'orders', body: '() => [1, 2, 3]' },
    { key: 'report', body: '({ orders }) => orders.length' },
  ]);
  await openChecks(page, 'orders');
  const form = await startCheck(page, 'TypeScript');
  await form.getByLabel('Name').fill('is_long');
  await form.getByLabel('Blocking').check();
  await form.getByRole('button', { name: 'Add check' }).click();
  const editor = page.getByRole('textbox', { name: 'Body of check is_long' });
  const type = async (text: string) => {
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
    await expectSaved(page);
  };
  await type('const a = 1;\nexport default ({ orders }) => true');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('button')).toContainText('orders: is_long:1:1');
  await openChecks(page, 'report');
  await problems.getByRole('button').click();
  await expect(editor).toBeFocused();

  await type(
    "import { AssetCheckResult } from 'headwater';\nexport default ({ orders }) =>\n  new AssetCheckResult({ passed: orders.length > 9, description: 'Only a few orders.' })",
  );
  await expect(problems).toHaveCount(0);
  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'skipped');
  await expect(check(page, 'is_long')).toContainText('Failed');
  await check(page, 'is_long').getByText('Results').click();
  await expect(check(page, 'is_long')).toContainText('Only a few orders.');
});
