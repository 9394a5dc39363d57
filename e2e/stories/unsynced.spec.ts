// "Unsynced (N)": each reason under its heading, and the way from it to the change.

import { button, editBody, node, openAssets, select } from './app-page.ts';
import { expect, test } from './story.ts';

test('each reason why an asset is unsynced leads to the change', async ({ page }, info) => {
  await openAssets(page, 'Causes', [
    { key: 'orders', body: '() => [{ n: 1 }]' },
    { key: 'report', body: '({ orders }) => orders.length' },
  ]);
  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');
  await editBody(page, 'orders', 'export default () => [{ n: 1 }, { n: 2 }];\n');
  await button(page, 'Materialize selected').press('Enter');
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'stale');
  await editBody(page, 'report', 'export default ({ orders }) => orders.length * 10;\n');
  await expect(node(page, 'report')).toContainText('Unsynced (2)');

  await node(page, 'report').getByRole('button', { name: 'Unsynced (2)' }).click();
  const causes = page.getByRole('dialog');
  await expect(causes.getByRole('heading', { level: 3 })).toHaveText(
    '2 changes since the last materialization',
  );
  await expect(causes.getByRole('region', { name: 'Code version' })).toContainText('Has a new code version.');
  await expect(causes.getByRole('region', { name: 'Upstream data' })).toContainText(
    'orders has a new data version',
  );
  await page.screenshot({ path: info.outputPath('causes.png') });
  await causes.getByRole('button', { name: 'Show what changed' }).click();
  const change = page.getByRole('dialog', { name: 'What changed in report' });
  await expect(change.getByRole('region', { name: 'Body' })).toContainText(
    '+ export default ({ orders }) => orders.length * 10;',
  );
  await expect(change.locator('[data-kind="removed"]')).toHaveCount(1);
  await page.screenshot({ path: info.outputPath('change.png') });
  await page.keyboard.press('Escape');
  await expect(change).toBeHidden();

  // The upstream asset opens on what is new in it.
  await select(page, 'report');
  await page
    .getByRole('region', { name: 'Upstream data' })
    .first()
    .getByRole('button', { name: 'orders' })
    .click();
  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('heading', { level: 2, name: 'orders' })).toBeVisible();

  await page.reload();
  await expect(node(page, 'report')).toContainText('Unsynced (2)');
  await button(page, 'More ways to materialize').click();
  await page.getByRole('menuitem', { name: /^Materialize unsynced \(1 asset\)/ }).click();
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');
});
