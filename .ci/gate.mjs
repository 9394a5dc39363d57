// npm test: every check there is, cheap ones first, and a last line that counts them.
// `node .ci/gate.mjs types unit` runs the named parts only.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import {
  failuresOfPlaywright,
  failuresOfVitest,
  keepFailures,
  reports,
  startReports,
  tellFailures,
} from './failures.mjs';
import { ensureApp, ensureDependencies, root } from './setup.mjs';

ensureDependencies();
rmSync(reports, { recursive: true, force: true });
startReports();

let passed = 0;
let failed = 0;

function run(command, args, env = {}) {
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** A check that passes or fails as a whole. */
const check =
  (command, ...args) =>
  () => {
    if (run(command, args)) passed += 1;
    else {
      failed += 1;
      keepFailures(command, [{ name: args.join(' '), message: '' }]);
    }
  };

/** Counts the tests of a runner's JSON report; a runner that fails without a failed test counts as one. */
function count(name, isGreen, read) {
  let tests = { passed: 0, failed: 0 };
  try {
    tests = read(JSON.parse(readFileSync(join(reports, `${name}.json`), 'utf8')));
  } catch (error) {
    keepFailures(name, [{ name: 'its report cannot be read', message: error.message }]);
    isGreen = false;
  }
  passed += tests.passed;
  failed += tests.failed;
  if (!isGreen && tests.failed === 0) {
    failed += 1;
    keepFailures(name, [{ name: 'it failed without a failed test', message: '' }]);
  }
}

const vitest = (project) => () => {
  const isGreen = run(
    'vitest',
    [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, `${project}.json`)}`,
    ],
    { HEADWATER_CHROMIUM: project === 'browser' ? ensureChromium() : '' },
  );
  count(project, isGreen, (report) => {
    keepFailures(project, failuresOfVitest(report));
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  });
};

const playwright = (name, config) => () => {
  const isGreen = run('playwright', ['test', '--config', config, '--reporter=list,json'], {
    HEADWATER_CHROMIUM: ensureChromium(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, `${name}.json`),
  });
  count(name, isGreen, (report) => {
    const { failed, flaky } = failuresOfPlaywright(report);
    keepFailures(name, failed);
    keepFailures(`${name}, green at the second try`, flaky);
    return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
  });
};

const types = ['core', 'worker', 'app', 'node', 'tests'].map((project) => [
  `types of ${project}`,
  check('tsc', '-p', `tsconfig.${project}.json`),
]);

const parts = {
  lint: [['format and lint', check('biome', 'ci', '.')]],
  types,
  layers: [['layers', check('depcruise', 'src', 'workers', '--config', '.dependency-cruiser.cjs')]],
  unused: [['unused code', check('knip')]],
  unit: [['unit tests', vitest('unit')]],
  build: [
    [
      'build',
      async () => {
        await ensureApp();
        passed += 1;
      },
    ],
  ],
  size: [['size budget', check('size-limit')]],
  browser: [['browser tests', vitest('browser')]],
  runner: [['runner tests', playwright('runner', 'e2e/runner/playwright.config.ts')]],
  e2e: [['end-to-end tests', playwright('e2e', 'e2e/playwright.config.ts')]],
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown) {
  console.error(`There is no part “${unknown}”. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
for (const [name, steps] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const [title, step] of steps) {
    const before = failed;
    const startedAt = performance.now();
    console.log(`\n── ${title}`);
    try {
      await step();
    } catch (error) {
      keepFailures(title, [{ name: 'it could not be run', message: String(error?.stack ?? error) }]);
      failed += 1;
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`── ${title}: ${failed === before ? 'ok' : 'FAILED'} (${seconds} s)`);
  }
}
tellFailures();
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
