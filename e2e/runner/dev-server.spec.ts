// The runner also works from Vite's dev server, where nothing else is bundled.

import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { createServer } from 'vite';
import { runnerPlugin } from '../../vite-runner-plugin.ts';
import { outcomes, run } from './drive-harness.ts';

test('bodies run from the dev server, behind the same door', async ({ page }) => {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('./harness', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../node_modules/.cache/runner-dev', import.meta.url)),
    plugins: [runnerPlugin()],
    server: { port: 0, host: 'localhost', fs: { strict: false } },
    logLevel: 'warn',
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0] ?? '';
  await page.goto(url);
  await page.waitForFunction(() => 'harness' in globalThis, undefined, { timeout: 30_000 });
  const record = await run(
    page,
    [
      '() => 1',
      '() => __load("d3-array").sum([1, 2])',
      `async () => { await import(${JSON.stringify(url)}); }`,
      '() => (0, eval)("1")',
    ],
    { libraries: ['d3-array'] },
  );
  const [one, sum, remote, evaluated] = outcomes(record);
  expect([one, sum]).toEqual([1, 3]);
  expect(remote).toMatch(/Failed to fetch dynamically imported module/);
  expect(evaluated).toMatch(/^EvalError/);
  await server.close();
});
