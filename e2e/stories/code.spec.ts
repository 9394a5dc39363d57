// The graph as TypeScript: what an export holds for an asset.

import { button, editBody, node, openWeather, select } from './app-page.ts';
import { createLook } from './screen-faults.ts';
import { expect, test } from './story.ts';

test('the Code tab shows what an export holds for an asset, and follows edits', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await openWeather(page);
  await select(page, 'daily_weather');
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  const code = page.getByRole('region', { name: 'Code of assets/daily_weather.ts' });
  await expect(code).toContainText('} satisfies AssetOptions;');
  await expect(code).toContainText("ins: { raw_weather: new AssetIn({ key: 'raw/weather' }) },");
  await button(page, 'Copy the file').click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('export default function daily_weather(');
  const look = createLook(page);
  await look.at('code-tab');
  expect(look.faults()).toEqual([]);

  await editBody(page, 'daily_weather', 'export default function other({ raw_weather }) {\n  return 1;\n}\n');
  await page.getByRole('tab', { name: 'Code', exact: true }).click();
  await expect(code).toContainText('export default function other({ raw_weather }) {');
  await expect(code).toContainText("key: 'daily_weather',");

  await node(page, 'raw/weather').click();
  const file = page.getByRole('region', { name: 'Code of assets/raw/weather.ts' });
  await expect(file).toContainText('export default fileAsset({');
});
