// What the launch variants run: sets of assets, worked out from the graph and the states. External assets are
// made elsewhere and are left out.

import type { AssetState } from '#model/asset-state.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
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
    if (status !== 'materialized' && status !== 'external' && status !== 'observed') start.push(asset.id);
  }
  return withReach(graph, start, 'downstream');
}

/** Those that a run would make. */
export const runnable = ({ document }: AssetGraph, ids: Iterable<AssetId>): AssetId[] => {
  const wanted = new Set(ids);
  return [...document.assets.values()]
    .filter((asset) => wanted.has(asset.id) && asset.kind !== 'external')
    .map((asset) => asset.id);
};
