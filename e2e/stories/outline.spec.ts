// The outline: all that the canvas can do, by keyboard alone, with the selection in step.

import type { Page } from '@playwright/test';
import { button, expectSaved, node, nodes, openAssets, openWeather } from './app-page.ts';
import { expect, test } from './story.ts';

const tree = (page: Page) => page.getByRole('tree', { name: 'Assets by group' });
const lines = (page: Page) => tree(page).getByRole('treeitem');
const line = (page: Page, name: string | RegExp) => tree(page).getByRole('treeitem', { name });
const selected = (page: Page) =>
  page
    .locator('[data-testid="asset-node"][data-selected]')
    .evaluateAll((all) => all.map((element) => element.getAttribute('data-asset-key')).sort());

async function openOutline(page: Page) {
  await page.keyboard.press('o');
  await tree(page).focus();
}

/** Moves to a line from the first one on. */
async function goTo(page: Page, name: RegExp) {
  await page.keyboard.press('Home');
  const active = async () => {
    const id = await tree(page).getAttribute('aria-activedescendant');
    return (await page.locator(`[id="${id}"]`).textContent()) ?? '';
  };
  for (let i = 0; i < 40 && !name.test(await active()); i++) await page.keyboard.press('ArrowDown');
  expect(await active()).toMatch(name);
}

test('the outline shows groups, status and dependencies, and selects in step with the canvas', async ({
  page,
}) => {
  await page.goto('/');
  await openWeather(page);
  await openOutline(page);
  await expect(lines(page)).toHaveCount(16);
  await goTo(page, /^daily_weather/);
  await page.keyboard.press('Enter');
  await expect.poll(() => selected(page)).toEqual(['daily_weather']);
  await expect(tree(page)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(line(page, /reads\s*raw\/weather/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => selected(page)).toEqual(['raw/weather']);
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => selected(page)).toEqual(['daily_weather']);
  await expect(line(page, /^daily_weather/)).toHaveAttribute('aria-selected', 'true');

  // What is selected on the canvas is selected here.
  await page.keyboard.press('Escape');
  await node(page, 'station').click();
  await expect(line(page, /^station/)).toHaveAttribute('aria-selected', 'true');

  await page.getByLabel('Filter the outline').fill('insi');
  await expect(lines(page)).toHaveCount(6);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(async () => (await selected(page)).length).toBe(5);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(lines(page)).toHaveCount(1);
});

test('an asset is added, renamed, duplicated, materialized and deleted from the outline, by keys alone', async ({
  page,
}) => {
  await openAssets(page, 'Keys', [
    { key: 'first', body: "() => 'one'" },
    { key: 'second', body: '({ first }) => first' },
  ]);
  await openOutline(page);
  await goTo(page, /^first/);
  await page.keyboard.press('F2');
  await page.getByLabel('Asset name').fill('renamed');
  await page.keyboard.press('Enter');
  await expect(node(page, 'renamed')).toBeVisible();
  await expect(tree(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(node(page, 'renamed')).toHaveAttribute('data-status', 'materialized');
  await expect(line(page, /renamed.*Materialized/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+d');
  await expect(nodes(page)).toHaveCount(3);
  await expect(lines(page)).toHaveCount(4);
  await page.keyboard.press('Delete');
  await expect(nodes(page)).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(nodes(page)).toHaveCount(3);
  await goTo(page, /^second/);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Delete/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Close the outline').click();
  await expect(tree(page)).toHaveCount(0);
  await expectSaved(page);
});
