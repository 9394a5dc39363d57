// A million rows: a CSV of over 60 MB goes in, through two bodies, is sorted and filtered, and comes out equal.

import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { button, expectSaved, node, openProjectText, projectText, select } from './app-page.ts';
import { peakMemory } from './peak-memory.ts';
import { expect, test } from './story.ts';

const rowCount = 1_000_000;
const cities = ['Paris', 'Rome', 'Oslo', 'Köln', 'São Paulo'];
const header = 'id,customer,city,amount,quantity,day,paid,note';

function line(i: number): string {
  const mixed = (i * 7919) % rowCount;
  const day = new Date(Date.UTC(2020, 0, 1 + (i % 1500))).toISOString().slice(0, 10);
  const note = i % 97 === 0 ? `"say ""${i}"", please"` : `note ${mixed % 1000}`;
  return `${i},customer ${mixed},${cities[i % 5]},${(mixed % 100_000) / 4},${i % 13},${day},${i % 3 === 0},${note}`;
}

async function writeCsv(path: string): Promise<string> {
  const hash = createHash('sha256');
  const out = createWriteStream(path);
  for (let from = 0; from < rowCount; from += 10_000) {
    let text = from === 0 ? `${header}\n` : '';
    for (let i = from; i < from + 10_000; i++) text += `${line(i)}\n`;
    hash.update(text);
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve) => out.end(() => resolve()));
  return hash.digest('hex');
}

/** The longest time between two frames since the last call. */
const watchFrames = (page: Page) =>
  page.evaluate(() => {
    const holder = window as unknown as { worstGap?: number };
    holder.worstGap = 0;
    let last = performance.now();
    const look = (now: number) => {
      holder.worstGap = Math.max(holder.worstGap ?? 0, now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
const worstGap = (page: Page) =>
  page.evaluate(() => {
    const holder = window as unknown as { worstGap?: number };
    const gap = Math.round(holder.worstGap ?? 0);
    holder.worstGap = 0;
    return gap;
  });

test('a million rows go in as CSV, through two bodies, and come out as they went in', async ({ page }) => {
  test.setTimeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'headwater-data-'));
  const path = join(folder, 'million.csv');
  const sha256 = await writeCsv(path);
  const said: string[] = [];
  const timed = async (what: string, work: () => Promise<unknown>) => {
    await worstGap(page);
    const startedAt = performance.now();
    await work();
    said.push(
      `${what} ${((performance.now() - startedAt) / 1000).toFixed(1)} s (frame ${await worstGap(page)} ms)`,
    );
  };
  try {
    await page.goto('/');
    await openProjectText(
      page,
      projectText('Million', [
        {
          key: 'doubled',
          body: '({ million }) => million.map((row) => ({ ...row, amount: row.amount * 2 }))',
        },
        {
          key: 'halved',
          body: '({ doubled }) => doubled.map((row) => ({ ...row, amount: row.amount / 2 }))',
        },
      ]),
    );
    await watchFrames(page);
    const chooser = page.waitForEvent('filechooser');
    await button(page, 'Add data file').click();
    await (await chooser).setFiles(path);
    const dialog = page.getByRole('dialog', { name: 'Add data file' });
    await timed('first rows shown', () => expect(dialog.getByLabel('Type of day')).toHaveValue('date'));
    await timed('all rows checked', async () => {
      await dialog.getByRole('button', { name: /^Check all/ }).click();
      await expect(dialog.getByText('All 1,000,000 rows fit.')).toBeVisible({ timeout: 120_000 });
    });
    await timed('stored', async () => {
      await dialog.getByRole('button', { name: 'Add asset' }).click();
      await expect(node(page, 'million')).toBeVisible({ timeout: 60_000 });
    });
    await expectSaved(page);
    await timed('three assets materialized', async () => {
      await button(page, 'Materialize all').press('Enter');
      await expect(node(page, 'halved')).toHaveAttribute('data-status', 'materialized', { timeout: 120_000 });
    });
    await select(page, 'halved');
    await page.getByRole('tab', { name: 'Data' }).click();
    const table = page.getByRole('table', { name: 'Rows' });
    const firstCell = (text: string) =>
      expect(table.getByRole('row').nth(1).locator('[aria-colindex="1"]')).toHaveText(text, {
        timeout: 30_000,
      });
    await timed('rows shown', () => firstCell('0'));
    await timed('sorted by number', async () => {
      await table
        .getByRole('columnheader', { name: /^amount/ })
        .getByRole('button')
        .click();
      await table
        .getByRole('columnheader', { name: /^amount/ })
        .getByRole('button')
        .click();
      // (99,999 / 4), its first row in the stored order.
      const best = Array.from({ length: rowCount }, (_, i) => i).find(
        (i) => ((i * 7919) % rowCount) % 100_000 === 99_999,
      );
      await firstCell(String(best));
    });
    await timed('sorted by text', async () => {
      await table
        .getByRole('columnheader', { name: /^customer/ })
        .getByRole('button')
        .click();
      await firstCell('0');
    });
    await timed('filtered', async () => {
      await button(page, 'Filter').click();
      await page.getByLabel('Column of filter 1').selectOption('city');
      await page.getByLabel('Value of filter 1').fill('köln');
      await expect(page.getByText('200,000 of 1,000,000 rows')).toBeVisible({ timeout: 60_000 });
    });
    await button(page, 'Remove filter 1').click();
    const customer = table.getByRole('columnheader', { name: /^customer/ }).getByRole('button');
    await customer.click();
    await customer.click();
    let got = '';
    await timed('downloaded as CSV', async () => {
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      const started = page.waitForEvent('download', { timeout: 120_000 });
      await page.getByRole('menuitem', { name: /CSV, exact/ }).click();
      const saved = await (await started).path();
      const hash = createHash('sha256');
      const { createReadStream } = await import('node:fs');
      for await (const chunk of createReadStream(saved)) hash.update(chunk as Buffer);
      got = hash.digest('hex');
    });
    expect(got).toBe(sha256);
    const session = await page.context().newCDPSession(page);
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    console.log(
      `      ${Math.round(statSync(path).size / 1e6)} MB: ${said.join('; ')}; page heap ${Math.round(usedSize / 1e6)} MB, peak of each renderer ${(await peakMemory(page)).join(', ')} MB`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
