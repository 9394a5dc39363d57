// Several projects as locations of one workspace: an asset of one is read in another.

import { button, goTo, materializeAll, node, nodeFacts, openProjectText, select } from './app-page.ts';
import { expect, test } from './story.ts';

const text = (name: string, assets: readonly object[]) =>
  JSON.stringify({
    format: 'headwater',
    version: 3,
    name,
    assets: assets.map((asset, i) => ({ position: { x: i * 300, y: 0 }, ...asset })),
  });

test('an external asset stands for an asset of another project, and follows it', async ({ page }, info) => {
  await page.goto('/');
  await openProjectText(
    page,
    text('Sales', [{ id: 'o', kind: 'asset', key: 'orders', body: 'export default () => [1, 2, 3];\n' }]),
  );
  const salesUrl = page.url();
  await materializeAll(page);
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');

  await page.goto('/');
  await openProjectText(
    page,
    text('Reports', [
      { id: 'x', kind: 'external', key: 'orders' },
      { id: 'r', kind: 'asset', key: 'count', body: 'export default ({ orders }) => orders.length;\n' },
    ]),
  );
  const reportsUrl = page.url();
  await select(page, 'orders');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Made in' }).click();
  await page.getByRole('option', { name: 'Sales' }).click();
  await expect(page.getByRole('link', { name: 'Open orders in Sales' })).toBeVisible();
  await expect(node(page, 'orders')).toContainText('Sales');
  await materializeAll(page);
  await expect.poll(() => nodeFacts(page)).toEqual({ orders: 'external', count: 'materialized' });
  await select(page, 'count');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('3', { exact: true }).first()).toBeVisible();
  await select(page, 'orders');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.screenshot({ path: info.outputPath('external.png') });

  // A new value there makes the reader here stale, also after a reload.
  await page.goto(salesUrl);
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');
  await select(page, 'orders');
  await page.getByRole('tab', { name: 'Body' }).click();
  await page.getByRole('textbox', { name: 'Body of orders' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('export default () => [1, 2];\n');
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'stale');
  await materializeAll(page);
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');
  await page.goto(reportsUrl);
  await expect(node(page, 'orders')).toContainText('Sales · ');
  await expect.poll(() => nodeFacts(page)).toEqual({ orders: 'external', count: 'stale' });
  await page.reload();
  await expect.poll(() => nodeFacts(page)).toEqual({ orders: 'external', count: 'stale' });
  await expect(node(page, 'orders')).toContainText('Sales');
  await goTo(page, 'catalog/orders');
  await expect(
    page.getByRole('region', { name: 'Latest value' }).getByRole('link', { name: 'Sales' }),
  ).toBeVisible();

  // All locations side by side.
  await page.goto('/#/locations');
  const locations = page.getByRole('list', { name: 'Code locations' }).getByTestId('location');
  await expect(locations).toHaveCount(2);
  await expect(locations.first()).toHaveAttribute('data-state', 'loaded');
  await expect(locations.first()).toContainText('Comes from Sales');
  await button(page, 'Reload “Sales”').click();
  await expect(locations.nth(1)).toHaveAttribute('data-state', 'loaded');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: info.outputPath(`locations-${colorScheme}.png`) });
  }
});

test('a location with problems says which, and stays usable', async ({ page }) => {
  await page.goto('/');
  await openProjectText(
    page,
    text('Circle', [
      { id: 'a', kind: 'asset', key: 'a', body: 'export default ({ b }) => b;\n' },
      { id: 'b', kind: 'asset', key: 'b', body: 'export default ({ a }) => a;\n' },
    ]),
  );
  await page.goto('/#/locations');
  const location = page.getByTestId('location');
  await expect(location).toHaveAttribute('data-state', 'problems');
  await expect(
    page.getByRole('list', { name: 'Problems of Circle' }).getByRole('listitem').first(),
  ).toBeVisible();
  await location.getByRole('link', { name: 'Circle' }).click();
  await expect(node(page, 'a')).toBeVisible();
});
