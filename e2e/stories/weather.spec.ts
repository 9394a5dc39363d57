// The first minute: the example opens in one click, runs, and is all there after a reload.

import {
  button,
  expectAll,
  goTo,
  materializeAll,
  node,
  nodeFacts,
  nodes,
  openAssets,
  openWeather,
  select,
} from './app-page.ts';
import { expect, test } from './story.ts';

test('the weather example opens in one click, materializes, and is all there after a reload', async ({
  page,
}) => {
  await page.goto('/');
  await openWeather(page);
  // Opening runs nothing.
  const before = await nodeFacts(page);
  expect(new Set(Object.values(before))).toEqual(new Set(['never']));
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(8);
  await materializeAll(page);
  await expectAll(page, 'materialized');

  const look = async () => {
    await select(page, 'yearly_summary');
    await page.getByRole('tab', { name: 'Data' }).click();
    const rows = page.getByRole('grid').or(page.getByRole('table')).first();
    await expect(rows).toContainText('2012');
    const text = await rows.textContent();
    await page.getByRole('tab', { name: 'History' }).click();
    const history = page.getByRole('list', { name: 'Materializations' });
    await expect(history.getByRole('listitem')).toHaveCount(1);
    await goTo(page, 'runs');
    const row = page.getByTestId('run-row');
    await expect(row).toHaveCount(1);
    await expect(row).toHaveAttribute('data-status', 'success');
    await row.getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('ASSET_MATERIALIZATION', { exact: true }).first()).toBeVisible();
    await goTo(page, 'graph');
    await expect(nodes(page).first()).toBeVisible();
    return text;
  };
  const shown = await look();
  await page.reload();
  await expectAll(page, 'materialized');
  expect(await look()).toBe(shown);
});

test('an example that fails on purpose says where, and what is behind it is skipped', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /fail/i }).first().click();
  await expect(nodes(page).first()).toBeVisible();
  await materializeAll(page);
  const failed = page.locator('[data-testid="asset-node"][data-status="failed"]');
  await expect(failed.first()).toBeVisible();
  await expect(
    page.locator('[data-testid="asset-node"]:is([data-status="running"], [data-status="queued"])'),
  ).toHaveCount(0);
  await failed.first().click();
  await expect(page.getByText(/line \d+|:\d+:\d+/i).first()).toBeVisible();
  await goTo(page, 'runs');
  await expect(page.getByTestId('run-row')).toHaveAttribute('data-status', 'failure');
});

test('a body that never returns is canceled, and the next run works', async ({ page }) => {
  await openAssets(page, 'Loop', [
    { key: 'loop', body: '() => { for (;;); }' },
    { key: 'fine', body: "() => 'fine'" },
    { key: 'after', body: '({ loop }) => loop' },
  ]);
  await materializeAll(page);
  await expect(node(page, 'loop')).toHaveAttribute('data-status', 'running');
  await expect(node(page, 'fine')).toHaveAttribute('data-status', 'materialized');
  const canceledInMs = await page.evaluate(async () => {
    const cancel = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Cancel run');
    const loop = document.querySelector('[data-asset-key="loop"]');
    if (!cancel || !loop) throw new Error('nothing to cancel');
    const startedAt = performance.now();
    cancel.click();
    while (loop.getAttribute('data-status') === 'running')
      await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now() - startedAt;
  });
  console.log(`      an endless loop is canceled in ${Math.round(canceledInMs)} ms, as the node shows`);
  await expect(node(page, 'loop')).toHaveAttribute('data-status', 'canceled');
  await expect(button(page, 'Cancel run')).toHaveCount(0);
  await select(page, 'fine');
  await button(page, 'Materialize selected').press('Enter');
  await expect(node(page, 'fine')).toHaveAttribute('data-status', 'materialized');
  await goTo(page, 'runs');
  await expect
    .poll(() =>
      page.getByTestId('run-row').evaluateAll((all) => all.map((row) => row.getAttribute('data-status'))),
    )
    .toEqual(['success', 'canceled']);
});
