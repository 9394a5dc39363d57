// What arrives to do harm: it is refused in a sentence, and nothing of it is kept or run. And pages around ours.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { htmlBlockOf, svgMetadataOf } from '#interop/share/markup-carrier.ts';
import { maybePngWith } from '#interop/share/png-carrier.ts';
import { embedOf, linkOf } from '#interop/share/share-link.ts';
import { textOfPacked } from '#interop/share/text-carrier.ts';
import { button, chooseFiles } from './app-page.ts';
import { appOrigin } from './browser.ts';
import { exampleText, file, htmlWith, packed, pixel, projectRows, svgWith } from './carriers.ts';
import { expect, test } from './story.ts';

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
    [file('zeros.txt', textOfPacked(await forged(zeros.slice(0, 20 * 1024 * 1024)), 'x')), /cannot be read/],
    [file('large.txt', textOfPacked(await forged(zeros), 'x')), /too large/],
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
