// What arrives from outside: shown to be looked at, with a sheet of what it wants, until it is trusted or discarded.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { deflateRawSync, deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { htmlBlockOf, svgMetadataOf } from '#interop/share/markup-carrier.ts';
import { maybePngWith } from '#interop/share/png-carrier.ts';
import { packBundle } from '#interop/share/share-bundle.ts';
import { embedOf, linkOf } from '#interop/share/share-link.ts';
import { textOfPacked } from '#interop/share/text-carrier.ts';
import {
  button,
  chooseFiles,
  expectSaved,
  node,
  nodes,
  projectFile,
  savedFile,
  trustAndOpen,
} from './app-page.ts';
import { appOrigin } from './browser.ts';
import { expect, test } from './story.ts';

const sheet = (page: Page) => page.getByRole('complementary', { name: 'Before you trust it' });
const projectRows = (page: Page) => page.getByTestId('project-row');

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

const exampleText = () =>
  readFile(join(import.meta.dirname, '../../public/examples/seattle-weather.headwater.json'), 'utf8');
const packed = async (documentText: string) => packBundle({ documentText });

/** One transparent pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});
const svgWith = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">${inside}<script>window.pwned=1</script><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="window.pwned=1"/></foreignObject></svg>`;
const htmlWith = (inside: string) =>
  `<!doctype html><title>x</title><body onload="window.pwned=1">${inside}<script>window.pwned=1</script>`;

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

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

/** A bundle of this content; what it claims of itself is true unless said otherwise. */
async function forged(content: Uint8Array, claims: { hash?: Uint8Array; length?: number } = {}) {
  const deflated = deflateRawSync(content, { level: 9 });
  const bytes = new Uint8Array(40 + deflated.length);
  bytes.set([0x48, 0x57, 0x53, 1]);
  new DataView(bytes.buffer).setUint32(4, claims.length ?? content.length, true);
  bytes.set(claims.hash ?? new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(content))), 8);
  bytes.set(deflated, 40);
  return bytes;
}

const projectWith = (fields: string) => `{"format":"headwater","version":3,"name":"x","assets":[],${fields}}`;

test('what is hostile is refused in a sentence, and nothing of it is kept or run', async ({ page }) => {
  const good = await packed(await exampleText());
  const altered = Uint8Array.from(good);
  altered.set(new Uint8Array(32).fill(7), 8);
  const png = maybePngWith(pixel, good) ?? new Uint8Array();
  const zeros = new Uint8Array(48 * 1024 * 1024);
  const zip = zipSync({ 'definitions.ts': strToU8('x'), 'data/z.bin': new Uint8Array(80 * 1024 * 1024) });
  const cases: readonly (readonly [ReturnType<typeof file>, RegExp])[] = [
    [
      file('deep.headwater.json', projectWith(`"notes":${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
      /nested more/,
    ],
    [file('proto.headwater.json', projectWith('"__proto__":{"polluted":1}')), /“__proto__”/],
    [file('cut.headwater.json', (await exampleText()).slice(0, 5_000)), /not JSON/],
    [
      file('long.headwater.json', projectWith(`"description":"${'x'.repeat(2_000_000)}"`)),
      /Something is wrong|Too big/,
    ],
    [file('bomb.zip', zip), /unpacks to more than/],
    [file('torn.zip', zip.slice(0, 1_000)), /no zip that can be read/],
    [file('photo.png', pixel), /no Headwater project/],
    [file('torn.png', png.slice(0, png.length - 40)), /no Headwater project|cannot be read/],
    [file('bare.svg', svgWith('')), /no Headwater project/],
    [
      file(
        'script.svg',
        svgWith('<metadata id="headwater-project"><script>window.pwned=1</script></metadata>'),
      ),
      /no Headwater project|cannot be read/,
    ],
    [file('forged.svg', svgWith(svgMetadataOf(altered))), /does not fit its hash/],
    [
      file('bare.html', htmlWith('<script id="headwater-project">window.pwned=1</script>')),
      /no Headwater project|cannot be read/,
    ],
    [file('bomb.html', htmlWith(htmlBlockOf(await forged(zeros, { length: 100 })))), /cannot be read/],
    [file('zeros.txt', textOfPacked(await forged(zeros), 'x')), /cannot be read/],
    [file('cut.txt', textOfPacked(good, 'x').slice(0, 3_000)), /cannot be read/],
    [
      file('not-raw.txt', textOfPacked(new Uint8Array(deflateSync(zeros.slice(0, 9_000))), 'x')),
      /no Headwater project|cannot be read/,
    ],
  ];
  for (const [hostile, words] of cases)
    await test.step(hostile.name, async () => {
      await page.goto('/');
      await page.reload();
      await chooseFiles(page, hostile);
      const refusal = page.getByRole('alert').filter({ hasText: words });
      await expect(refusal.first()).toBeVisible();
      await expect(refusal.first()).toContainText(`“${hostile.name}” was not opened`);
      await expect(button(page, 'New project')).toBeVisible();
      await expect(projectRows(page)).toHaveCount(0);
      expect(
        await page.evaluate(() => 'pwned' in globalThis || 'polluted' in (Object.prototype as object)),
      ).toBe(false);
    });

  for (const text of ['AAAA', 'x'.repeat(1_500_000), linkOf('', altered).slice('#/shared/'.length)])
    await test.step(`a link of ${text.length} characters`, async () => {
      await page.goto('/');
      await page.evaluate((shared) => {
        location.hash = `/shared/${shared}`;
      }, text);
      await expect(page.getByRole('alert')).toContainText('This link was not opened');
      await page.getByRole('link', { name: 'All projects', exact: true }).click();
      await expect(button(page, 'New project')).toBeVisible();
      await expect(projectRows(page)).toHaveCount(0);
    });
});

test('an embedded project is looked at and nothing more, and the app proper does not open inside another page', async ({
  page,
  watch,
}) => {
  // The page around it is a stranger's: of another origin. A real one, for Chromium keeps pages without an address
  // from those of this machine.
  let around = '';
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<link rel="icon" href="data:,"><body style="height:4000px">${around}`);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const stranger = `http://localhost:${(server.address() as AddressInfo).port}/`;
  watch.allow(new RegExp(`^off-origin request: ${stranger}`));
  const link = await packed(await exampleText());
  const surround = async (frame: string) => {
    around = frame;
    await page.goto(stranger);
  };
  try {
    await surround(embedOf(`${appOrigin}/`, link, 'Weather'));
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('heading', { name: 'Seattle weather' })).toBeVisible();
    await expect(frame.getByTestId('asset-node').first()).toBeVisible();
    await expect(frame.getByRole('button', { name: 'Trust and open' })).toHaveCount(0);
    await expect(frame.getByRole('link', { name: 'Open in Headwater' })).toHaveAttribute(
      'href',
      linkOf(`${appOrigin}/`, link),
    );
    // Its graph takes no wheel before it is clicked.
    await frame.getByRole('button', { name: 'Click to look around' }).hover();
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await frame.getByRole('button', { name: 'Click to look around' }).click();
    await frame.getByTestId('asset-node').first().click();
    await expect(frame.getByRole('region', { name: /^Read / })).toBeVisible();
    const databases = await page
      .frames()[1]!
      .evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(databases).toEqual([]);

    for (const place of ['', '#/settings', linkOf('', link), '#/p/x/graph?embed=1']) {
      await surround(`<iframe src="${appOrigin}/${place}" width="800" height="600"></iframe>`);
      await expect(page.frameLocator('iframe').getByRole('alert')).toContainText(
        'Headwater does not open inside another page',
      );
    }
  } finally {
    server.close();
  }
});
