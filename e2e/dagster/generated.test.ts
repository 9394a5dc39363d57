// Generated projects: what the real Dagster loads of their exports has the keys, dependencies, groups and kinds of the
// project.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { writeDagsterProject } from '#interop/dagster/write-project.ts';
import { randomProject } from '#interop/typescript/random-project.ts';
import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { randomDocument } from '#model/random-graph.ts';
import { validateDocument } from '#model/validate.ts';
import { writeFilesOf } from './write-export.ts';

const python = fileURLToPath(new URL('../../.cache/dagster-venv/bin/python', import.meta.url));
const reader = fileURLToPath(new URL('read_definitions.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headwater-generated-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a project says of its assets, as Dagster tells it. */
function expected(document: ProjectDocument) {
  const graph = buildGraph(document);
  const keyOf = (id: Parameters<typeof document.assets.get>[0]) => document.assets.get(id)?.key ?? id;
  return Object.fromEntries(
    [...document.assets.values()].map((asset) => [
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
  );
}

interface Loaded {
  readonly error?: string;
  readonly assets?: Readonly<Record<string, { readonly isMaterializable: boolean }>>;
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

test('a hundred generated projects load in Dagster with their keys, deps, groups and kinds', () => {
  const documents = fc.sample(randomDocument, 100);
  for (const [i, { error, assets = {} }] of loaded(documents, 'plain').entries()) {
    expect(error).toBeUndefined();
    expect(assets).toMatchObject(expected(documents[i]!));
  }
}, 300_000);

test('generated projects of every kind of definition load in Dagster', () => {
  const documents = fc
    .sample(randomProject, 2000)
    .filter((document) => validateDocument(document).length === 0 && writeDagsterProject(document).ok)
    .slice(0, 100);
  expect(documents.length).toBeGreaterThan(20);
  const all = loaded(documents, 'any');
  expect(all.flatMap(({ error }) => error ?? [])).toEqual([]);
  for (const [i, { assets = {} }] of all.entries()) {
    expect(Object.keys(assets)).toEqual(expect.arrayContaining(Object.keys(expected(documents[i]!))));
  }
}, 300_000);
