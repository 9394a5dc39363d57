import { test } from '@playwright/test';
import {
  expectAll,
  goTo,
  latestText,
  materializeAll,
  nodeFacts,
  nodes,
  openWeather,
  select,
} from './app-page.ts';
import { type ServedApp, serveApp } from './serve-app.ts';
import { expect, watchContext } from './story.ts';

/** A server of this story's own, because it is stopped. */
let app: ServedApp;
test.beforeEach(async () => {
  app = await serveApp();
});
test.afterEach(() => app.stop());

test('after one visit the app opens and runs with its server stopped', async ({ context }) => {
  const watch = watchContext(context, app.origin);
  const visit = await context.newPage();
  await visit.goto(app.origin);
  // A service worker is active only when everything it keeps is in its cache.
  await visit.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
  await app.stop();
  await expect(fetch(app.origin)).rejects.toThrow();
  await visit.close();

  const page = await context.newPage();
  await page.goto(app.origin);
  await openWeather(page);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  const count = Object.keys(await nodeFacts(page)).length;
  expect(count).toBeGreaterThanOrEqual(8);

  // The editor and the other pages are there too.
  await select(page, 'yearly_summary');
  await page.getByRole('tab', { name: 'Body' }).click();
  await expect(page.getByRole('textbox', { name: 'Body of yearly_summary' })).toBeAttached();
  await goTo(page, 'runs');
  await expect(page.getByTestId('run-row')).toHaveAttribute('data-status', 'success');

  // Another opening finds it all, and runs again.
  const url = page.url().replace(/runs$/, 'graph');
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await expect(nodes(again)).toHaveCount(count);
  await expectAll(again, 'materialized');
  await materializeAll(again);
  await goTo(again, 'runs');
  await expect(again.getByTestId('run-row').first()).toHaveAttribute('data-status', 'success');
  await expect(again.getByTestId('run-row')).toHaveCount(2);
  expect(await latestText(again, 'station')).not.toMatch(/lost|could not/);
  expect(watch.faults).toEqual([]);
});
