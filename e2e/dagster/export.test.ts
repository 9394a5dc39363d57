// Every example of the gallery as a Dagster project: the real Dagster loads it, materializes it on several processes,
// and records what our own run records.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseUserString } from '#model/asset-key.ts';
import { lastRun, run, type TheirMetadata, type TheirRun, type Told } from './dagster-process.ts';
import { commandFile, examplesFolder, writeExport } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-dagster-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

async function ownRun(example: string): Promise<OwnRun> {
  const file = join(examplesFolder, `${example}.headwater.json`);
  const words = ['materialize', file, '--select', '*', '--json', '--storage', join(folder, `own-${example}`)];
  const { out } = await run(process.execPath, [commandFile, ...words], { cwd: folder });
  return JSON.parse(out) as OwnRun;
}

async function theirRun(example: string): Promise<{ readonly ran: TheirRun; readonly place: string }> {
  const place = join(folder, example);
  const home = join(folder, `home-${example}`);
  mkdirSync(home);
  const module = `${writeExport(example, place)}.definitions`;
  const env = { DAGSTER_HOME: home };
  const validated = await run('dagster', ['definitions', 'validate', '-m', module], { cwd: place, env });
  expect(validated.out).toContain('All code locations passed validation');
  await run('dagster', ['asset', 'materialize', '--select', '*', '-m', module], { cwd: place, env });
  return { ran: await lastRun(home), place };
}

const failing: Readonly<Record<string, readonly RegExp[]>> = {
  checks: [/1 blocking asset check failed with ERROR severity/],
  'weather-fail': [/there is no humidity to compute with(?:.|\n)*at assets\/felt_temperature\.ts:21:13/],
};

test.concurrent.each([
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
  async (example) => {
    const own = await ownRun(example);
    const { ran, place } = await theirRun(example);
    expect(
      byName(
        ran.materializations.map(({ key, dataVersion, metadata }) => ({
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
      byName(ran.checks.map((check) => ({ ...check, metadata: theirMetadata(check.metadata) }))),
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
    for (const { key } of ran.materializations)
      expect(
        ['.json', '.arrow'].filter((ending) =>
          existsSync(`${join(place, 'storage', ...parseUserString(key))}${ending}`),
        ),
      ).toHaveLength(1);
    const expected = failing[example] ?? [];
    expect(ran.failures).toHaveLength(expected.length);
    for (const [i, pattern] of expected.entries()) expect(ran.failures[i]?.message).toMatch(pattern);
  },
  600_000,
);
