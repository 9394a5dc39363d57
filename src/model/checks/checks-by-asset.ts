// The checks of each asset, wherever they are defined. Worked out once per graph.

import type { AssetGraph } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import { type KnownCheck, knownChecks } from '../validate-units.ts';

const byGraph = new WeakMap<AssetGraph, ReadonlyMap<AssetId, readonly KnownCheck[]>>();
const none: readonly KnownCheck[] = [];

/** In the order of their names. */
export function checksOfAsset(graph: AssetGraph, id: AssetId): readonly KnownCheck[] {
  let byAsset = byGraph.get(graph);
  if (!byAsset) {
    byAsset = groupChecks(graph);
    byGraph.set(graph, byAsset);
  }
  return byAsset.get(id) ?? none;
}

function groupChecks(graph: AssetGraph): ReadonlyMap<AssetId, readonly KnownCheck[]> {
  const byAsset = new Map<AssetId, KnownCheck[]>();
  for (const check of knownChecks(graph)) {
    const id = graph.idByKey.get(check.assetKey);
    if (id === undefined) continue;
    const known = byAsset.get(id);
    if (known) known.push(check);
    else byAsset.set(id, [check]);
  }
  for (const checks of byAsset.values()) checks.sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
  return byAsset;
}
