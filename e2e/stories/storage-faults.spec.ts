import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as driver, type Page } from '@playwright/test';
import {
  addAsset,
  assetsIn,
  button,
  expectAll,
  expectSaved,
  goTo,
  latestText,
  materializeAll,
  node,
  nodes,
  openProjectText,
  openWeather,
  projectText,
  rename,
  savedFile,
  select,
} from './app-page.ts';
import { appOrigin, chromium } from './browser.ts';
import { expect, test, watchContext } from './story.ts';

const mb = 1024 * 1024;

/** Bytes that no compression makes smaller. */
const noise = (megabytes: number) =>
  `() => {\n  const bytes = new Uint8Array(${megabytes * mb});\n  let x = 1;\n  for (let i = 0; i < bytes.length; i += 1) {\n    x = (x * 1664525 + 1013904223) >>> 0;\n    bytes[i] = x >>> 24;\n  }\n  return bytes;\n}`;

async function limitRoom(page: Page, extraBytes: number | undefined): Promise<void> {
  const session = await page.context().newCDPSession(page);
  if (extraBytes === undefined) await session.send('Storage.overrideQuotaForOrigin', { origin: appOrigin });
  else {
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin: appOrigin });
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: appOrigin,
      quotaSize: Math.ceil(usage + extraBytes),
    });
  }
  await session.detach();
}

const banner = (page: Page) =>
  page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Save to file' }) });

for (const [where, megabytes] of [
  ['a value of 12 MB, kept as a file', 12],
  ['a value of 3 MB, kept in the database', 3],
] as const)
  test(`when the browser’s room is used up by ${where}, it says so, nothing is lost and work goes on`, async ({
    page,
    watch,
  }) => {
    watch.allow(/QuotaExceeded|quota/i);
    await page.goto('/');
    const url = await openProjectText(
      page,
      projectText('Full', [
        { key: 'small', body: "() => 'kept'" },
        { key: 'big', body: noise(megabytes) },
      ]),
    );
    await select(page, 'small');
    await button(page, 'Materialize selected').press('Enter');
    await expect(node(page, 'small')).toHaveAttribute('data-status', 'materialized');
    await rename(page, 'small', 'kept');
    await expectSaved(page);
    await limitRoom(page, 1.5 * mb);

    await materializeAll(page);
    await expect(banner(page)).toContainText(/full|room/i, { timeout: 30_000 });
    await expect(node(page, 'big')).not.toHaveAttribute('data-status', 'materialized');
    await expect(page.locator('[data-testid="asset-node"][data-status="running"]')).toHaveCount(0);

    // Edits are shown, and said not to be saved if they are not; the file has them all.
    await addAsset(page, 'added');
    const file = assetsIn(await savedFile(page));
    expect(Object.keys(file).sort()).toEqual(['added', 'big', 'kept']);
    expect(await latestText(page, 'kept')).toBe('kept');
    await goTo(page, 'graph');

    await limitRoom(page, undefined);
    const again = button(page, 'Try again');
    if (await again.count()) await again.click();
    await rename(page, 'added', 'named');
    await expectSaved(page);
    await expect(banner(page)).toHaveCount(0);
    await expect(button(page, 'Cancel run')).toHaveCount(0, { timeout: 20_000 });
    await goTo(page, 'runs');
    await expect(page.getByTestId('run-row').first()).toHaveAttribute('data-status', /interrupted|failure/);
    await goTo(page, 'graph');
    await materializeAll(page);
    await expectAll(page, 'materialized');

    await page.goto('about:blank');
    await page.goto(url);
    await expect(nodes(page)).toHaveCount(3);
    await expectAll(page, 'materialized');
    expect(Object.keys(assetsIn(await savedFile(page))).sort()).toEqual(['big', 'kept', 'named']);
    expect(await latestText(page, 'kept')).toBe('kept');
  });

test('an edit that finds no room is said not to be saved, and is saved when there is room', async ({
  page,
  watch,
}) => {
  watch.allow(/QuotaExceeded|quota/i);
  await page.goto('/');
  await openProjectText(page, projectText('Full', [{ key: 'a', body: "() => 'a'" }]));
  await rename(page, 'a', 'acknowledged');
  await expectSaved(page);
  await limitRoom(page, -1);
  await rename(page, 'acknowledged', 'late');
  await expect(page.getByRole('status').filter({ hasText: 'Not saved' })).toBeVisible();
  await expect(banner(page)).toBeVisible();
  expect(Object.keys(assetsIn(await savedFile(page)))).toEqual(['late']);
  await limitRoom(page, undefined);
  await button(page, 'Try again').click();
  await expectSaved(page);
  await expect(banner(page)).toHaveCount(0);
  await page.reload();
  await expect(node(page, 'late')).toBeVisible();
});

test('where the browser’s database cannot be opened the app works in memory and says so', async () => {
  // IndexedDB is missing for pages and workers alike when its store on disk cannot be opened.
  const profile = await mkdtemp(join(tmpdir(), 'headwater-damaged-'));
  const launch = () =>
    driver.launchPersistentContext(profile, {
      ...chromium,
      baseURL: appOrigin,
      viewport: { width: 1440, height: 900 },
    });
  try {
    const before = await launch();
    const first = before.pages()[0] ?? (await before.newPage());
    await first.goto('/');
    await openProjectText(first, projectText('Kept', [{ key: 'a', body: '() => 1' }]));
    await before.close();
    const folder = join(profile, 'Default', 'IndexedDB');
    const stores = (await readdir(folder)).filter((name) => name.endsWith('.leveldb'));
    expect(stores).toHaveLength(1);
    for (const name of await readdir(join(folder, stores[0] ?? '')))
      if (name.startsWith('MANIFEST')) await rm(join(folder, stores[0] ?? '', name));
    await writeFile(join(folder, stores[0] ?? '', 'CURRENT'), 'nonsense');

    const context = await launch();
    const watch = watchContext(context);
    watch.allow(/IndexedDB|backing store/i);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto('/');
    await expect(page.getByRole('alert').filter({ hasText: 'Memory only' })).toBeVisible();
    await openWeather(page);
    await materializeAll(page);
    await expectAll(page, 'materialized');
    await expect(page.getByRole('alert').filter({ hasText: 'gone when this tab closes' })).toBeVisible();
    await expect(button(page, /^Memory only/)).toBeVisible();
    expect(Object.keys(assetsIn(await savedFile(page))).length).toBeGreaterThanOrEqual(8);
    expect(watch.faults).toEqual([]);
    await context.close();
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});
