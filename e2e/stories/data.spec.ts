// Data in and out: files become assets, bad rows are told, tables are sorted and filtered, values leave as
// files and come back from the history.

import type { Page } from '@playwright/test';
import {
  assetsIn,
  button,
  editBody,
  expectSaved,
  latestText,
  node,
  nodes,
  openProjectText,
  projectText,
  savedFile,
  select,
} from './app-page.ts';
import { dropFiles, sales } from './drop-files.ts';
import { expect, test } from './story.ts';

async function start(page: Page) {
  await page.goto('/');
  await openProjectText(page, projectText('Data', [{ key: 'report', body: '() => 1' }]));
}

async function addSales(page: Page) {
  await dropFiles(page, [{ name: 'Sales 2024.csv', text: sales }]);
  const dialog = page.getByRole('dialog', { name: 'Add data file' });
  await expect(dialog.getByLabel('Name of the asset')).toHaveValue('sales_2024');
  await expect(dialog.getByLabel('Type of id')).toHaveValue('string');
  await dialog.getByLabel('Type of id').selectOption('integer');
  await dialog.getByLabel('Name of the asset').fill('sales');
  await expect(dialog.getByRole('status')).toContainText('2 rows of 7 do not fit');
  return dialog;
}

test('a CSV is dropped, its schema edited, and its bad rows are set aside and told', async ({ page }) => {
  await start(page);
  const dialog = await addSales(page);
  await dialog.getByLabel('Name of column 2').fill('buyer');
  await dialog.getByRole('button', { name: 'Add asset' }).click();
  await expect(node(page, 'sales')).toHaveAttribute('data-status', 'never');
  await expectSaved(page);
  await select(page, 'sales');
  await button(page, 'Materialize selected').press('Enter');
  await expect(node(page, 'sales')).toHaveAttribute('data-status', 'materialized');
  await page.getByRole('tab', { name: 'Data' }).click();
  const table = page.getByRole('table', { name: 'Rows' });
  await expect(table).toContainText('Grace, H.');
  await expect(table).toHaveAttribute('aria-rowcount', '6');
  await expect(table.getByRole('columnheader', { name: /buyer/ })).toContainText('text');

  await button(page, 'Show bad rows').click();
  const bad = page.getByRole('dialog', { name: 'Rows that do not fit the schema' });
  await expect(bad.getByRole('row')).toHaveCount(3);
  await expect(bad).toContainText('“id” is not a whole number: x');
  await expect(bad).toContainText('it has 3 fields instead of 5');
  await bad.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  // One undo step takes asset and file away, another brings both back.
  await page.keyboard.press('Escape');
  await button(page, /^Undo/).click();
  await expect(node(page, 'sales')).toHaveCount(0);
  await button(page, /^Redo/).click();
  await expect(node(page, 'sales')).toHaveAttribute('data-status', 'materialized');
  const saved = JSON.parse(await savedFile(page)) as { version: number; files: { path: string }[] };
  expect(saved.version).toBe(2);
  expect(saved.files[0]?.path).toBe('data/Sales 2024.csv');
  expect(Object.keys(assetsIn(JSON.stringify(saved)))).toContain('sales');
  await expect(nodes(page)).toHaveCount(2);
});

/** The rows that the table shows, by its text cells. */
const shownIds = (page: Page) =>
  page
    .getByRole('table', { name: 'Rows' })
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => row.querySelector('[aria-colindex="1"]')?.textContent));

async function download(page: Page, item: RegExp): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  const file = await started;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString() };
}

test('a table is sorted, filtered and downloaded as it is shown; formulas are disarmed', async ({ page }) => {
  await start(page);
  const dialog = await addSales(page);
  await dialog.getByRole('button', { name: 'Add asset' }).click();
  await select(page, 'sales');
  await button(page, 'Materialize selected').press('Enter');
  await expect(node(page, 'sales')).toHaveAttribute('data-status', 'materialized');
  await page.getByRole('tab', { name: 'Data' }).click();
  const table = page.getByRole('table', { name: 'Rows' });
  await expect(table).toContainText('Grace, H.');
  const price = table.getByRole('columnheader', { name: /amount/ });
  await price.getByRole('button').click();
  await expect.poll(() => shownIds(page)).toEqual(['6', '7', '1', '2', '4']);
  await expect(price).toHaveAttribute('aria-sort', 'ascending');
  await price.getByRole('button').click();
  await expect.poll(() => shownIds(page)).toEqual(['2', '1', '7', '6', '4']);

  await button(page, 'Filter').click();
  await page.getByLabel('Column of filter 1').selectOption('amount');
  await page.getByLabel('Test of filter 1').selectOption('<');
  await page.getByLabel('Value of filter 1').fill('ten');
  await expect(page.getByText('“ten” is not a number.')).toBeVisible();
  await page.getByLabel('Value of filter 1').fill('10.6');
  await expect.poll(() => shownIds(page)).toEqual(['1', '7', '6']);
  await expect(page.getByText('3 of 5 rows')).toBeVisible();
  const guarded = await download(page, /CSV for spreadsheets/);
  expect(guarded.name).toBe('sales.csv');
  expect(guarded.text).toBe(
    [
      'id,customer,amount,day,paid',
      '1,Ada,10.5,2024-01-01,true',
      '7,Ada,7,2024-01-07,true',
      "6,'=1+2,-4,2024-01-06,false",
      '',
    ].join('\n'),
  );
  const exact = await download(page, /CSV, exact/);
  expect(exact.text).toContain('\n6,=1+2,-4,2024-01-06,false\n');
  const json = await download(page, /^JSON/);
  expect(JSON.parse(json.text)).toHaveLength(3);

  await page.getByText('Schema', { exact: true }).click();
  const schema = page.getByRole('region', { name: 'Schema' });
  await expect(schema.getByRole('row', { name: /^amount/ })).toContainText('20');
});

test('an earlier value is restored, and says so', async ({ page }) => {
  await page.goto('/');
  await openProjectText(page, projectText('Restore', [{ key: 'one', body: "() => 'first'" }]));
  const materialize = async (count: number) => {
    await select(page, 'one');
    await button(page, 'Materialize selected').press('Enter');
    await page.getByRole('tab', { name: 'History' }).click();
    await expect(page.getByRole('list', { name: 'Materializations' }).getByRole('listitem')).toHaveCount(
      count,
    );
  };
  await materialize(1);
  await editBody(page, 'one', "export default () => 'second'\n");
  await page.keyboard.press('Escape');
  await expectSaved(page);
  await materialize(2);
  const list = page.getByRole('list', { name: 'Materializations' }).getByRole('listitem');
  await list.nth(1).getByRole('button', { name: 'Restore this value' }).click();
  await expect(list).toHaveCount(3);
  await expect(list.first()).toContainText('restored');
  await expect(list.first()).toContainText('Restored from');
  // It is what the first body made: the second one would make something else.
  await expect(node(page, 'one')).toHaveAttribute('data-status', 'stale');
  expect(await latestText(page, 'one')).toContain('first');
});
