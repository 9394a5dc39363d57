// Run config as Dagster means it: it takes the place of the default, the schema fills in what is left out, and what
// does not fit keeps the run from starting.

import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import type { CodeAsset, Json, ProjectDocument } from '#model/document.ts';
import type { RunConfig } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { messageText } from '#ui/kit/messages.ts';
import { createCompiler } from './compiler.ts';
import { planRun } from './plan.ts';

const compiler = createCompiler({ strip: ok, sha256: (bytes) => new TextDecoder().decode(bytes) });
const limits: Json = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, default: 10 }, city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

function project(fields: Partial<CodeAsset>): ProjectDocument {
  const plain = graph().asset('raw/orders', '() => 1').asset('other', '() => 2').document();
  const asset = plain.assets.get(idOf('raw/orders')) as CodeAsset;
  return { ...plain, assets: new Map([...plain.assets, [asset.id, { ...asset, ...fields }]]) };
}

function planned(
  document: ProjectDocument,
  config: RunConfig | undefined,
  selection: 'all' | ReadonlySet<ReturnType<typeof idOf>> = 'all',
  isConfigInherited = false,
) {
  const plan = planRun({
    graph: buildGraph(document),
    selection,
    compiler,
    latestOf: () => undefined,
    ...(config === undefined ? {} : { config }),
    isConfigInherited,
  });
  if (!plan.ok) return plan.error.type === 'DefinitionsInvalid' ? plan.error.problems.map(messageText) : [];
  return Object.fromEntries(
    plan.value.steps.flatMap((step) => (step.kind === 'code' ? [[step.label, step.config]] : [])),
  );
}

test('the default counts, with the defaults of the schema; a launch takes its place', () => {
  const document = project({ config: { city: 'Ulm' }, configSchema: limits });
  expect(planned(document, undefined)).toEqual({
    'raw/orders': { city: 'Ulm', limit: 10 },
    other: undefined,
  });
  expect(planned(document, { assets: { 'raw/orders': { city: 'Rome', limit: 3 } } })).toMatchObject({
    'raw/orders': { city: 'Rome', limit: 3 },
  });
  // It is not merged with the default.
  expect(planned(document, { assets: { 'raw/orders': { limit: 3 } } })).toEqual([
    'The config of “raw/orders”: “city” is needed.',
  ]);
});

test('without a schema any JSON may be given', () => {
  expect(planned(project({ config: [1] }), { assets: { 'raw/orders': 'anything' } })).toMatchObject({
    'raw/orders': 'anything',
  });
});

test('what is missing, wrong or not known keeps the run from starting, all of it at once', () => {
  const document = project({ configSchema: limits });
  expect(planned(document, undefined)).toEqual(['The config of “raw/orders”: “city” is needed.']);
  expect(planned(document, { assets: { 'raw/orders': { limit: 0, town: 'Ulm' }, order: 1 } })).toEqual([
    'The config of “raw/orders”: “limit” must be at least 1.',
    'The config of “raw/orders”: “city” is needed.',
    'The config of “raw/orders”: “town” is not known here.',
    'There is config for “order”, which is no asset.',
  ]);
});

test('config for what does not run is refused, but a missing one of what does not run is fine', () => {
  const document = project({ configSchema: limits });
  const other = new Set([idOf('other')]);
  expect(planned(document, undefined, other)).toEqual({ other: undefined });
  const given = { assets: { 'raw/orders': { city: 'Ulm' } } };
  expect(planned(document, given, other)).toEqual(['“raw/orders” has config but is not part of this run.']);
  // A re-execution of some steps keeps the config of the run it repeats.
  expect(planned(document, given, other, true)).toEqual({ other: undefined });
});
