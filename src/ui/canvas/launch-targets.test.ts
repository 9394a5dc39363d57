import { expect, test } from 'vitest';
import type { AssetState, NodeStatus } from '#model/asset-state.ts';
import { buildGraph } from '#model/graph.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { runnable, staleTargets, withReach } from './launch-targets.ts';

const project = buildGraph(
  graph()
    .external('source')
    .asset('a', '({ source }) => source')
    .asset('b', '({ a }) => a')
    .asset('c', '({ b }) => b')
    .asset('side', '({ a }) => a')
    .document(),
);
const ids = (...keys: string[]) => keys.map(idOf);
const states = (all: Record<string, NodeStatus>) =>
  new Map(
    Object.entries(all).map(([key, status]): [AssetState['assetId'], AssetState] => [
      idOf(key),
      { assetId: idOf(key), status, staleCauses: [] },
    ]),
  );

test('"up to here" is an asset with all that it depends on, but for what is made elsewhere', () => {
  expect(withReach(project, ids('c'), 'upstream')).toEqual(ids('a', 'b', 'c'));
});

test('"from here" is an asset with all that depends on it', () => {
  expect(withReach(project, ids('a'), 'downstream')).toEqual(ids('a', 'b', 'c', 'side'));
});

test('"stale" takes along what reads something stale, and leaves alone what is fresh', () => {
  expect(
    staleTargets(project, states({ a: 'materialized', b: 'stale', c: 'materialized', side: 'materialized' })),
  ).toEqual(ids('b', 'c'));
  expect(
    staleTargets(
      project,
      states({ a: 'materialized', b: 'materialized', c: 'materialized', side: 'materialized' }),
    ),
  ).toEqual([]);
});

test('external assets cannot be run', () => {
  expect(runnable(project, ids('source', 'b'))).toEqual(ids('b'));
});
