// What arrives from outside: shown to be looked at, with a sheet of what it wants, until it is trusted or discarded.

import type { Page } from '@playwright/test';
import { htmlBlockOf, svgMetadataOf } from '#interop/share/markup-carrier.ts';
import { maybePngWith } from '#interop/share/png-carrier.ts';
import { linkOf } from '#interop/share/share-link.ts';
import { textOfPacked } from '#interop/share/text-carrier.ts';
import {
  button,
  chooseFiles,
  expectSaved,
  focus,
  node,
  nodes,
  projectFile,
  projectText,
  savedFile,
  trustAndOpen,
} from './app-page.ts';
import { appOrigin } from './browser.ts';
import { exampleText, file, htmlWith, packed, pixel, projectRows, sheet, svgWith } from './carriers.ts';
import { dropFiles } from './drop-files.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

/** A project that names hosts, libraries, environment values and resources, with scripts in all of its texts. */
const wanting = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: 'Wants <img src=x onerror="window.pwned=1">',
  description: '<script>window.pwned=1</script>',
  assets: [
    {
      id: 'a',
      kind: 'asset',
      key: 'orders',
      position: { x: 0, y: 0 },
      body: [
        "import { mean } from 'd3-array';",
        "import pad from 'left-pad';",
        "export default async () => fetch('https://collect.example.com/orders').then(() => mean([1]), pad);",
        '',
      ],
      description: '<b onmouseover="window.pwned=1">x</b>',
    },
    {
      id: 'b',
      kind: 'asset',
      key: 'report',
      position: { x: 300, y: 0 },
      body: ['export default ({ orders }: { orders: unknown }) => orders;', ''],
    },
  ],
  resources: [
    {
      key: 'http',
      kind: 'resource',
      body: ['export default class { constructor() { globalThis.pwned = 1; } }', ''],
      config: { token: { env: 'SHOP_TOKEN' } },
    },
  ],
  notes: [
    {
      id: 'n',
      position: { x: 0, y: 200 },
      width: 240,
      height: 96,
      text: '# Note\n<script>window.pwned=1</script> ![x](https://pixel.example.net/x.png)',
    },
  ],
});

test('a file from outside is looked at first: nothing is stored or run until it is trusted, and it is asked once', async ({
  page,
}) => {
  await page.goto('/');
  await expect(button(page, 'New project')).toBeVisible();
  await chooseFiles(page, projectFile(wanting, 'wants.headwater.json'));
  await expect(sheet(page).getByRole('heading', { level: 1 })).toContainText('Wants <img');
  await expect(sheet(page)).toContainText('file “wants.headwater.json”');
  const wants = (name: string) => sheet(page).getByRole('list', { name, exact: true });
  await expect(wants('Hosts')).toHaveText('collect.example.compixel.example.net');
  await expect(wants('Libraries')).toHaveText('d3-arrayleft-pad (unknown)');
  await expect(wants('Environment values')).toHaveText('SHOP_TOKEN');
  await expect(wants('Resources')).toHaveText('http');

  await expect(nodes(page)).toHaveCount(2);
  await node(page, 'orders').click();
  const reader = page.getByRole('region', { name: 'Read orders' });
  await expect(reader.getByRole('region', { name: 'Code of orders' })).toContainText('collect.example.com');
  await expect(reader.getByRole('textbox')).toHaveCount(0);
  await node(page, 'report').dblclick();
  await expect(page.getByLabel('Asset name')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Part to read' }).click();
  await page.getByRole('option', { name: 'http' }).click();
  await expect(page.getByRole('region', { name: 'Code of http' })).toContainText('globalThis.pwned');
  expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);

  await button(page, 'Discard').click();
  await expect(button(page, 'New project')).toBeVisible();
  await expect(projectRows(page)).toHaveCount(0);
  await page.goto('/#/arrived');
  await expect(page.getByText('There is nothing to look at')).toBeVisible();

  await page.goto('/');
  await chooseFiles(page, projectFile(wanting));
  const url = await trustAndOpen(page);
  await expect(nodes(page)).toHaveCount(2);
  await expectSaved(page);
  expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);

  // The same content again, laid out otherwise: no question, and the same project.
  await page.goto('/');
  await chooseFiles(
    page,
    projectFile(JSON.stringify(JSON.parse(wanting), undefined, 4), 'other.headwater.json'),
  );
  await page.waitForURL(url);
  await page.goto('/');
  await expect(projectRows(page)).toHaveCount(1);
});

test('what this browser saved itself opens without a question, and as it was', async ({ page }) => {
  await page.goto('/');
  await chooseFiles(page, projectFile(wanting));
  await trustAndOpen(page);
  await expect(nodes(page)).toHaveCount(2);
  await button(page, 'Add asset').first().press('Enter');
  await page.getByLabel('Asset name').fill('own');
  await page.keyboard.press('Enter');
  await node(page, 'own').waitFor();
  const saved = await savedFile(page);
  await page.goto('/');
  await chooseFiles(page, projectFile(saved, 'own.headwater.json'));
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await expect(node(page, 'own')).toBeVisible();
  expect(await savedFile(page)).toBe(saved);
});

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

test('assets pasted from outside are looked at before they are added to the open project', async ({
  page,
}, info) => {
  await page.goto('/');
  await button(page, 'New project').click();
  const canvas = page.getByRole('application', { name: 'Asset graph' });
  await expect(canvas).toBeVisible();
  const url = page.url();
  await canvas.click();
  const text = projectText('From a mail', [
    { key: 'bait', body: "() => { globalThis.pwned = true; return fetch('https://evil.example/'); }" },
    { key: 'reader', body: '({ bait }) => bait' },
  ]);
  await paste(page, text);
  await expect(sheet(page).getByRole('heading', { level: 1 })).toHaveText('From a mail');
  await expect(sheet(page).getByRole('list', { name: 'Hosts' })).toHaveText('evil.example');
  const look = createLook(page);
  await look.at('pasted-assets');
  await page.screenshot({ path: info.outputPath('pasted-assets.png') });
  await button(page, 'Discard').click();
  await page.waitForURL(url);
  await expect(nodes(page)).toHaveCount(0);

  await canvas.click();
  await paste(page, text);
  await button(page, 'Add 2 assets to “Untitled project”').click();
  await page.waitForURL(url);
  await expect(nodes(page)).toHaveCount(2);
  await expect(node(page, 'bait')).toHaveAttribute('data-status', 'never');
  expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
  // Asked once for this content; changed, it is another one.
  await focus(page, 'reader');
  await paste(page, text);
  await expect(node(page, 'bait_copy')).toBeVisible();
  await paste(page, text.replace('evil.example', 'other.example'));
  await expect(sheet(page).getByRole('list', { name: 'Hosts' })).toHaveText('other.example');
  expect(look.faults()).toEqual([]);
});

/** Each way in which a project of this text may come to a page that has the app open. */
const ways: Readonly<Record<string, (page: Page, text: string) => Promise<void>>> = {
  'a file': (page, text) => chooseFiles(page, projectFile(text)),
  'a link': async (page, text) => {
    await page.goto(linkOf('/', await packed(text)));
  },
  'a PNG': async (page, text) => {
    const png = maybePngWith(pixel, await packed(text));
    if (!png) throw new Error('no picture');
    await chooseFiles(page, file('graph.png', png));
  },
  'an SVG with scripts': async (page, text) =>
    chooseFiles(page, file('graph.svg', svgWith(svgMetadataOf(await packed(text))))),
  'an HTML page with scripts': async (page, text) =>
    chooseFiles(page, file('page.html', htmlWith(htmlBlockOf(await packed(text))))),
  'a text file': async (page, text) =>
    chooseFiles(page, file('mail.txt', textOfPacked(await packed(text), 'x').replace(/^/gm, '> '))),
  'pasted text': async (page, text) => paste(page, textOfPacked(await packed(text), 'Weather')),
  'a pasted link': async (page, text) => paste(page, `Look: ${linkOf(appOrigin, await packed(text))} !`),
};

for (const [way, arrive] of Object.entries(ways))
  test(`an example comes back byte for byte from ${way}`, async ({ page }) => {
    const text = await exampleText();
    await page.goto('/');
    await expect(button(page, 'New project')).toBeVisible();
    await arrive(page, text);
    await expect(sheet(page).getByRole('heading', { level: 1 })).toHaveText('Seattle weather');
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    await trustAndOpen(page);
    await expect(nodes(page).first()).toBeVisible();
    expect(await savedFile(page)).toBe(text);
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
  });

test('a link is asked about once, and forgetting it in the settings asks again', async ({ page }) => {
  const link = linkOf('/', await packed(await exampleText()));
  await page.goto(link);
  const url = await trustAndOpen(page);
  await page.goto('/');
  await expect(projectRows(page)).toHaveCount(1);
  await page.goto(link);
  await page.waitForURL(url);
  await page.goto('/#/settings');
  await button(page, 'Forget Seattle weather').click();
  await expect(page.getByText('Nothing yet.')).toBeVisible();
  await page.goto(link);
  await expect(button(page, 'Trust and open')).toBeVisible();
});

test('what is shared is pasted and dropped on a canvas too, and is looked at first', async ({ page }) => {
  const text = await exampleText();
  await page.goto('/');
  await button(page, 'New project').click();
  const canvas = page.getByRole('application', { name: 'Asset graph' });
  await expect(canvas).toBeVisible();
  await canvas.click();
  await paste(page, textOfPacked(await packed(text), 'Weather'));
  await expect(sheet(page).getByRole('heading', { level: 1 })).toHaveText('Seattle weather');
  await page.goBack();
  await expect(canvas).toBeVisible();
  await dropFiles(page, [{ name: 'graph.svg', text: svgWith(svgMetadataOf(await packed(text))) }]);
  await expect(sheet(page)).toContainText('file “graph.svg”');
  await button(page, 'Discard').click();
  await expect(projectRows(page)).toHaveCount(1);
});
