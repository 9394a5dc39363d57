// Each case of cases/ run by ours, against what the real Dagster did (vectors/, made by run_cases.py). Runs in the unit
// tests too: no Python is asked.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCases } from './case-format.ts';
import { differencesOf } from './differences.ts';
import type { Outcome } from './outcome.ts';
import { runCase } from './run-case.ts';

const folder = (name: string) => join(import.meta.dirname, name);
const files = readdirSync(folder('cases')).sort();

describe.each(files)('%s', (file) => {
  const cases = parseCases(readFileSync(join(folder('cases'), file), 'utf8'));
  const vectors = JSON.parse(readFileSync(join(folder('vectors'), file), 'utf8')) as Record<
    string,
    readonly Outcome[]
  >;

  test('every case has a vector', () => {
    expect(Object.keys(vectors)).toEqual(cases.map(({ name }) => name));
  });

  for (const item of cases) {
    const run = item.open === undefined ? test : test.fails;
    run(item.name, async () => {
      const theirs = vectors[item.name]!;
      const ours = await runCase(item, theirs);
      const contentVersions = new Set<string>();
      const differences = theirs.flatMap((their, at) =>
        differencesOf(item, at, their, ours[at]!, contentVersions),
      );
      if (differences.length > 0) expect.fail(differences.join('\n'));
    });
  }
});
