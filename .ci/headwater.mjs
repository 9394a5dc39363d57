// `npm run headwater -- …`: the command line, built first when needed.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(`${root}node_modules/vite`)) {
  console.error('Installing dependencies …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] });
}
const { buildCli } = await import('./build-cli.mjs');
await import(pathToFileURL(await buildCli()).href);
