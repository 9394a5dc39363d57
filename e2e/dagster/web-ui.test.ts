// An exported project in Dagster's own user interface: the graph of the gallery's weather, asset by asset.

import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, expect as expectPage, chromium as playwright } from '@playwright/test';
import { afterAll, expect, test } from 'vitest';
import { chromium } from '../chromium.ts';
import { freePort, saying, start, stop } from './dagster-process.ts';
import { commandFile, exampleOf, examplesFolder } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-web-ui-'));
const pictures = fileURLToPath(new URL('../../.cache/screens', import.meta.url));
let server: ChildProcess | undefined;
let browser: Browser | undefined;

afterAll(async () => {
  await browser?.close();
  if (server) await stop(server);
  rmSync(folder, { recursive: true, force: true });
});

test('dagster dev shows every asset of an exported project, in its group', async () => {
  const example = join(examplesFolder, 'seattle-weather.headwater.json');
  const place = join(folder, 'out');
  const words = ['export', example, '--target', 'dagster', '--out', place];
  expect(spawnSync(process.execPath, [commandFile, ...words]).status).toBe(0);
  const home = join(folder, 'home');
  mkdirSync(home);
  const port = String(await freePort());
  server = start('dagster', ['dev', '-m', 'seattle_weather.definitions', '-h', '127.0.0.1', '-p', port], {
    cwd: place,
    env: { DAGSTER_HOME: home },
  });
  await saying(server, 'Serving dagster-webserver');
  browser = await playwright.launch(chromium);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(60_000);
  const assets = [...exampleOf('seattle-weather').assets.values()];
  const groups = [...new Set(assets.map(({ group }) => group ?? 'default'))];
  const expanded = groups.map((group) => `global@global:${group}`).join(',');
  await page.goto(`http://127.0.0.1:${port}/asset-groups?expanded=${encodeURIComponent(expanded)}`);
  await page.getByRole('button', { name: 'Skip' }).click();
  for (const { key } of assets) {
    const name = key.split('/').at(-1)!;
    // Dagster takes letters out of the middle of a long name.
    const shown = new RegExp(`^(${name}|${name.slice(0, 4)}.*….*${name.slice(-4)})$`);
    await expectPage(page.getByText(shown).first()).toBeVisible({ timeout: 60_000 });
  }
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, 'dagster-web-ui.png') });
}, 300_000);
