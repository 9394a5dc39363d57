// `test` for stories: it fails when any page asks for anything off its origin, throws or logs an error.

import { type BrowserContext, test as base, expect } from '@playwright/test';
import { appOrigin } from './browser.ts';

export { expect };

export interface Watch {
  /** Everything that should not have happened, in words. */
  readonly faults: readonly string[];
  /** What a story provokes on purpose, and expects to be logged. */
  allow(pattern: RegExp): void;
}

export function watchContext(context: BrowserContext, origin: string = appOrigin): Watch {
  const faults: string[] = [];
  const allowed: RegExp[] = [];
  const note = (fault: string) => {
    if (!allowed.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(blob|data|about):/.test(url)) note(`off-origin request: ${url}`);
  });
  context.on('weberror', (error) => note(`page error: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console error: ${message.text()} (${message.location().url})`);
  });
  return { faults, allow: (pattern) => allowed.push(pattern) };
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const watch = watchContext(context);
      await use(watch);
      expect(watch.faults).toEqual([]);
    },
    { auto: true },
  ],
});
