// Every example of the gallery on the command line: it validates, and ends as its notes say.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandIn } from './command-process.ts';

let folder: string;
const { run } = commandIn(() => folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-gallery-'));
  cpSync(fileURLToPath(new URL('../../../public/examples', import.meta.url)), folder, { recursive: true });
  await run('help');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  readonly assets: readonly { readonly key: string; readonly status: string }[];
  readonly checks: readonly { readonly asset: string; readonly name: string; readonly passed?: boolean }[];
}

async function materialize(example: string, ...options: readonly string[]) {
  const file = `${example}.headwater.json`;
  expect(await run('validate', file)).toMatchObject({ code: 0 });
  const ended = await run('materialize', file, '--select', '*', '--json', ...options);
  const report = JSON.parse(ended.out) as Report;
  return {
    ...ended,
    statuses: Object.fromEntries(report.assets.map(({ key, status }) => [key, status])),
    checks: report.checks,
  };
}

test('one body makes several assets, and a part of them alone', async () => {
  const { code, statuses } = await materialize('multi-asset');
  expect(code).toBe(0);
  expect(new Set(Object.values(statuses))).toEqual(new Set(['materialized']));
  expect(Object.keys(statuses)).toHaveLength(7);
  const part = await run('materialize', 'multi-asset.headwater.json', '--select', 'species/gentoo', '--json');
  expect((JSON.parse(part.out) as Report).assets.map(({ key }) => key)).toEqual(['species/gentoo']);
}, 60_000);

test('ops make one asset, the flaky one on its second try', async () => {
  const { code, statuses } = await materialize('graph-asset');
  expect(code).toBe(0);
  expect(statuses).toEqual({
    electricity: 'materialized',
    energy_growth: 'materialized',
    headline: 'materialized',
  });
}, 60_000);

test('a blocking check that fails keeps its readers from running; a warning does not', async () => {
  const { code, statuses, checks } = await materialize('checks');
  expect(code).toBe(1);
  expect(statuses).toMatchObject({
    measured: 'materialized',
    everything: 'materialized',
    mean_mass: 'materialized',
    naive_mean_mass: 'skipped',
  });
  const failed = checks.filter(({ passed }) => passed === false).map(({ asset, name }) => `${asset} ${name}`);
  expect(failed.sort()).toEqual(['everything bodyMass_not_null', 'measured sex_accepted_values']);
  expect(checks).toHaveLength(6);
}, 60_000);

test('what something else makes is left alone', async () => {
  const { code, statuses } = await materialize('observable');
  expect(code).toBe(0);
  expect(statuses).toEqual({ co2: 'materialized', yearly: 'materialized', rise: 'materialized' });
}, 60_000);

test('bodies share a resource, and an IO manager of their own keeps their values', async () => {
  const { code, statuses } = await materialize('resources');
  expect(code).toBe(0);
  expect(new Set(Object.values(statuses))).toEqual(new Set(['materialized']));
  const ended = await run('materialize', 'resources.headwater.json', '--select', 'headline');
  expect(ended.out).toContain('middle_east');
}, 60_000);
