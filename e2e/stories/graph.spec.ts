// The graph page: placing, copying, reconnecting, arranging, finding.

import type { Page } from '@playwright/test';
import {
  addAsset,
  assetsIn,
  button,
  editBody,
  expectSaved,
  focus,
  node,
  nodes,
  openProjectText,
  openWeather,
  projectText,
  savedFile,
  select,
} from './app-page.ts';
import { expect, test } from './story.ts';

const chain = projectText('Chain', [
  { key: 'orders', body: 'function orders() {\n  return [1, 2, 3];\n}' },
  { key: 'cleaned', body: 'function cleaned({ orders }) {\n  return orders;\n}' },
  { key: 'report', body: 'function report({ cleaned }) {\n  return cleaned.length;\n}' },
]);

const edges = (page: Page) => page.locator('.react-flow__edge');

/** Selects several nodes: the first by keyboard, the others by Shift and a click. */
async function selectAll(page: Page, ...keys: readonly string[]): Promise<void> {
  await select(page, keys[0]!);
  for (const key of keys.slice(1))
    await node(page, key).click({ modifiers: ['Shift'], position: { x: 30, y: 50 } });
}

async function chooseFromMenu(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('menuitem', { name }).click();
}

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
});

test('a chain added by hand looks like a chain, and every new asset can be seen', async ({ page }) => {
  await button(page, 'New project').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  const keys = ['one', 'two', 'three', 'four', 'five', 'six'];
  for (const key of keys) {
    await addAsset(page, key);
    const box = await node(page, key).boundingBox();
    const canvas = await page.getByRole('application', { name: 'Asset graph' }).boundingBox();
    if (!box || !canvas) throw new Error('not on the screen');
    expect(box.x).toBeGreaterThanOrEqual(canvas.x);
    await expect
      .poll(async () => ((await node(page, key).boundingBox())?.x ?? 9e9) + box.width)
      .toBeLessThanOrEqual(canvas.x + canvas.width);
  }
  await expectSaved(page);
  const saved = assetsIn(await savedFile(page));
  const places = keys.map((key) => saved[key]!.position);
  for (const [i, place] of places.entries())
    if (i > 0) {
      expect(place.y).toBe(places[0]!.y);
      expect(place.x).toBeGreaterThan(places[i - 1]!.x);
    }
});

test('copies keep their edges among themselves and paste in another project', async ({ page }) => {
  await openProjectText(page, chain);
  await selectAll(page, 'cleaned', 'report');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(nodes(page)).toHaveCount(5);
  await expect(edges(page)).toHaveCount(4);
  await expectSaved(page);
  const copy = assetsIn(await savedFile(page));
  expect(copy.report_copy?.body).toContain('function report_copy({ cleaned_copy: cleaned })');
  await button(page, /^Undo: Duplicate/).click();
  await expect(nodes(page)).toHaveCount(3);

  await selectAll(page, 'orders', 'cleaned');
  await page.keyboard.press('ControlOrMeta+c');
  await page.getByRole('link', { name: 'Headwater: all projects' }).click();
  await button(page, 'New project').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await expect(page.getByText('Draw your first asset')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(nodes(page)).toHaveCount(2);
  await expect(edges(page)).toHaveCount(1);
  await expect(node(page, 'cleaned')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(node(page, 'cleaned_copy')).toBeVisible();
  await expect(edges(page)).toHaveCount(2);
  // Cut what was pasted last: it is gone, and one step brings it back.
  await page.keyboard.press('ControlOrMeta+x');
  await expect(nodes(page)).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(nodes(page)).toHaveCount(4);
});

test('deleting with reconnection leaves code that reads what the deleted asset read', async ({ page }) => {
  await openProjectText(page, chain);
  await node(page, 'cleaned').click({ button: 'right' });
  await chooseFromMenu(page, /^Delete and reconnect/);
  await expect(nodes(page)).toHaveCount(2);
  await expect(edges(page)).toHaveCount(1);
  await expectSaved(page);
  expect(assetsIn(await savedFile(page)).report?.body).toContain('({ orders: cleaned })');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(edges(page)).toHaveCount(2);
  await focus(page, 'cleaned');
  await page.keyboard.press('Alt+Delete');
  await expect(nodes(page)).toHaveCount(2);
  await expect(edges(page)).toHaveCount(1);
});

test('the menu of an asset is whole on the screen, wherever it was opened', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openProjectText(page, chain);
  const graph = await page.getByRole('application', { name: 'Asset graph' }).boundingBox();
  const asset = await node(page, 'cleaned').boundingBox();
  if (!graph || !asset) throw new Error('The graph is not on the screen.');
  for (const y of [graph.y + 60, graph.y + graph.height / 2, graph.y + graph.height - 60]) {
    const box = await node(page, 'cleaned').boundingBox();
    if (!box) throw new Error('The asset is not on the screen.');
    await page.mouse.move(box.x + box.width / 2, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(graph.x + graph.width / 2, y, { steps: 4 });
    await page.mouse.up();
    await node(page, 'cleaned').click({ button: 'right', position: { x: 40, y: 12 } });
    const items = page.getByRole('menuitem');
    await expect(items.filter({ hasText: 'Delete and reconnect' })).toBeInViewport({ ratio: 1 });
    await expect(items.first()).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
    await expect(items).toHaveCount(0);
  }
});

test('several assets are put in line, distributed and laid out, each in one step', async ({ page }) => {
  await openProjectText(page, chain);
  await page.keyboard.press('ControlOrMeta+a');
  const places = async () => assetsIn(await savedFile(page));
  await page.keyboard.press('ArrowDown');
  await button(page, 'Align left').click();
  await expectSaved(page);
  expect(new Set(Object.values(await places()).map(({ position }) => position.x)).size).toBe(1);
  await button(page, 'Distribute vertically').click();
  await expectSaved(page);
  const ys = Object.values(await places())
    .map(({ position }) => position.y)
    .sort((a, b) => a - b);
  expect(ys[1]! - ys[0]!).toBe(ys[2]! - ys[1]!);
  await button(page, 'Lay out selection').click();
  await expect(button(page, /^Undo: Lay out selection/)).toBeVisible();
  await expectSaved(page);
  const laid = await places();
  expect(laid.orders!.position.x).toBeLessThan(laid.cleaned!.position.x);
  expect(laid.cleaned!.position.x).toBeLessThan(laid.report!.position.x);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(button(page, /^Undo: Move/)).toBeVisible();
});

test('a box drawn with Shift selects what it touches', async ({ page }) => {
  await openProjectText(page, chain);
  const first = await node(page, 'orders').boundingBox();
  const last = await node(page, 'cleaned').boundingBox();
  if (!first || !last) throw new Error('not on the screen');
  await page.keyboard.down('Shift');
  await page.mouse.move(last.x + 40, last.y + last.height + 40);
  await page.mouse.down();
  await page.mouse.move(first.x + 40, first.y + 20, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByRole('heading', { name: '2 assets selected' })).toBeVisible();
});

test('an asset is found by what is known of it, and gone to', async ({ page }) => {
  await openWeather(page);
  await page.getByRole('application', { name: 'Asset graph' }).click({ position: { x: 400, y: 20 } });
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Find on the canvas' });
  await field.fill('wet');
  await expect(page.getByRole('option').first()).toContainText('wet_spells');
  await field.press('Enter');
  await expect(field).toBeHidden();
  await expect(node(page, 'wet_spells')).toHaveAttribute('data-selected', 'true');
  await expect(page.getByRole('group', { name: 'wet_spells', exact: true })).toBeFocused();
});

test('the palette puts assets and notes where they are dropped', async ({ page }) => {
  await openProjectText(page, chain);
  const canvas = page.getByRole('application', { name: 'Asset graph' });
  await button(page, 'External asset').dragTo(canvas, { targetPosition: { x: 420, y: 520 } });
  await expect(node(page, 'external_asset')).toHaveAttribute('data-status', 'external');
  await page.keyboard.press('Escape');
  await button(page, 'Note').press('Enter');
  await page.getByRole('textbox', { name: 'Note' }).fill('Orders come at night');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('note')).toHaveText('Orders come at night');
  await button(page, 'Teal').click();
  await expectSaved(page);
  const { notes } = JSON.parse(await savedFile(page)) as { notes: { text: string; hue: number }[] };
  expect(notes).toMatchObject([{ text: 'Orders come at night', hue: 9 }]);
  await page.getByTestId('note').click();
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('note')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByTestId('note')).toHaveCount(1);
});

test('a connection let go over the canvas makes the asset at its other end', async ({ page }) => {
  await openProjectText(page, chain);
  for (const [key, side, dx, dy] of [
    ['report', 'source', -120, 140],
    ['orders', 'target', 60, 200],
  ] as const) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.waitForTimeout(250);
    await node(page, key).hover();
    const handle = await node(page, key).locator(`.react-flow__handle.${side}`).boundingBox();
    if (!handle) throw new Error('not on the screen');
    await page.mouse.move(handle.x, handle.y);
    await page.mouse.down();
    await page.mouse.move(handle.x + dx, handle.y + dy, { steps: 10 });
    await page.mouse.up();
    await page.keyboard.press('Escape');
  }
  await expect(nodes(page)).toHaveCount(5);
  await expect(edges(page)).toHaveCount(4);
  await expectSaved(page);
  const saved = assetsIn(await savedFile(page));
  expect(saved.new_asset?.body).toContain('({ report })');
  expect(saved.orders?.body).toContain('({ new_asset_2 })');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(nodes(page)).toHaveCount(4);
  await expect(edges(page)).toHaveCount(3);
});

test('everything has a name in the command palette, and a key in the sheet', async ({ page }) => {
  await openProjectText(page, chain);
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('textbox', { name: 'Command palette' });
  await field.fill('clean');
  await expect(page.getByRole('button', { name: /^cleaned/ }).first()).toBeVisible();
  await field.press('Enter');
  await expect(node(page, 'cleaned')).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('ControlOrMeta+k');
  await field.fill('rename');
  await page.getByRole('button', { name: /^Rename asset/ }).click();
  await page.getByLabel('Asset name').fill('tidy');
  await page.keyboard.press('Enter');
  await expect(node(page, 'tidy')).toBeVisible();
  await node(page, 'tidy').click({ button: 'right' });
  await chooseFromMenu(page, /^Rename asset/);
  await page.getByLabel('Asset name').fill('tidied');
  await page.keyboard.press('Enter');
  await expect(node(page, 'tidied')).toBeVisible();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Delete and reconnect')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('runs reach up to an asset, on from it, and to what is stale', async ({ page }) => {
  await openProjectText(page, chain);
  await select(page, 'cleaned');
  const launch = async (name: RegExp) => {
    await button(page, 'More ways to materialize').click();
    await chooseFromMenu(page, name);
  };
  await launch(/^Materialize up to here \(2 assets\)/);
  await expect(node(page, 'cleaned')).toHaveAttribute('data-status', 'materialized');
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'never');
  await launch(/^Materialize unsynced \(1 asset\)/);
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');
  await launch(/^Materialize from here \(2 assets\)/);
  await expect(page.getByText(/^Run finished: 2 steps/)).toBeAttached();
});

test('a plan says what will run and why, and reuse leaves out what is up to date', async ({ page }) => {
  await openProjectText(page, chain);
  await button(page, 'More ways to materialize').click();
  await chooseFromMenu(page, /^Preview plan/);
  const plan = page.getByRole('dialog', { name: 'Plan' });
  await expect(plan.getByRole('region', { name: 'Will run' }).getByRole('listitem')).toHaveCount(3);
  await expect(plan.getByText('Never materialized')).toHaveCount(3);
  await plan.getByRole('button', { name: 'Materialize 3 assets' }).click();
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');

  await editBody(
    page,
    'cleaned',
    'export default function cleaned({ orders }) {\n  return orders.slice(1);\n}\n',
  );
  await expect(node(page, 'cleaned')).toHaveAttribute('data-status', 'stale');
  await page.keyboard.press('Escape');
  await focus(page, 'cleaned');
  await page.keyboard.press('p');
  await plan.getByText('All', { exact: true }).click();
  await plan.getByLabel('Reuse what is up to date').check();
  await expect(plan.getByRole('region', { name: 'Will be reused' }).getByRole('listitem')).toHaveText([
    /^orders/,
  ]);
  await expect(plan.getByText('Has a new code version')).toBeVisible();
  await expect(plan.getByText('Depends on cleaned, which runs')).toBeVisible();
  await plan.getByRole('button', { name: 'Materialize 2 assets' }).click();
  await expect(node(page, 'cleaned')).toHaveAttribute('data-status', 'materialized');
  await expect(node(page, 'report')).toHaveAttribute('data-status', 'materialized');
  await page.getByRole('combobox', { name: 'Step' }).click();
  await page.getByRole('option', { name: 'orders' }).click();
  await expect(page.getByText(/^Reused: code and inputs/)).toBeVisible();
});
