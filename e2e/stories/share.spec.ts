// A project goes out as a link, a picture, a text and a frame, and is the saved file byte for byte in each.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import type { ShareBundle } from '#interop/share/bundle-types.ts';
import { findBundle, findBundleInText } from '#interop/share/find-bundle.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import {
  button,
  expectAll,
  expectSaved,
  goTo,
  materializeAll,
  openProjectText,
  openShare,
  openWeather,
  savedFile,
} from './app-page.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

const secret = 'hunter2-hunter2';

async function copied(page: Page, name: string): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await button(page, name).click();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).not.toBe('');
  return read();
}

async function downloaded(page: Page, name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const download: Promise<Download> = page.waitForEvent('download');
  await button(page, name).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
}

async function bundleIn(found: ReturnType<typeof findBundle>): Promise<ShareBundle> {
  const opened = await found;
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

test('an example is shared in each form, and each is the saved file byte for byte', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await openWeather(page);
  await expectSaved(page);
  const documentText = await savedFile(page);
  await openShare(page);
  const look = createLook(page);
  await look.at('share');

  const link = await copied(page, 'Copy link');
  expect(link.startsWith(`${new URL(page.url()).origin}/#/shared/`)).toBe(true);
  expect(await bundleIn(findBundleInText(link))).toEqual({ documentText });
  const size = new Intl.NumberFormat('en').format(link.length);
  await expect(page.getByRole('region', { name: 'Link' })).toContainText(`${size} characters`);

  const text = await copied(page, 'Copy as text');
  expect(text).toMatch(/^Headwater project “Seattle weather” in \d+ characters:\n/);
  expect(await bundleIn(findBundleInText(text))).toEqual({ documentText });

  const embed = await copied(page, 'Copy embed code');
  expect(embed).toMatch(/^<iframe src="[^"]+\?embed=1" title="Seattle weather"/);
  expect(await bundleIn(findBundleInText(embed))).toEqual({ documentText });

  const png = await downloaded(page, 'Download PNG');
  expect(png.name).toBe('seattle-weather.png');
  expect(await bundleIn(findBundle(png.bytes))).toEqual({ documentText });
  await page.getByRole('region', { name: 'Picture' }).getByText('Dark').click();
  const svg = await downloaded(page, 'Download SVG');
  expect(svg.name).toBe('seattle-weather.svg');
  expect(await bundleIn(findBundle(svg.bytes))).toEqual({ documentText });

  const html = await downloaded(page, 'Download HTML');
  expect(html.name).toBe('seattle-weather.html');
  expect(await bundleIn(findBundle(html.bytes))).toEqual({ documentText });

  // What the PNG shows is the graph: it has been painted, twice as large as the SVG says.
  const [painted, drawn] = await page.evaluate(
    async ([pngUrl, svgUrl]) => {
      const sizeOf = async (url: string) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      };
      return [await sizeOf(pngUrl), await sizeOf(svgUrl)];
    },
    [png, svg].map(
      ({ bytes }, i) =>
        `data:image/${i === 0 ? 'png' : 'svg+xml'};base64,${Buffer.from(bytes).toString('base64')}`,
    ) as [string, string],
  );
  expect(painted).toEqual(drawn?.map((length) => length * 2));
  expect(look.faults()).toEqual([]);
});

test('values and results go along when they are asked for', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await openWeather(page);
  await materializeAll(page);
  await expectAll(page, 'materialized');
  await expectSaved(page);
  const documentText = await savedFile(page);
  await openShare(page);
  await page.getByText('First rows', { exact: true }).click();
  await page.getByLabel('Rows of each table').fill('5');
  await page.getByRole('checkbox', { name: 'Results' }).check();
  const inside = page.getByRole('region', { name: 'What is inside' });
  await expect(inside).toContainText('Results of 13 assets');
  await expect(inside).toContainText('first rows only');
  const look = createLook(page);
  await look.at('share-values');
  expect(look.faults()).toEqual([]);

  const shared = await bundleIn(findBundleInText(await copied(page, 'Copy link')));
  expect(shared.documentText).toBe(documentText);
  expect(shared.results).toHaveLength(13);
  expect(shared.results?.find(({ key }) => key === 'daily_weather')?.summary?.count).toBe(1461);
  const daily = shared.values?.find(({ key }) => key === 'daily_weather');
  expect(daily?.isSample).toBe(true);
  expect(daily && decodeValue(daily.bytes)).toHaveLength(5);
  const svg = await downloaded(page, 'Download SVG');
  expect(new TextDecoder().decode(svg.bytes)).toContain('1,461 rows');
});

const asset = (id: string, x: number, body: string) => ({
  id,
  kind: 'asset',
  key: id,
  position: { x, y: 0 },
  body: `${body}\n`,
});

test('environment values never go along, and what looks like a key is pointed out', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  const text = JSON.stringify({
    format: 'headwater',
    version: 3,
    name: 'Secrets',
    assets: [
      asset(
        'asked',
        0,
        `import { MaterializeResult } from 'headwater';
export default (_, { resources: { http } }) =>
  new MaterializeResult({ value: [1], metadata: { asked: 'with ' + http.token } });`,
      ),
      asset(
        'careless',
        300,
        "export default () => {\n  const apiKey = 'a1b2c3d4e5f6';\n  return apiKey.length;\n};",
      ),
    ],
  });
  await openProjectText(page, text);
  await goTo(page, 'resources');
  await button(page, /^HTTP client/).click();
  const values = page.getByRole('region', { name: 'Environment values' });
  await values.getByLabel('Value of HTTP_TOKEN').fill(secret);
  await button(page, 'Save').last().click();
  await expect(values.getByText('Set', { exact: true })).toBeVisible();
  await goTo(page, 'graph');
  await materializeAll(page);
  await expectAll(page, 'materialized');

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('share');
  await page.getByRole('button', { name: 'Share…' }).click();
  const warning = page.getByRole('alert', { name: 'Possible keys' });
  await expect(warning).toContainText('the value of “apiKey” in the asset “careless”, line 2');
  await expect(warning).not.toContainText('a1b2c3d4e5f6');
  await page.getByRole('dialog').getByText(/^All,/).click();
  await page.getByRole('checkbox', { name: 'Results' }).check();
  const inside = page.getByRole('region', { name: 'What is inside' });
  await expect(inside).toContainText('Results of 2 assets');
  await expect(inside).toContainText('Names of environment values: HTTP_TOKEN');
  await expect(inside).toContainText('Not inside: the environment values themselves');
  const look = createLook(page);
  await look.at('share-keys');
  expect(look.faults()).toEqual([]);

  const shared = await bundleIn(findBundleInText(await copied(page, 'Copy link')));
  expect(shared.results?.find(({ key }) => key === 'asked')?.metadata.asked?.value).toContain('with ');
  const all = [shared.documentText, JSON.stringify(shared.results)].join();
  expect(all).toContain('HTTP_TOKEN');
  expect(all).not.toContain(secret);
  for (const { bytes } of shared.values ?? []) expect(Buffer.from(bytes).includes(secret)).toBe(false);
});

test('a project with a large data file says that a picture is better than a link, and takes the file along', async ({
  page,
}) => {
  await page.goto('/');
  await button(page, /^Flights, 200,000/)
    .first()
    .click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await expectSaved(page);
  await openShare(page);
  await expect(page.getByRole('region', { name: 'Link' })).toContainText('better send a picture');
  await expect(page.getByRole('region', { name: 'What is inside' })).toContainText('1 data file, 1.6 MB');
  const look = createLook(page);
  await look.at('share-large');
  expect(look.faults()).toEqual([]);
  const shared = await bundleIn(findBundle((await downloaded(page, 'Download PNG')).bytes));
  const [file] = (JSON.parse(shared.documentText) as { files: { path: string; sha256: string }[] }).files;
  const [sent] = shared.files ?? [];
  expect(sent?.path).toBe(file?.path);
  expect(
    createHash('sha256')
      .update(sent?.bytes ?? '')
      .digest('hex'),
  ).toBe(file?.sha256);
});

test('looking at the dialog trusts nothing; what is handed out is one’s own', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  const url = await openWeather(page);
  await openShare(page);
  await expect(page.getByRole('img', { name: 'All assets and what they depend on' })).toBeVisible();
  await page.goto('/#/settings');
  await expect(page.getByText('Nothing yet.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing yet.')).toBeVisible();
  await page.goto(url);
  await expect(button(page, 'Materialize all')).toBeVisible();
  await openShare(page);
  await copied(page, 'Copy link');
  await page.goto('/#/settings');
  await expect(button(page, 'Forget Seattle weather')).toHaveCount(1);
});
