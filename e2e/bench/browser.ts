// The benchmark page in a real Chromium: built as the app is built, served on loopback.

import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { runnerPlugin } from '../../vite-runner-plugin.ts';
import type { Bench } from './pages/bench-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = join(root, '.cache/bench-pages');
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export interface BenchBrowser {
  readonly version: string;
  /** A fresh page, with storage of its own. */
  openPage(): Promise<BenchPage>;
  close(): Promise<void>;
}

export interface BenchPage {
  /** Calls a function of the page's `bench`. */
  call<K extends keyof Bench>(
    name: K,
    ...args: Bench[K] extends (...given: infer A) => unknown ? A : never
  ): Promise<Bench[K] extends (...given: never) => infer R ? Awaited<R> : never>;
  close(): Promise<void>;
}

export async function openBrowser(executablePath: string): Promise<BenchBrowser> {
  await buildPage();
  const server = await serve(outDir);
  const browser = await chromium.launch({
    ...(executablePath === '' ? {} : { executablePath }),
    args: flags.split(' '),
  });
  return {
    version: browser.version(),
    async openPage() {
      const context = await browser.newContext();
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
      });
      await page.goto(server.url);
      await page.waitForFunction('globalThis.bench !== undefined');
      return { call: caller(page, troubles), close: () => context.close() };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

function caller(page: Page, troubles: readonly string[]): BenchPage['call'] {
  return async (name, ...args) => {
    try {
      return (await page.evaluate(
        ([called, given]) => {
          const { bench } = globalThis as unknown as {
            bench: Record<string, (...all: unknown[]) => unknown>;
          };
          return bench[called]!(...given);
        },
        [name, args] as [string, unknown[]],
      )) as never;
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Error(`${name}: ${message}${troubles.length > 0 ? `\n${troubles.join('\n')}` : ''}`);
    }
  };
}

async function buildPage(): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./pages', import.meta.url)),
    logLevel: 'error',
    base: './',
    publicDir: false,
    plugins: [runnerPlugin()],
    worker: { format: 'es', plugins: () => [] },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 7_000 },
  });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

async function serve(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    readFile(join(folder, path === '/' ? 'index.html' : path)).then(
      (body) => {
        response.setHeader('content-type', types[extname(path === '/' ? '.html' : path)] ?? 'text/html');
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
