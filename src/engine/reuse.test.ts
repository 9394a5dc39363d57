import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import type { Materialization } from '#model/asset-state.ts';
import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { type AssetId, asRunId } from '#model/ids.ts';
import type { AttemptOutcome } from './asset-index.ts';
import { createCompiler } from './compiler.ts';
import { planRun } from './plan.ts';
import { previewPlan } from './plan-preview.ts';

const compiler = createCompiler({ strip: ok, sha256: (bytes) => new TextDecoder().decode(bytes) });

const project = graph()
  .external('source')
  .asset('a', '({ source }) => 1')
  .asset('b', '({ a }) => a')
  .asset('c', '({ b }) => b')
  .asset('side', '() => 2')
  .document();

interface Past {
  readonly latest: Map<AssetId, Materialization>;
  readonly attempts: Map<AssetId, AttemptOutcome>;
}

/** Everything was made once, from the definitions of `document`. */
function allMade(document: ProjectDocument): Past {
  const planned = planRun({
    graph: buildGraph(document),
    selection: 'all',
    compiler,
    latestOf: () => undefined,
  });
  if (!planned.ok) {
    // `source` has no value: its reader cannot be planned in earnest, only versioned.
    expect(planned.error.type).toBe('DefinitionsInvalid');
  }
  const latest = new Map<AssetId, Materialization>();
  const attempts = new Map<AssetId, AttemptOutcome>();
  const project = buildGraph(document);
  for (const asset of document.assets.values()) {
    if (asset.kind !== 'asset') continue;
    const compiled = compiler.compile(asset, document);
    if (!compiled.ok) throw new Error(compiled.error.message);
    const parents = project.upstream.get(asset.id) ?? [];
    latest.set(asset.id, {
      pointer: { seq: 1, index: 0 },
      runId: asRunId('first'),
      timestamp: 1,
      durationMs: 100,
      codeVersion: compiled.value.codeHash,
      dataVersion: `value of ${asset.key}`,
      dataVersionIsUserProvided: false,
      inputVersions: Object.fromEntries(
        parents.map(({ from }) => {
          const { key, kind } = document.assets.get(from)!;
          return [key, kind === 'external' ? 'INITIAL' : `value of ${key}`];
        }),
      ),
      metadata: {},
      value: { hash: 'h', pack: 'p', offset: 0, length: 1, summary: { kind: 'number' } },
    });
    attempts.set(asset.id, 'materialized');
  }
  return { latest, attempts };
}

function preview(document: ProjectDocument, { latest, attempts }: Past, reuse = true) {
  const { rows, ...rest } = previewPlan({
    graph: buildGraph(document),
    selection: new Set(document.assets.keys()),
    compiler,
    latestOf: (id) => latest.get(id),
    attemptOf: (id) => attempts.get(id),
    reuse,
    laneCount: 2,
  });
  return { ...rest, rows: Object.fromEntries(rows.map((row) => [row.key, [row.does, row.why.type]])) };
}

const edited = (document: ProjectDocument, key: string, body: string) => {
  const asset = document.assets.get(idOf(key))!;
  if (asset.kind !== 'asset') throw new Error('no body');
  return {
    ...document,
    assets: new Map(document.assets).set(asset.id, { ...asset, body: `export default ${body}` }),
  };
};

test('what is up to date is reused, external assets are skipped', () => {
  expect(preview(project, allMade(project)).rows).toEqual({
    source: ['skip', 'external'],
    a: ['reuse', 'up-to-date'],
    b: ['reuse', 'up-to-date'],
    c: ['reuse', 'up-to-date'],
    side: ['reuse', 'up-to-date'],
  });
});

test('without reuse everything that was asked for runs', () => {
  const { rows } = preview(project, allMade(project), false);
  expect(rows.side).toEqual(['run', 'asked']);
  expect(rows.a).toEqual(['run', 'asked']);
});

test('changed code runs, and with it all that reads it', () => {
  const past = allMade(project);
  expect(preview(edited(project, 'b', '({ a }) => a + 1'), past).rows).toEqual({
    source: ['skip', 'external'],
    a: ['reuse', 'up-to-date'],
    b: ['run', 'stale'],
    c: ['run', 'upstream-runs'],
    side: ['reuse', 'up-to-date'],
  });
});

test('an asset whose last attempt failed is made again', () => {
  const past = allMade(project);
  past.attempts.set(idOf('side'), 'failed');
  expect(preview(project, past).rows.side).toEqual(['run', 'unfinished']);
});

test('an asset without a stored value is made again when another asset of the run reads it', () => {
  const past = allMade(project);
  for (const key of ['a', 'side']) {
    const { value: _, ...without } = past.latest.get(idOf(key))!;
    past.latest.set(idOf(key), without);
  }
  const { rows } = preview(project, past);
  expect(rows.a).toEqual(['run', 'asked']);
  expect(rows.side).toEqual(['reuse', 'up-to-date']);
});

test('the estimate is the longest way or the shared work, and says what has never been timed', () => {
  const past = allMade(project);
  expect(preview(project, past, false).estimateMs).toBe(300);
  past.latest.delete(idOf('side'));
  expect(preview(project, past, false).unknownCount).toBe(1);
});

test('the plan leaves out what is reused, names who made it, and reads the stored values', () => {
  const past = allMade(project);
  past.latest.set(idOf('source'), past.latest.get(idOf('a'))!);
  const document = edited(project, 'c', '({ b }) => b * 2');
  const planned = planRun({
    graph: buildGraph(document),
    selection: new Set(['b', 'c', 'side'].map(idOf)),
    compiler,
    latestOf: (id) => past.latest.get(id),
    reuse: { attemptOf: (id) => past.attempts.get(id) },
  });
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  expect(planned.value.steps.map((step) => step.label)).toEqual(['c']);
  expect(planned.value.steps[0]).toMatchObject({
    inputs: [{ source: { type: 'stored', assetId: idOf('b') } }],
  });
  expect(planned.value.reused.map(({ assetKey, madeBy }) => [assetKey, madeBy])).toEqual([
    ['side', 'first'],
    ['b', 'first'],
  ]);
});

test('when all is up to date there is nothing to run, and it says so', () => {
  const past = allMade(project);
  const planned = planRun({
    graph: buildGraph(project),
    selection: new Set([idOf('b'), idOf('c')]),
    compiler,
    latestOf: (id) => past.latest.get(id),
    reuse: { attemptOf: (id) => past.attempts.get(id) },
  });
  expect(planned).toEqual({ ok: false, error: { type: 'NothingToRun', reused: 2 } });
});
