// Generated projects: what the real Dagster loads of their exports has the keys, dependencies, groups, kinds and checks
// of the project.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { writeDagsterProject } from '#interop/dagster/write-project.ts';
import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { randomDocument } from '#model/random-graph.ts';
import { randomDagsterProject } from './random-dagster-project.ts';
import { writeFilesOf } from './write-export.ts';

const python = fileURLToPath(new URL('../../.cache/dagster-venv/bin/python', import.meta.url));
const reader = fileURLToPath(new URL('read_definitions.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headwater-generated-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a project says of its assets and checks, as Dagster tells it. */
function expected(document: ProjectDocument) {
  const graph = buildGraph(document);
  const keyOf = (id: Parameters<typeof document.assets.get>[0]) => document.assets.get(id)?.key ?? id;
  const assets = [...document.assets.values()];
  const specs = [
    ...assets.flatMap((asset) =>
      'checks' in asset ? (asset.checks ?? []).map((spec) => [spec.asset ?? asset.key, spec.name]) : [],
    ),
    ...[...document.units.values()].flatMap((unit) =>
      (unit.checks ?? []).map((spec) => [
        spec.asset ?? keyOf(graph.outputsByUnit.get(unit.id)![0]!),
        spec.name,
      ]),
    ),
    ...[...document.checks.values()].flatMap((check) => check.specs.map(({ asset, name }) => [asset, name])),
  ];
  return {
    assets: Object.fromEntries(
      assets.map((asset) => [
        asset.key,
        {
          deps: [
            ...new Set([
              ...(graph.upstream.get(asset.id) ?? []).map(({ from }) => keyOf(from)),
              ...(asset.deps ?? []).filter((key) => graph.stubKeys.has(key)),
            ]),
          ].sort(),
          group: asset.group ?? 'default',
          kinds: [...(asset.kinds ?? [])].sort(),
        },
      ]),
    ),
    checks: specs.sort((a, b) => (a.join('\u0000') < b.join('\u0000') ? -1 : 1)),
  };
}

interface Loaded {
  readonly error?: string;
}

function loaded(documents: readonly ProjectDocument[], name: string): readonly Loaded[] {
  const folders = documents.map((document, i) => {
    const place = join(folder, `${name}-${i}`);
    const written = writeDagsterProject(document);
    if (!written.ok) throw new Error(written.error.map(({ message }) => message).join('\n'));
    writeFilesOf(written.value, place, () => new Uint8Array());
    return place;
  });
  const asked = spawnSync(python, [reader, ...folders], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (asked.status !== 0) throw new Error(asked.stderr);
  return JSON.parse(asked.stdout) as readonly Loaded[];
}

const seed = fc.sample(fc.nat(), 1)[0]!;

test.each([
  ['plain', randomDocument],
  ['of every kind of definition', randomDagsterProject],
])(
  'a hundred generated projects, %s, load in Dagster with their keys, deps, groups, kinds and checks',
  (name, arbitrary) => {
    const documents = fc.sample(arbitrary, { numRuns: 100, seed });
    for (const [i, found] of loaded(documents, name).entries())
      expect(found, `number ${i} of seed ${seed}`).toMatchObject(expected(documents[i]!));
  },
  300_000,
);
