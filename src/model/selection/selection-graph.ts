// The graph of a document as selections ask it.

import type { Asset, ProjectDocument } from '../document.ts';
import type { AssetGraph } from '../graph.ts';
import type { SelectableAsset, SelectionGraph } from './evaluate-selection.ts';

const stub: SelectableAsset = { group: 'default', kinds: [], tags: {}, owners: [], isExternal: true };

/** Assets by key; a key that only `deps` name stands for an external asset, as in Dagster. */
export function selectionGraphOf(graph: AssetGraph): SelectionGraph {
  const { assets, units } = graph.document;
  const readersOfStub = new Map<string, string[]>();
  const stubsOf = new Map<string, string[]>();
  for (const asset of assets.values())
    for (const key of asset.deps ?? []) {
      if (!graph.stubKeys.has(key)) continue;
      push(readersOfStub, key, asset.key);
      push(stubsOf, asset.key, key);
    }
  const assetOf = (key: string) => assets.get(graph.idByKey.get(key)!);
  const keyOf = (id: Parameters<typeof assets.get>[0]) => assets.get(id)!.key;
  return {
    keys: new Set([...graph.idByKey.keys(), ...graph.stubKeys]),
    of(key) {
      const asset = assetOf(key);
      if (!asset) return stub;
      return {
        group: asset.group ?? 'default',
        kinds: asset.kinds ?? [],
        tags: asset.tags ?? {},
        owners: asset.owners ?? [],
        isExternal: isExternal(asset, graph.document),
      };
    },
    upstream(key) {
      const edges = graph.upstream.get(graph.idByKey.get(key)!) ?? [];
      return new Set([...edges.map((edge) => keyOf(edge.from)), ...(stubsOf.get(key) ?? [])]);
    },
    downstream(key) {
      const edges = graph.downstream.get(graph.idByKey.get(key)!) ?? [];
      return new Set([...edges.map((edge) => keyOf(edge.to)), ...(readersOfStub.get(key) ?? [])]);
    },
    executionSet(key) {
      const asset = assetOf(key);
      if (asset?.kind !== 'output' || units.get(asset.unit)?.canSubset) return [];
      return (graph.outputsByUnit.get(asset.unit) ?? []).map(keyOf);
    },
  };
}

// What is only looked at is not materialized either.
function isExternal(asset: Asset, { units }: ProjectDocument): boolean {
  if (asset.kind === 'output') return units.get(asset.unit)?.kind === 'multi-observable';
  return asset.kind === 'external' || asset.kind === 'observable';
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
