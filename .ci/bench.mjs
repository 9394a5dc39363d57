// `npm run bench`: see e2e/bench/run-bench.ts.

import { ensureChromium } from './chromium.mjs';
import { ensureDagster } from './dagster.mjs';
import { ensureApp, ensureDependencies, root } from './setup.mjs';

ensureDependencies();
await ensureApp();
const chromium = ensureChromium();
const { runnerImport } = await import('vite');
const { module } = await runnerImport(`${root}/e2e/bench/run-bench.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
});
process.exitCode = await module.runBench(process.argv.slice(2), chromium, ensureDagster);
