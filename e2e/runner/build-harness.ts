// Builds the harness page the way the app is built, into a folder of its own.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { runnerPlugin } from '../../vite-runner-plugin.ts';

export async function buildHarness(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'headwater-runner-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./harness', import.meta.url)),
    logLevel: 'warn',
    base: './',
    plugins: [runnerPlugin()],
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  return outDir;
}
