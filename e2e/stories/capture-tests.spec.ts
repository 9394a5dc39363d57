// What a run has made is captured as a test, which goes along with the code.

import { button, expectAll, materializeAll, openAssets, select } from './app-page.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

test('a value is captured as a test of its asset, which the exported code holds', async ({ page }) => {
  await openAssets(page, 'Tested', [
    { key: 'orders', body: '() => [{ price: 2 }, { price: 3 }]' },
    {
      key: 'total',
      body: 'function total({ orders }) {\n  return orders.reduce((sum, { price }) => sum + price, 0);\n}',
    },
  ]);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await select(page, 'total');
  await page.getByRole('tab', { name: 'Data', exact: true }).click();
  await button(page, 'Tests').click();
  await page.getByRole('menuitem', { name: 'Capture this value as a test' }).click();
  await expect(button(page, 'Tests: 1')).toBeVisible();
  await button(page, 'Tests: 1').click();
  await expect(page.getByRole('menuitem', { name: /^As made/ })).toBeVisible();
  const look = createLook(page);
  await look.at('capture-tests');
  expect(look.faults()).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Code' }).click();
  const files = page.getByRole('navigation', { name: 'Files' });
  await files.getByTitle('tests/total.cases.json', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Code of tests/total.cases.json' })).toContainText(
    '"value": 5',
  );
  await files.getByTitle('tests/total.test.ts', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Code of tests/total.test.ts' })).toContainText(
    "import * as definition from '../assets/total.ts';",
  );
  await button(page, /^Undo/).click();
  await expect(files.getByTitle('tests/total.test.ts', { exact: true })).toHaveCount(0);
});
