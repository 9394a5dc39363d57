// Every example of the gallery as a Dagster project: the real Dagster loads it, materializes it on several processes,
// and records what our own run records.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parseUserString } from '#model/asset-key.ts';
import { commandFile, examplesFolder, writeExport } from './write-export.ts';

const venv = fileURLToPath(new URL('../../.cache/dagster-venv/bin/', import.meta.url));
const reader = fileURLToPath(new URL('read_last_run.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headwater-dagster-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What both sides say of one thing that was made or checked. */
interface Told {
  readonly [field: string]: unknown;
}

interface OwnRun {
  readonly assets: readonly {
    readonly key: string;
    readonly status: string;
    readonly dataVersion?: string;
    readonly metadata?: OwnMetadata;
  }[];
  readonly checks: readonly {
    readonly asset: string;
    readonly name: string;
    readonly passed?: boolean;
    readonly severity?: string;
    readonly metadata?: OwnMetadata;
  }[];
}

type OwnMetadata = Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;

interface TheirRun {
  readonly status: string;
  readonly materializations: readonly (Told & { readonly key: string; readonly metadata: TheirMetadata })[];
  readonly checks: readonly (Told & { readonly asset: string; readonly metadata: TheirMetadata })[];
  readonly failures: readonly { readonly step: string; readonly message: string }[];
}

type TheirMetadata = Readonly<Record<string, { readonly value: unknown }>>;

const ownMetadata = (entries: OwnMetadata = {}): Told =>
  Object.fromEntries(
    Object.entries(entries).map(([label, { type, value }]) => {
      const record = value as { readonly columns: readonly { readonly name: string }[] };
      if (type === 'tableSchema') return [label, { columns: record.columns.map(({ name }) => name) }];
      if (type === 'table') return [label, { records: (value as { readonly records: unknown }).records }];
      return [label, value];
    }),
  );

const theirMetadata = (entries: TheirMetadata): Told =>
  Object.fromEntries(Object.entries(entries).map(([label, { value }]) => [label, value]));

const byName = <T extends Told>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (`${a.key}${a.asset}${a.name}` < `${b.key}${b.asset}${b.name}` ? -1 : 1));

function ownRun(example: string): OwnRun {
  const file = join(examplesFolder, `${example}.headwater.json`);
  const words = ['materialize', file, '--select', '*', '--json', '--storage', join(folder, `own-${example}`)];
  const ran = spawnSync(process.execPath, [commandFile, ...words], { encoding: 'utf8' });
  return JSON.parse(ran.stdout) as OwnRun;
}

function theirRun(example: string): { readonly run: TheirRun; readonly place: string } {
  const place = join(folder, example);
  const home = join(folder, `home-${example}`);
  mkdirSync(home);
  const module = `${writeExport(example, place)}.definitions`;
  const env = { ...process.env, DAGSTER_HOME: home, DAGSTER_DISABLE_TELEMETRY: '1' };
  const dagster = (command: string, ...words: string[]) =>
    spawnSync(join(venv, command), words, { cwd: place, encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  const validated = dagster('dagster', 'definitions', 'validate', '-m', module);
  expect(validated.stdout).toContain('All code locations passed validation');
  dagster('dagster', 'asset', 'materialize', '--select', '*', '-m', module);
  return { run: JSON.parse(dagster('python', reader).stdout) as TheirRun, place };
}

const failing: Readonly<Record<string, readonly RegExp[]>> = {
  checks: [/1 blocking asset check failed with ERROR severity/],
  'weather-fail': [/there is no humidity to compute with(?:.|\n)*at assets\/felt_temperature\.ts:21:13/],
};

test.each([
  'seattle-weather',
  'checks',
  'graph-asset',
  'multi-asset',
  'observable',
  'resources',
  'weather-fail',
  'flights-200k',
])(
  'Dagster runs the export of %s and records what our own run does',
  (example) => {
    const own = ownRun(example);
    const { run, place } = theirRun(example);
    expect(
      byName(
        run.materializations.map(({ key, dataVersion, metadata }) => ({
          key,
          dataVersion,
          metadata: theirMetadata(metadata),
        })),
      ),
    ).toEqual(
      byName(
        own.assets
          .filter(({ status }) => status === 'materialized')
          .map(({ key, dataVersion, metadata }) => ({ key, dataVersion, metadata: ownMetadata(metadata) })),
      ),
    );
    expect(
      byName(run.checks.map((check) => ({ ...check, metadata: theirMetadata(check.metadata) }))),
    ).toEqual(
      byName(
        own.checks.map(({ asset, name, passed, severity, metadata }) => ({
          asset,
          name,
          passed,
          severity,
          metadata: ownMetadata(metadata),
        })),
      ),
    );
    for (const { key } of run.materializations)
      expect(existsSync(`${join(place, 'storage', ...parseUserString(key))}.json`)).toBe(true);
    const expected = failing[example] ?? [];
    expect(run.failures).toHaveLength(expected.length);
    for (const [i, pattern] of expected.entries()) expect(run.failures[i]?.message).toMatch(pattern);
  },
  600_000,
);
