// Every page in both themes and both sizes: pictures to look at, and nothing that overflows or is cut off.

import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAll, goTo, materializeAll, nodes, openWeather } from './app-page.ts';
import { expect, test } from './story.ts';

const folder = '.cache/screens';
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
const schemes = ['light', 'dark'] as const;

/** What is wrong with the layout, in words. */
const faultsOf = (page: Page) =>
  page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} px wide`);
    const isSeen = (box: DOMRect) =>
      box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
    const about = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> “${(element.textContent ?? '').slice(0, 60)}”`;
    for (const element of document.querySelectorAll('body *')) {
      const box = element.getBoundingClientRect();
      if (
        !isSeen(box) ||
        element.closest('.monaco-editor, .react-flow, svg, .hw-hidden, [aria-hidden="true"]')
      )
        continue;
      const style = getComputedStyle(element);
      if (style.visibility === 'hidden' || style.clipPath !== 'none') continue;
      if (box.right > innerWidth + 1 && !element.closest('[role="grid"], [role="table"]'))
        faults.push(`reaches out of the window: ${about(element)}`);
      const ownText = [...element.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim(),
      );
      if (!ownText || style.textOverflow === 'ellipsis') continue;
      if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1)
        faults.push(`cut off without an ellipsis: ${about(element)}`);
    }
    return faults;
  });

const places = [
  { name: 'graph', hash: 'graph' },
  { name: 'catalog', hash: 'catalog' },
  { name: 'asset', hash: 'catalog/daily_weather' },
  { name: 'runs', hash: 'runs' },
  { name: 'run', hash: 'runs', opens: true },
] as const;

test('every page fits, in both themes and both sizes', async ({ page }) => {
  test.setTimeout(120_000);
  mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  const lookAt = async (name: string) => {
    for (const scheme of schemes)
      for (const size of sizes) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.setViewportSize(size);
        await page.waitForTimeout(120);
        await page.screenshot({ path: `${folder}/${name}-${scheme}-${size.width}.png` });
        for (const fault of await faultsOf(page)) faults.push(`${name}, ${scheme}, ${size.width}: ${fault}`);
      }
  };

  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Start with an example' })).toBeVisible();
  await lookAt('first-visit');
  await page.getByRole('button', { name: 'Open' }).filter({ hasText: 'fails' }).click();
  await expect(nodes(page).first()).toBeVisible();
  for (const { name, hash } of [
    { name: 'empty-runs', hash: 'runs' },
    { name: 'unknown-asset', hash: 'catalog/nothing' },
  ]) {
    await goTo(page, hash);
    await lookAt(name);
  }
  await goTo(page, 'graph');
  await materializeAll(page);
  await expect(page.locator('[data-testid="asset-node"][data-status="failed"]').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel run' })).toHaveCount(0);
  await goTo(page, 'runs');
  await page.getByTestId('run-row').getByRole('link').first().click();
  await expect(page.getByTestId('step-row').first()).toBeVisible();
  await lookAt('failed-run');

  await page.getByRole('link', { name: 'Headwater: all projects' }).click();
  await openWeather(page);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  for (const place of places) {
    await goTo(page, place.hash);
    if ('opens' in place) await page.getByTestId('run-row').getByRole('link').first().click();
    await page.waitForTimeout(300);
    await lookAt(place.name);
  }
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await lookAt('settings');
  await page.getByRole('link', { name: 'Headwater: all projects' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await lookAt('projects');
  expect([...new Set(faults)]).toEqual([]);
});
