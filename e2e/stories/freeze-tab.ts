// Freezes a tab the hard way: its renderer process is stopped. `Page.setWebLifecycleState` does nothing here:
// Chromium freezes hidden pages only, and under Playwright every page counts as visible. A stopped process
// runs nothing, neither page nor workers, and keeps its locks: what a frozen tab looks like to the others.

import { type BrowserContext, expect, type Page } from '@playwright/test';

export interface FrozenTab {
  thaw(): void;
}

/** The process that runs a page's scripts: the one that gets busy with it. */
async function rendererOf(context: BrowserContext, page: Page): Promise<number> {
  const browser = context.browser();
  if (!browser) throw new Error('there is no browser to ask');
  const session = await browser.newBrowserCDPSession();
  const times = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime] as const),
    );
  };
  const busiest = async () => {
    const before = await times();
    await page.evaluate(() => {
      const until = performance.now() + 700;
      while (performance.now() < until);
    });
    const after = await times();
    const spent = [...after].map(([id, time]) => ({ id, spent: time - (before.get(id) ?? 0) }));
    const [first, second] = spent.sort((a, b) => b.spent - a.spent);
    // Another tab may have work of its own just now: then it cannot be told.
    return first && first.spent > 0.2 && first.spent > 3 * (second?.spent ?? 0) ? first.id : undefined;
  };
  // Found twice in a row: on a machine that is short of time a neighbour may be busier once.
  let last: number | undefined;
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const found = await busiest();
    if (found !== undefined && found === last) {
      await session.detach();
      return found;
    }
    last = found;
    if (found === undefined) await page.waitForTimeout(1_000);
  }
  throw new Error('no process was busy with the page alone');
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
