// Freezes a tab the hard way: its renderer process is stopped. `Page.setWebLifecycleState` does nothing here:
// Chromium freezes hidden pages only, and under Playwright every page counts as visible. A stopped process
// runs nothing, neither page nor workers, and keeps its locks: what a frozen tab looks like to the others.

import { readFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Page } from '@playwright/test';

export interface FrozenTab {
  thaw(): void;
}

const markBytes = 256 * 2 ** 20;

/** How much memory the process has of its own, in bytes; 0 where it has ended. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/**
 * The process that runs a page's scripts: the one that grows by what the page takes. Its size is no matter of
 * time, as it would be how busy it is: on a machine that is short of time that tells nothing.
 */
async function rendererOf(context: BrowserContext, page: Page): Promise<number> {
  const browser = context.browser();
  if (!browser) throw new Error('there is no browser to ask');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const before = await Promise.all(pids.map(memoryOf));
  const mark = await page.evaluateHandle((bytes) => new Uint8Array(bytes).fill(1), markBytes);
  const grown = await Promise.all(
    pids.map(async (id, i) => ({ id, by: (await memoryOf(id)) - (before[i] ?? 0) })),
  );
  await mark.dispose();
  const found = grown.filter(({ by }) => by > markBytes / 2);
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} processes have grown with the page: ${JSON.stringify(grown)}`);
  return found[0].id;
}

/** `others` must have processes of their own. The answer freezes the page. */
export async function prepareFreeze(
  context: BrowserContext,
  page: Page,
  others: readonly Page[],
): Promise<() => FrozenTab> {
  const pid = await rendererOf(context, page);
  for (const other of others) expect(await rendererOf(context, other)).not.toBe(pid);
  return () => {
    process.kill(pid, 'SIGSTOP');
    return { thaw: () => process.kill(pid, 'SIGCONT') };
  };
}
