// Builds dist/cli/headwater.mjs when it is missing or older than what it is made of.

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'dist/cli/headwater.mjs');
const stampFile = join(root, 'dist/cli/stamp.txt');
const lockFolder = join(root, 'node_modules/.headwater-cli-build');

/** Resolves with the bundle's path when it is fresh. */
export async function buildCli() {
  if (isFresh()) return bundle;
  const unlock = await lock();
  try {
    if (isFresh()) return bundle;
    const stamp = stampOf();
    const { build } = await import('vite');
    await build({ root, configFile: join(root, 'vite.cli.config.ts'), logLevel: 'error' });
    // An exported project holds this folder: it has no other place to find the stripper.
    copyFileSync(
      join(root, 'node_modules/@swc/wasm-typescript/wasm.js'),
      join(root, 'dist/cli/strip-types.cjs'),
    );
    const { bundleTypes } = await import('./bundle-types.mjs');
    writeFileSync(join(root, 'dist/cli/headwater.d.ts'), bundleTypes(root));
    writeFileSync(stampFile, stamp);
    return bundle;
  } finally {
    unlock();
  }
}

const isFresh = () =>
  existsSync(bundle) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stampOf();

// Names, sizes and times of all sources that can end up in the bundle.
function stampOf() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  };
  for (const path of ['package-lock.json', 'vite.cli.config.ts', 'vite-runner-plugin.ts']) add(path);
  for (const folder of [
    'src/base',
    'src/model',
    'src/sdk',
    'src/engine',
    'src/storage',
    'src/interop',
    'workers',
  ])
    for (const name of sources(folder)) add(name);
  for (const folder of ['src/app/cli', 'src/app/node', 'src/app/package', 'src/ui/kit'])
    for (const name of sources(folder)) add(name);
  return hash.digest('hex');
}

const sources = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
    .sort();

// Several commands may start at once; one builds, the others wait. A lock of a process that is gone is taken over.
async function lock() {
  const owner = join(lockFolder, 'pid');
  for (;;) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(owner, String(process.pid));
      return () => rmSync(lockFolder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(owner)) rmSync(lockFolder, { recursive: true, force: true });
    else await sleep(100);
  }
}

function isAbandoned(owner) {
  try {
    const pid = Number(readFileSync(owner, 'utf8'));
    if (pid === process.pid) return true;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Just made and not yet written, or gone.
    return (
      error.code === 'ESRCH' || (existsSync(lockFolder) && Date.now() - statSync(lockFolder).mtimeMs > 5_000)
    );
  }
}
