// What the launch variants run: sets of assets, worked out from the graph and the states. External assets are
// made elsewhere and are left out.

import type { AssetState } from '#model/asset-state.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { isMadeHere, isObservable } from '#model/made-here.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';

/** These and everything they depend on, or everything that depends on them; in the order of the document. */
export function withReach(
  graph: AssetGraph,
  ids: Iterable<AssetId>,
  direction: 'upstream' | 'downstream',
): AssetId[] {
  const end = direction === 'upstream' ? 'from' : 'to';
  const reached = new Set(ids);
  for (const id of reached) for (const edge of graph[direction].get(id) ?? []) reached.add(edge[end]);
  return runnable(graph, reached);
}

/** What is out of date, never made or not finished, and all that reads it: after the run nothing is. */
export function staleTargets(graph: AssetGraph, states: ReadonlyMap<AssetId, AssetState>): AssetId[] {
  const start: AssetId[] = [];
  for (const asset of graph.document.assets.values()) {
    const status = nodeStatus(asset, states.get(asset.id));
    if (!isMadeHere(graph.document, asset)) continue;
    if (status !== 'materialized') start.push(asset.id);
  }
  return withReach(graph, start, 'downstream');
}

/** Those that a run would make. */
export const runnable = ({ document }: AssetGraph, ids: Iterable<AssetId>): AssetId[] =>
  chosen(document, ids, isMadeHere);

/** Those that a look would be taken at. */
export const observable = ({ document }: AssetGraph, ids: Iterable<AssetId>): AssetId[] =>
  chosen(document, ids, isObservable);

function chosen(document: ProjectDocument, ids: Iterable<AssetId>, fits: typeof isMadeHere): AssetId[] {
  const wanted = new Set(ids);
  return [...document.assets.values()]
    .filter((asset) => wanted.has(asset.id) && fits(document, asset))
    .map((asset) => asset.id);
}
