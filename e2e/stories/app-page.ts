// The app as its users drive it: by roles, labels and the attributes that are there for tests.

import { expect, type Locator, type Page } from '@playwright/test';

export const nodes = (page: Page): Locator => page.getByTestId('asset-node');
export const node = (page: Page, key: string): Locator =>
  page.locator(`[data-testid="asset-node"][data-asset-key="${key}"]`);
export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

/** Keys and statuses of all nodes, by key. */
export async function nodeFacts(page: Page): Promise<Record<string, string>> {
  const facts = await nodes(page).evaluateAll((elements) =>
    elements.map((element) => [
      element.getAttribute('data-asset-key') ?? '',
      element.getAttribute('data-status') ?? '',
    ]),
  );
  return Object.fromEntries(facts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)) as [string, string][]);
}

export interface TestAsset {
  readonly key: string;
  /** What follows `export default`. */
  readonly body: string;
}

/** A project file of these assets in a row; the id of each is its key. */
export function projectText(name: string, assets: readonly TestAsset[]): string {
  return JSON.stringify({
    format: 'headwater',
    version: 1,
    name,
    assets: assets.map(({ key, body }, index) => ({
      id: key,
      kind: 'asset',
      key,
      position: { x: (index % 4) * 300, y: Math.floor(index / 4) * 160 },
      body: `export default ${body}\n`,
    })),
  });
}

/** A file as a file chooser takes it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses files with the first page's button; what is not trusted yet is then shown to be looked at. */
export async function chooseFiles(page: Page, ...files: readonly TestFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Open file').click();
  await (await chooser).setFiles([...files]);
}

/** Trusts what is shown, unless it is trusted already, and answers with the address of its project. */
export async function trustAndOpen(page: Page): Promise<string> {
  await page.waitForURL(/#\/(arrived|shared\/|p\/[^/]+\/graph)/);
  if (!/#\/p\//.test(page.url())) await button(page, 'Trust and open').click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  // Until its page is made, the one before stays.
  await expect(button(page, 'Trust and open')).toHaveCount(0);
  return page.url();
}

export const projectFile = (text: string, name = 'story.headwater.json'): TestFile => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Opens a project file from the first page, and answers with the project's address. */
export async function openProjectText(page: Page, text: string): Promise<string> {
  await chooseFiles(page, projectFile(text));
  const url = await trustAndOpen(page);
  // From afar, a large graph is a picture.
  await expect(nodes(page).or(page.locator('.react-flow canvas')).first()).toBeVisible();
  return url;
}

/** Opens the app with a project of these assets. */
export async function openAssets(page: Page, name: string, assets: readonly TestAsset[]): Promise<string> {
  await page.goto('/');
  return openProjectText(page, projectText(name, assets));
}

export async function openWeather(page: Page): Promise<string> {
  await page
    .getByRole('button', { name: /Seattle weather/i })
    .first()
    .click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await expect(nodes(page).first()).toBeVisible();
  return page.url();
}

/** Every edit so far is in the log: the top bar says so. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: /^(Saved|Saving…)/ })).toHaveText('Saved');
}

/** All nodes have this status. */
export async function expectAll(page: Page, status: string): Promise<void> {
  const statuses = async () => [...new Set(Object.values(await nodeFacts(page)))];
  await expect.poll(statuses, { timeout: 60_000 }).toEqual([status]);
}

/** Types a new name over a node's, as F2 does. */
export async function rename(page: Page, from: string, to: string): Promise<void> {
  await focus(page, from);
  await page.keyboard.press('F2');
  await typeName(page, to);
}

/** Selects one node, and no other. */
export async function select(page: Page, key: string): Promise<void> {
  await focus(page, key);
  await page.keyboard.press('Enter');
}

export async function addAsset(page: Page, key: string): Promise<void> {
  await button(page, 'Add asset').first().press('Enter');
  await typeName(page, key);
}

async function typeName(page: Page, key: string): Promise<void> {
  await page.getByLabel('Asset name').fill(key);
  await page.keyboard.press('Enter');
  await node(page, key).waitFor();
}

/** Moves a node by one step of the keyboard. */
export async function nudge(page: Page, key: string, arrow: 'ArrowDown' | 'ArrowRight'): Promise<void> {
  await focus(page, key);
  await page.keyboard.press(arrow);
}

/** Goes to a node as the Tab key does, with nothing selected: keys mean this node. */
export async function focus(page: Page, key: string): Promise<void> {
  const graph = page.getByRole('application', { name: 'Asset graph' });
  const place = graph.getByRole('group', { name: key, exact: true });
  // Nodes out of view are not on the page.
  if (!(await place.isVisible())) await button(page, 'Zoom to fit').press('Enter');
  await place.focus();
  await page.keyboard.press('Escape');
  await place.focus();
}

/** Replaces a body by typing over all of it. */
export async function editBody(page: Page, key: string, body: string): Promise<void> {
  await select(page, key);
  await page.getByRole('tab', { name: 'Body' }).click();
  const editor = page.getByRole('textbox', { name: `Body of ${key}` });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(body);
}

/** The body that an asset has, as its editor shows it. */
export async function materializeAll(page: Page): Promise<void> {
  await button(page, 'Materialize all').press('Enter');
}

/** Another page of the open project, without loading the app again. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = location.hash.replace(/^(#\/p\/[^/]+)\/.*$/, `$1/${hash}`);
  }, place);
}

/** The text of the project as "Save to file" gives it. */
export async function savedFile(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('banner').getByRole('button', { expanded: false }).first().click();
  const save = page.getByRole('menuitem', { name: 'Save to file' });
  await save.click();
  // What is done next may be done where the menu still fades.
  await save.waitFor({ state: 'hidden' });
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

interface SavedAsset {
  readonly id: string;
  readonly key: string;
  readonly body?: string;
  readonly position: { readonly x: number; readonly y: number };
}

/** The assets of a saved file, by key; bodies as one text. */
export function assetsIn(text: string): Record<string, SavedAsset> {
  const { assets } = JSON.parse(text) as {
    assets: (Omit<SavedAsset, 'body'> & { body?: string | string[] })[];
  };
  return Object.fromEntries(
    assets.map(({ body, ...asset }) => [
      asset.key,
      { ...asset, ...(body === undefined ? {} : { body: Array.isArray(body) ? body.join('\n') : body }) },
    ]),
  );
}

/** The latest value of an asset that returns a text, as its catalog page previews it. */
export async function latestText(page: Page, key: string): Promise<string> {
  await goTo(page, `catalog/${key}`);
  await expect(page.getByRole('heading', { level: 1, name: key })).toBeVisible();
  const region = page.getByRole('region', { name: 'Latest value' });
  const shown = region
    .locator('[data-kind]')
    .or(region.getByText(/Not materialized yet|Value lost|could not be read|No value/));
  return (await shown.last().textContent()) ?? '';
}

/** Opens the Share dialog of the project. */
export async function openShare(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { expanded: false }).first().click();
  await page.getByRole('menuitem', { name: 'Share…' }).click();
  await expect(page.getByRole('region', { name: 'Link' })).toBeVisible();
}
