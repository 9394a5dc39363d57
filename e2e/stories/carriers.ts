// Projects as strangers send them: in pictures, pages and texts, with scripts in them.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { packBundle } from '#interop/share/share-bundle.ts';
import type { TestFile } from './app-page.ts';

export const sheet = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Before you trust it' });
export const projectRows = (page: Page): Locator => page.getByTestId('project-row');

export const exampleText = (): Promise<string> =>
  readFile(join(import.meta.dirname, '../../public/examples/seattle-weather.headwater.json'), 'utf8');
export const packed = (documentText: string): Promise<Uint8Array<ArrayBuffer>> =>
  packBundle({ documentText });

/** One transparent pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const file = (name: string, content: string | Uint8Array): TestFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});
export const svgWith = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">${inside}<script>window.pwned=1</script><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="window.pwned=1"/></foreignObject></svg>`;
export const htmlWith = (inside: string): string =>
  `<!doctype html><title>x</title><body onload="window.pwned=1">${inside}<script>window.pwned=1</script>`;
