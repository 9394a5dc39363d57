// Resources: a class with fields, an environment value that nothing shows, and who uses them.

import type { Page } from '@playwright/test';
import { button, expectSaved, goTo, nodeFacts, openProjectText, savedFile, select } from './app-page.ts';
import { expect, test } from './story.ts';

const secret = 'hunter2-hunter2';

const asset = (id: string, x: number, body: string) => ({
  id,
  kind: 'asset',
  key: id,
  position: { x, y: 0 },
  body: `export default ${body}\n`,
});

const project = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: 'Shared things',
  assets: [
    asset('tickets', 0, '(_, context) => [1, 2, 3].map(() => context.resources.counter.next())'),
    asset(
      'leak',
      300,
      `(_, { resources: { http }, log }) => {
  log.info('asking with ' + http.token);
  throw new Error('refused: ' + http.token);
}`,
    ),
  ],
});

async function shoot(page: Page, path: (name: string) => string, name: string): Promise<void> {
  for (const width of [1440, 1024])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: width === 1440 ? 900 : 700 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path(`${name}-${width}-${colorScheme}.png`) });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

const links = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

test('a resource is made from a template, tested, used by a body and renamed', async ({ page }, info) => {
  const path = (name: string) => info.outputPath(name);
  await page.goto('/');
  await openProjectText(page, project);
  await links(page).getByRole('link', { name: 'Resources' }).click();
  await expect(page.getByRole('heading', { name: 'What bodies share' })).toBeVisible();
  await shoot(page, path, 'empty');
  await button(page, /^Counter/).click();

  const settings = page.getByRole('region', { name: 'Settings of the resource' });
  await expect(page.getByRole('textbox', { name: 'Class of counter' })).toBeAttached();
  await settings.getByRole('textbox', { name: 'first' }).fill('41');
  await settings.getByRole('textbox', { name: 'first' }).press('Enter');
  await button(page, 'Test resource').click();
  await expect(settings.getByText('Made, set up and torn down')).toBeVisible();
  await expect(settings.getByText('Counting from 41')).toBeVisible();
  await expect(settings.getByRole('link', { name: 'tickets' })).toBeVisible();
  await shoot(page, path, 'counter');
  await expectSaved(page);

  await page.reload();
  await expect(settings.getByRole('textbox', { name: 'first' })).toHaveValue('41');
  await settings.getByLabel('Key').fill('till');
  await settings.getByLabel('Key').press('Enter');
  await expect(page).toHaveURL(/resources\/till$/);
  await goTo(page, 'graph');
  await select(page, 'tickets');
  await button(page, 'Materialize selected').press('Enter');
  await expect.poll(async () => (await nodeFacts(page)).tickets).toBe('materialized');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('43', { exact: true })).toBeVisible();
  expect(await savedFile(page)).toContain('context.resources.till.next()');
});

test('an environment value reaches the resource, and neither the file nor the logs', async ({
  page,
}, info) => {
  const path = (name: string) => info.outputPath(name);
  await page.goto('/');
  await openProjectText(page, project);
  await goTo(page, 'resources');
  await button(page, /^HTTP client/).click();
  const values = page.getByRole('region', { name: 'Environment values' });
  await expect(values.getByText('Missing')).toBeVisible();
  await button(page, 'Test resource').click();
  await expect(page.getByText(/“HTTP_TOKEN” is not set/)).toBeVisible();
  await shoot(page, path, 'missing');
  await values.getByLabel('Value of HTTP_TOKEN').fill(secret);
  await button(page, 'Save').last().click();
  await expect(values.getByText('Set', { exact: true })).toBeVisible();
  await page.reload();
  await expect(values.getByText('Set', { exact: true })).toBeVisible();
  await shoot(page, path, 'set');

  await goTo(page, 'graph');
  await select(page, 'leak');
  await button(page, 'Materialize selected').press('Enter');
  await expect.poll(async () => (await nodeFacts(page)).leak).toBe('failed');
  await goTo(page, 'runs');
  await page.getByRole('link', { name: /leak/ }).first().click();
  await expect(page.getByText('refused: ••••').first()).toBeVisible();
  await expect(page.getByText('asking with ••••').first()).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await goTo(page, 'graph');
  expect(await savedFile(page)).not.toContain(secret);
  expect(await storedText(page)).not.toContain(secret);

  await page.getByRole('link', { name: 'Settings' }).click();
  const listed = page.getByRole('region', { name: 'Environment values', exact: true });
  await expect(listed.getByText('HTTP_TOKEN', { exact: true })).toBeVisible();
  await expect(listed.getByRole('link', { name: 'http', exact: true })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await shoot(page, path, 'settings');
  await button(page, 'Replace the value of HTTP_TOKEN').click();
  await listed.getByLabel('Value of HTTP_TOKEN', { exact: true }).fill(`${secret}-2`);
  await listed.getByLabel('Value of HTTP_TOKEN', { exact: true }).press('Enter');
  await expect(button(page, 'Replace the value of HTTP_TOKEN')).toBeVisible();
  await button(page, 'Remove the value of HTTP_TOKEN').click();
  await button(page, 'Remove value').click();
  await expect(listed.getByText(/^None yet/)).toBeVisible();
});

const kept = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: 'Kept elsewhere',
  assets: [
    asset('harvest', 0, "() => [{ fruit: 'plum', crates: 12 }, { fruit: 'pear', crates: 7 }]"),
    asset('crates', 300, '({ harvest }) => harvest.reduce((sum, { crates }) => sum + crates, 0)'),
  ],
});

async function keepBy(page: Page, key: string, manager: string): Promise<void> {
  await select(page, key);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'IO manager' }).click();
  await page.getByRole('option', { name: manager, exact: true }).click();
  await expectSaved(page);
}

test('assets choose who keeps their values: an IO manager of the project, or the memory', async ({
  page,
}, info) => {
  const path = (name: string) => info.outputPath(name);
  await page.goto('/');
  await openProjectText(page, kept);
  await goTo(page, 'resources');
  await button(page, /^Custom IO manager/).click();
  await expect(page.getByRole('textbox', { name: 'Class of json_store' })).toBeAttached();
  await shoot(page, path, 'manager');
  await goTo(page, 'graph');
  await keepBy(page, 'harvest', 'json_store');
  await keepBy(page, 'crates', 'memory');
  await shoot(page, path, 'settings');
  await button(page, 'Materialize all').press('Enter');
  await expect.poll(() => nodeFacts(page)).toEqual({ crates: 'materialized', harvest: 'materialized' });
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('19', { exact: true })).toBeVisible();
  await select(page, 'harvest');
  await expect(page.getByText('Kept by json_store')).toBeVisible();
  await expect(page.getByText('values/harvest.json')).toBeVisible();
  await shoot(page, path, 'kept');

  await page.reload();
  await select(page, 'crates');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByText('This value is gone')).toBeVisible();
  await shoot(page, path, 'gone');
  // What the manager keeps is still there.
  await button(page, 'Materialize selected').press('Enter');
  await expect(page.getByRole('tabpanel').getByText('19', { exact: true })).toBeVisible();
  expect(await savedFile(page)).toContain('"ioManager": "json_store"');
});

/** Everything that the database of projects holds, as text. */
const storedText = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('headwater');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('the database does not open'));
    });
    const decoder = new TextDecoder('latin1');
    let text = '';
    for (const name of opened.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const request = opened.transaction(name).objectStore(name).getAll();
        request.onsuccess = () => resolve(request.result as unknown[]);
        request.onerror = () => reject(new Error(`${name} cannot be read`));
      });
      text += JSON.stringify(rows, (_, value: unknown) =>
        value instanceof Uint8Array ? decoder.decode(value) : value,
      );
    }
    opened.close();
    return text;
  });

test('a class that does not compile is in Problems, which lead to it', async ({ page }) => {
  await page.goto('/');
  await openProjectText(
    page,
    JSON.stringify({
      format: 'headwater',
      version: 3,
      name: 'Broken class',
      assets: [asset('tickets', 0, '(_, context) => context.resources.counter.next()')],
      resources: [{ key: 'counter', kind: 'resource', body: 'export default class Counter {\n  next(: }\n' }],
    }),
  );
  await page.getByRole('tab', { name: /^Problems/ }).click();
  const problem = page
    .getByRole('list', { name: 'Problems' })
    .getByRole('button', { name: /Resource counter/ });
  await expect(problem).toContainText('Resource counter:2:');
  await problem.click();
  await expect(page.getByRole('textbox', { name: 'Class of counter' })).toBeAttached();
  await expect(page).toHaveURL(/resources\/counter/);
});
