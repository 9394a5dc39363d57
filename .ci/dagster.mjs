// npm run test:dagster: asks the real Dagster, in a venv of its own, and compares.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCli } from './build-cli.mjs';
import { ensureChromium } from './chromium.mjs';
import { failuresOfVitest, keepFailures, reports, startReports, tellFailures } from './failures.mjs';
import { ensureDependencies, root } from './setup.mjs';

// Those of one version have to be asked for together.
const packages = [
  'dagster==1.13.*',
  'dagster-webserver==1.13.*',
  'dagster-celery==0.29.*',
  'redis',
  'pandas',
  'pyarrow',
];

/** The venv's Python with Dagster 1.13 in it; undefined, with the reason said, where there can be none. */
export function ensureDagster() {
  const venv = join(root, '.cache', 'dagster-venv');
  const python = join(venv, 'bin', 'python');
  const installed = join(venv, '.headwater-dagster-arrow');
  const runs = () => spawnSync(join(venv, 'bin', 'dagster'), ['--version']).status === 0;
  if (existsSync(installed) && runs()) return python;
  const system = ['python3', 'python'].find(
    (name) => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0,
  );
  if (!system) {
    console.error('Skipped: there is no Python with venv here, so the real Dagster cannot be asked.');
    return undefined;
  }
  console.error('Installing Dagster 1.13 into .cache/dagster-venv…');
  // Its commands name the folder in which it was made: one that was moved is made anew.
  if (existsSync(python) && !runs()) rmSync(venv, { recursive: true, force: true });
  mkdirSync(join(root, '.cache'), { recursive: true });
  const run = (command, args) =>
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const isVenv = existsSync(python) || run(system, ['-m', 'venv', venv]);
  // Twice quiet: errors are said, warnings about where packages are looked for are not.
  if (!isVenv || !run(python, ['-m', 'pip', 'install', '-qq', ...packages])) {
    console.error('Skipped: Dagster could not be installed.');
    return undefined;
  }
  writeFileSync(installed, '');
  return python;
}

/** Is there a Redis server, for the executor with several workers? Debian's is installed as root; else that is said. */
function ensureRedis() {
  const isThere = () => spawnSync('redis-server', ['--version']).status === 0;
  if (isThere()) return true;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.error('Installing Redis…');
    const apt = (...words) =>
      spawnSync('apt-get', [...words, '-qq'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    apt('install', '-y', 'redis-server');
  }
  if (isThere()) return true;
  console.error('Skipped: there is no redis-server here, so no two Celery workers can share a run.');
  return false;
}

/**
 * Runs the cases of e2e/dagster/cases with Dagster once more, and says which of the committed vectors are not
 * what it did. `npm run test:dagster -- --write` commits what it did instead.
 */
function staleVectors(python) {
  const cases = join(root, 'e2e', 'dagster', 'cases');
  const committed = join(root, 'e2e', 'dagster', 'vectors');
  const fresh = process.argv.includes('--write') ? committed : join(reports, 'dagster-vectors');
  mkdirSync(fresh, { recursive: true });
  const asked = spawnSync(python, [join(root, 'e2e', 'dagster', 'run_cases.py'), cases, fresh], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DAGSTER_DISABLE_TELEMETRY: '1' },
  });
  if (asked.status !== 0) return ['the cases do not run'];
  const files = new Set([...readdirSync(cases), ...readdirSync(committed)]);
  const read = (folder, file) =>
    existsSync(join(folder, file)) ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : {};
  return [...files].flatMap((file) => {
    const [theirs, ours] = [read(fresh, file), read(committed, file)];
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter(
      (name) => JSON.stringify(theirs[name]) !== JSON.stringify(ours[name]),
    );
  });
}

async function main() {
  ensureDependencies();
  // Exported projects hold the built command.
  await buildCli();
  const python = ensureDagster();
  // In CI a Dagster that cannot be had is a failure, not a pass.
  if (!python) return process.env.CI ? { passed: 0, failed: 1 } : { passed: 0, failed: 0 };
  const isWhole = ensureRedis();
  startReports();
  const asked = spawnSync(python, [join(root, 'e2e', 'dagster', 'facts.py')], {
    encoding: 'utf8',
    env: { ...process.env, DAGSTER_DISABLE_TELEMETRY: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (asked.status !== 0) {
    keepFailures('dagster', [{ name: 'the facts cannot be asked', message: asked.stderr }]);
    return { passed: 0, failed: 1 };
  }
  const facts = join(reports, 'dagster-facts.json');
  writeFileSync(facts, asked.stdout);
  const stale = staleVectors(python);
  const outdated = stale.map((name) => ({ name, message: 'The committed vector is not what Dagster does.' }));
  keepFailures('dagster', outdated);
  const report = join(reports, 'dagster.json');
  spawnSync(
    'npx',
    [
      '--no-install',
      'vitest',
      'run',
      '--config',
      'e2e/dagster/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, HEADWATER_DAGSTER_FACTS: facts, HEADWATER_CHROMIUM: ensureChromium() },
    },
  );
  const told = JSON.parse(readFileSync(report, 'utf8'));
  keepFailures('dagster', failuresOfVitest(told));
  const { numPassedTests, numFailedTests, success } = told;
  const unasked = process.env.CI && !isWhole ? 1 : 0;
  return {
    passed: numPassedTests,
    failed: (success ? 0 : Math.max(1, numFailedTests)) + stale.length + unasked,
  };
}

if (process.argv[1] === join(root, '.ci', 'dagster.mjs')) {
  const { passed, failed } = await main();
  tellFailures();
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
