// Writes src/sdk/coverage.md: `node .ci/coverage.mjs`. With --record it asks the real Dagster for its names first.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureDagster } from './dagster.mjs';
import { ensureDependencies, root } from './setup.mjs';

ensureDependencies();

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (process.argv.includes('--record')) {
  const python = ensureDagster();
  if (!python) process.exit(1);
  run(python, join('e2e', 'dagster', 'record_names.py'), 'src/sdk/coverage/dagster-names.json');
  run('npx', '--no-install', 'biome', 'check', '--write', 'src/sdk/coverage');
}
run(
  'npx',
  '--no-install',
  'vitest',
  'run',
  '--project=unit',
  'src/app/package/coverage.test.ts',
  '--update=all',
);
