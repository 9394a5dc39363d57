// An asset turned into another kind, and back, without losing work.

import { button, expectSaved, focus, node, openProjectText, savedFile, select } from './app-page.ts';
import { expect, test } from './story.ts';

const project = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: 'Converted',
  assets: [
    {
      id: 'orders',
      kind: 'asset',
      key: 'orders',
      position: { x: 0, y: 0 },
      body: 'export default () => [{ n: 1 }];\n',
    },
    {
      id: 'report',
      kind: 'asset',
      key: 'report',
      position: { x: 300, y: 0 },
      body: 'export default ({ orders }) => orders.length;\n',
    },
  ],
  checks: [
    {
      id: 'some',
      name: 'some',
      specs: [{ name: 'some', asset: 'orders' }],
      body: "import { AssetCheckResult } from 'headwater';\nexport default ({ orders }) => new AssetCheckResult({ passed: orders.length > 0 });\n",
    },
  ],
});

test('an asset becomes observable, external and an asset again with the body it had; copies bring their checks', async ({
  page,
}, info) => {
  await page.goto('/');
  await openProjectText(page, project);
  await select(page, 'orders');
  const body = page.getByRole('textbox', { name: 'Body of orders' });
  await expect(page.getByRole('tabpanel')).toContainText('n: 1');

  // From the menu on the node.
  await focus(page, 'orders');
  await page.keyboard.press('Enter');
  await node(page, 'orders').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Turn into observable asset' }).click();
  await expect(node(page, 'orders')).toHaveAttribute('data-kind', 'observable');
  await expect(body).toBeAttached();
  await button(page, /^Observe$/).press('Enter');
  await expect(node(page, 'orders')).toContainText('Observed 1');
  await page.screenshot({ path: info.outputPath('observed.png') });

  // From its settings.
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Kind', exact: true }).click();
  await page.getByRole('option', { name: 'External asset' }).click();
  await expect(node(page, 'orders')).toHaveAttribute('data-kind', 'external');
  await expect(
    page.getByText('Its body as a TypeScript asset and an observable asset is kept.'),
  ).toBeVisible();
  await page.screenshot({ path: info.outputPath('external.png') });
  await expectSaved(page);
  expect(await savedFile(page)).toContain('"kept"');
  await page.reload();

  // By name.
  await select(page, 'orders');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByText('Turn into TypeScript asset').click();
  await expect(node(page, 'orders')).toHaveAttribute('data-kind', 'asset');
  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');
  await expect(node(page, 'report')).toContainText('1');

  await focus(page, 'orders');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(node(page, 'orders_copy')).toBeVisible();
  await select(page, 'orders_copy');
  await page.getByRole('tab', { name: 'Checks' }).click();
  await expect(page.getByRole('list', { name: 'Checks' })).toContainText('some');

  // A run of checks alone runs again.
  await select(page, 'orders');
  await page.getByRole('tab', { name: 'Checks' }).click();
  await button(page, 'Run check some').click();
  await expect(page.getByRole('list', { name: 'Checks' })).toContainText('Passed');
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('row').nth(1).click();
  const first = page.url();
  await button(page, 'Run 1 check again').click();
  await expect.poll(() => page.url()).not.toBe(first);
});
