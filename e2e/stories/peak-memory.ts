// The most memory that the processes of a browser have held, as Linux counts it.

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** In MB, of each renderer: a page with its workers, and each frame of another origin. Empty where nothing counts it. */
export async function peakMemory(page: Page): Promise<readonly number[]> {
  const browser = page.context().browser();
  if (!browser) return [];
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks: number[] = [];
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    if (peak !== undefined) peaks.push(Math.round(Number(peak) / 1024));
  }
  return peaks.sort((a, b) => b - a);
}
