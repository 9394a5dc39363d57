// Pages that the benchmarks of the app act on: the app with a project, and the page of its peers.

import type { Browser, Page } from 'playwright';
import type { ServedApp } from '../stories/serve-app.ts';

export const viewport = { width: 1440, height: 900 };

/** The app in a browser of its own, with this project open. */
export async function openProject(browser: Browser, app: ServedApp, text: string): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(app.origin);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file' }).click();
  const file = { name: 'bench.headwater.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: 'Trust and open' }).click();
  await page.waitForURL(/#\/p\/[^/]+\/graph/);
  await page.locator('.react-flow').waitFor();
  await page.waitForTimeout(1_500);
  return page;
}

/** Calls one of `peers` in the page of the peers. */
export const callPeer = <T>(page: Page, name: string, argument: number | string): Promise<T> =>
  page.evaluate(
    ([called, given]) =>
      (globalThis as unknown as { peers: Record<string, (value: number | string) => Promise<unknown>> })
        .peers[called]!(given),
    [name, argument] as const,
  ) as Promise<T>;
