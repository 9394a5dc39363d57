// A browser profile on disk that outlives its browser: for stories that close the browser and open it again.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium as driver, type Page, type ViewportSize } from '@playwright/test';
import { appOrigin, chromium } from './browser.ts';
import { type Watch, watchContext } from './story.ts';

export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
}

export interface Profile {
  readonly folder: string;
  /** Opens the browser, after closing the one that is open. */
  open(): Promise<OpenBrowser>;
  close(): Promise<void>;
}

export async function createProfile(viewport: ViewportSize | null): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-profile-'));
  let context: BrowserContext | undefined;
  return {
    folder,
    async open() {
      await context?.close();
      context = await driver.launchPersistentContext(folder, {
        ...chromium,
        baseURL: appOrigin,
        viewport,
      });
      const page = context.pages()[0] ?? (await context.newPage());
      return { context, page, watch: watchContext(context) };
    },
    async close() {
      await context?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
