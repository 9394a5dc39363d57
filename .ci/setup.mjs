// What every command needs first: the locked dependencies, and a build that is as new as the sources.
// Runs on plain Node, before anything is installed.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const digest = (text) => createHash('sha256').update(text).digest('hex');

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Headwater needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the locked dependencies when they are missing or the lock has changed. */
export function ensureDependencies() {
  checkNode();
  const stamp = join(root, 'node_modules', '.headwater-lock');
  const lock = digest(readFileSync(join(root, 'package-lock.json')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing dependencies, once: this takes a minute or two…');
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
  });
  writeFileSync(stamp, lock);
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** A fingerprint of everything that a build is made from: paths, sizes and times. */
function sourcesDigest(extra) {
  const files = ['src', 'workers', 'public'].flatMap((folder) => [...filesBelow(join(root, folder))]);
  files.push(...['index.html', 'package-lock.json', ...extra].map((name) => join(root, name)));
  return digest(
    files
      .filter((path) => !/\.test\.tsx?$/.test(path) && existsSync(path))
      .sort()
      .map((path) => {
        const { size, mtimeMs } = statSync(path);
        return `${relative(root, path)} ${size} ${mtimeMs}`;
      })
      .join('\n'),
  );
}

/** Runs `build` when what it is made from has changed since the last time; `name` is its folder in dist/. */
export async function ensureBuilt(name, configFiles, build) {
  const stamp = join(root, 'dist', `.${name}-stamp`);
  const now = sourcesDigest(configFiles);
  if (existsSync(join(root, 'dist', name)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now)
    return;
  console.error(`Building ${name}: this takes less than a minute…`);
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

/** Builds the app into dist/app when needed. */
export async function ensureApp() {
  await ensureBuilt(
    'app',
    [
      'vite.config.ts',
      'vite-runner-plugin.ts',
      'vite-export-kit-plugin.ts',
      'vite-player-plugin.ts',
      'vite.cli.config.ts',
    ],
    async () => {
      const { build } = await import('vite');
      await build({ root, logLevel: 'warn' });
    },
  );
}
