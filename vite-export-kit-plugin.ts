// What an exported project needs besides its own files: the built command line and the SDK, in one zip beside the page.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import type { Plugin } from 'vite';

const fileName = 'export-kit.zip';

/** `buildCli` resolves with the path of the command, whose folder is the kit. */
export function exportKitPlugin(buildCli: () => Promise<string>): Plugin {
  const zip = async (): Promise<Uint8Array> => {
    const folder = dirname(await buildCli());
    const names = readdirSync(folder).filter((name) => /\.(mjs|cjs|d\.ts)$/.test(name));
    const entries = names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))] as const);
    return zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 1) });
  };
  return {
    name: 'headwater-export-kit',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: await zip() });
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, async (_request, response) => {
        response.setHeader('content-type', 'application/zip');
        response.end(await zip());
      });
    },
  };
}
