// What failed, by name and with the head of its message: a gate of half an hour ends by saying it, not by
// having said it somewhere.

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './setup.mjs';

export const reports = join(root, '.cache', 'reports');
/** One for each command that counts; `.ci/run` says all of them. */
const kept = join(reports, `failures-${basename(process.argv[1] ?? '', '.mjs')}.txt`);
const linesOfMessage = 14;

/** Starts anew: what failed the last time is forgotten. */
export function startReports() {
  mkdirSync(reports, { recursive: true });
  rmSync(kept, { force: true });
}

function head(message) {
  const lines = stripVTControlCharacters(message)
    .trim()
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'));
  return lines.slice(0, linesOfMessage).map((line) => `      ${line}`);
}

/** The failed tests of Vitest's JSON report: `[{ name, message }]`; a file that does not load counts as one. */
export function failuresOfVitest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [{ name, message }];
    return failed.map((test) => ({
      name: `${name} › ${test.fullName}`,
      message: test.failureMessages.join('\n'),
    }));
  });
}

function storiesOf({ suites = [], specs = [] }) {
  const own = specs.flatMap((spec) =>
    spec.tests.map(({ status, results }) => ({
      name: `${spec.file}:${spec.line} › ${spec.title}`,
      status,
      message: results.find(({ error }) => error)?.error.message ?? '',
    })),
  );
  return [...own, ...suites.flatMap(storiesOf)];
}

/** The stories of Playwright's JSON report that failed, and those that only a second try brought through. */
export function failuresOfPlaywright(report) {
  const stories = storiesOf(report);
  return {
    failed: stories.filter(({ status }) => status === 'unexpected'),
    flaky: stories.filter(({ status }) => status === 'flaky'),
  };
}

/** Keeps failures for the end of the gate. `what` is the part, as in "unit tests". */
export function keepFailures(what, failures) {
  if (failures.length === 0) return;
  const lines = failures.flatMap(({ name, message }) => [
    `  ${what}: ${name.replace(`${root}/`, '')}`,
    ...head(message),
  ]);
  appendFileSync(kept, `${lines.join('\n')}\n`);
}

/** Says everything that was kept; nothing, where all is well. */
export function tellFailures() {
  if (existsSync(kept)) console.log(`\nWhat failed:\n${readFileSync(kept, 'utf8')}`);
}
