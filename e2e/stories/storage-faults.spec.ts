import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, test as base, type Page } from '@playwright/test';
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
import { appOrigin } from './browser.ts';
import { createProfile, type Profile } from './profile.ts';
import { expect } from './story.ts';

const mb = 1024 * 1024;

/** Bytes that no compression makes smaller. */
const noise = (megabytes: number) =>
  `() => {\n  const bytes = new Uint8Array(${megabytes * mb});\n  let x = 1;\n  for (let i = 0; i < bytes.length; i += 1) {\n    x = (x * 1664525 + 1013904223) >>> 0;\n    bytes[i] = x >>> 24;\n  }\n  return bytes;\n}`;

type LimitRoom = (extraBytes: number | undefined) => Promise<void>;

/** Sets how much room the app has beyond what it uses; undefined gives back what the browser gives. */
async function createRoomLimit(context: BrowserContext): Promise<LimitRoom> {
  // The limit lasts as long as this session, and so this page.
  const session = await context.newCDPSession(await context.newPage());
  const origin = appOrigin;
  return async (extraBytes) => {
    if (extraBytes === undefined) await session.send('Storage.overrideQuotaForOrigin', { origin });
    else {
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
      const quotaSize = Math.max(0, Math.ceil(usage + extraBytes));
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    }
  };
}

/**
 * Opens the browser again, with its room limited. Chromium trusts what it knows of an open database's room for
 * half a minute, so that a limit holds from the next start on.
 */
async function reopenWithRoom(profile: Profile, page: Page, extraBytes: number) {
  const url = page.url();
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
  const again = await profile.open();
  again.watch.allow(/QuotaExceeded|quota/i);
  const limitRoom = await createRoomLimit(again.context);
  await limitRoom(extraBytes);
  await again.page.goto(url);
  await nodes(again.page).first().waitFor();
  return { ...again, limitRoom };
}

const test = base.extend<{ profile: Profile }>({
  profile: async ({ viewport }, use) => {
    const profile = await createProfile(viewport);
    await use(profile);
    await profile.close();
  },
});

const banner = (page: Page) =>
  page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Save to file' }) });

for (const [where, megabytes] of [
  ['a value of 12 MB, kept as a file', 12],
  ['a value of 3 MB, kept in the database', 3],
] as const)
  test(`when the browser’s room is used up by ${where}, it says so, nothing is lost and work goes on`, async ({
    profile,
  }) => {
    const { page: first } = await profile.open();
    await first.goto('/');
    const url = await openProjectText(
      first,
      projectText('Full', [
        { key: 'small', body: "() => 'kept'" },
        { key: 'big', body: noise(megabytes) },
      ]),
    );
    await select(first, 'small');
    await button(first, 'Materialize selected').press('Enter');
    await expect(node(first, 'small')).toHaveAttribute('data-status', 'materialized');
    await rename(first, 'small', 'kept');
    await expectSaved(first);
    const { page, watch, limitRoom } = await reopenWithRoom(profile, first, 2.5 * mb);

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

    await limitRoom(undefined);
    const again = button(page, 'Try again');
    if (await again.count()) await again.click();
    await rename(page, 'added', 'named');
    await expectSaved(page);
    await expect(banner(page)).toHaveCount(0);
    await expect(button(page, 'Cancel run')).toHaveCount(0);
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
    expect(watch.faults).toEqual([]);
  });

// No second try: what was lost once is lost.
test.describe.configure({ retries: 0 });

test('an edit that finds no room is said not to be saved, and is saved when there is room', async ({
  profile,
}) => {
  const { page: first } = await profile.open();
  await first.goto('/');
  await openProjectText(first, projectText('Full', [{ key: 'a', body: "() => 'a'" }]));
  await rename(first, 'a', 'acknowledged');
  await expectSaved(first);
  const { page, watch, limitRoom } = await reopenWithRoom(profile, first, -1);
  await rename(page, 'acknowledged', 'late');
  await expect(page.getByRole('status').filter({ hasText: 'Not saved' })).toBeVisible();
  await expect(banner(page)).toBeVisible();
  expect(Object.keys(assetsIn(await savedFile(page)))).toEqual(['late']);
  await limitRoom(undefined);
  await button(page, 'Try again').click();
  await expectSaved(page);
  await expect(banner(page)).toHaveCount(0);
  await page.reload();
  await expect(node(page, 'late')).toBeVisible();
  expect(watch.faults).toEqual([]);
});

test('a project whose database the browser has lost is back, without its runs, and says so', async ({
  profile,
}) => {
  const { page: first } = await profile.open();
  await first.goto('/');
  const url = await openProjectText(first, projectText('Kept', [{ key: 'a', body: '() => 1' }]));
  await materializeAll(first);
  await expectAll(first, 'materialized');
  await rename(first, 'a', 'renamed');
  await expectSaved(first);
  // The copy is written a moment after.
  await first.waitForTimeout(1_500);
  await first.context().close();
  await rm(join(profile.folder, 'Default', 'IndexedDB'), { recursive: true });

  const { page, watch } = await profile.open();
  await page.goto(url);
  await expect(page.getByRole('alert').filter({ hasText: 'had lost its database' })).toContainText('“Kept”');
  await expect(node(page, 'renamed')).toHaveAttribute('data-status', 'never');
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await page.reload();
  await expectAll(page, 'materialized');
  await expect(page.getByRole('alert').filter({ hasText: 'had lost its database' })).toHaveCount(0);
  expect(watch.faults).toEqual([]);
});

test('where the browser’s database cannot be opened the app works in memory and says so', async ({
  profile,
}) => {
  const { page: first } = await profile.open();
  await first.goto('/');
  await openProjectText(first, projectText('Kept', [{ key: 'a', body: '() => 1' }]));
  await first.context().close();
  // A file stands where the folder of databases was.
  const folder = join(profile.folder, 'Default', 'IndexedDB');
  expect(await readdir(folder)).not.toEqual([]);
  await rm(folder, { recursive: true });
  await writeFile(folder, '');

  const { page, watch } = await profile.open();
  watch.allow(/IndexedDB|backing store/i);
  await page.goto('/');
  await expect(page.getByRole('alert').filter({ hasText: 'Memory only' })).toBeVisible();
  await openWeather(page);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await expect(page.getByRole('alert').filter({ hasText: 'gone when this tab closes' })).toBeVisible();
  await expect(button(page, /^Memory only/)).toBeVisible();
  expect(Object.keys(assetsIn(await savedFile(page))).length).toBeGreaterThanOrEqual(8);
  expect(watch.faults).toEqual([]);
});
