// Static files, and an attacker: a server on another port that counts every request that reaches it.

import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

export interface Served {
  readonly url: string;
  /** Paths asked for since the last call. */
  takeHits(): string[];
  close(): Promise<void>;
}

export interface ServedApp extends Served {
  /** What the page next sends to `/told`: the way to hear from a page that the test driver takes for crashed. */
  told(): Promise<unknown>;
}

export async function serveFolder(folder: string): Promise<ServedApp> {
  let hear: (message: unknown) => void = () => undefined;
  const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = path === '/' ? '/index.html' : path;
    if (path === '/told') {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        response.end();
        hear(JSON.parse(body));
      });
      return;
    }
    readFile(join(folder, file)).then(
      (body) => {
        response.setHeader('content-type', types[file.split('.').pop() ?? ''] ?? 'application/octet-stream');
        response.setHeader('cache-control', 'no-store');
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end('not found');
      },
    );
  });
  return {
    ...(await listen(server)),
    told: () =>
      new Promise((resolve) => {
        hear = resolve;
      }),
  };
}

export async function startAttacker(): Promise<Served> {
  const server = createServer((_request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', 'text/javascript');
    response.end('export default 1;');
  });
  server.on('upgrade', (_request, socket) => socket.destroy());
  return listen(server);
}

async function listen(server: Server): Promise<Served> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let hits: string[] = [];
  const note = ({ url = '' }: { url?: string | undefined }): void => {
    hits.push(url);
  };
  server.on('request', note);
  server.on('upgrade', note);
  return {
    takeHits() {
      const taken = hits;
      hits = [];
      return taken;
    },
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
