// What the types worker is told of a project: assets as far as their types go, and only those that changed.

import type { Asset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import type { TypedAsset, TypedColumn, TypesChange } from './types-port.ts';

export type ColumnsOf = (asset: Asset) => readonly TypedColumn[] | undefined;

export interface TypesFeed {
  /** What to tell so that the worker knows this graph; undefined when it already does. */
  changeTo(graph: AssetGraph, columnsOf: ColumnsOf): TypesChange | undefined;
  /** Begins again, with another project. */
  reset(): void;
}

export function createTypesFeed(): TypesFeed {
  let told = new Map<AssetId, { readonly asset: TypedAsset; readonly print: string }>();
  let modules: AssetGraph['document']['modules'] | undefined;
  let isFirst = true;

  return {
    reset() {
      told = new Map();
      modules = undefined;
      isFirst = true;
    },
    changeTo(graph, columnsOf) {
      const { document } = graph;
      const missing = new Map<AssetId, string[]>();
      for (const { assetId, input } of graph.unresolved)
        missing.set(assetId, [...(missing.get(assetId) ?? []), input]);
      const next: typeof told = new Map();
      const assets: TypedAsset[] = [];
      for (const record of document.assets.values()) {
        const asset = typedAsset(record, graph, missing.get(record.id) ?? [], columnsOf(record));
        const print = printOf(asset);
        const before = told.get(asset.id);
        const isSame = before?.print === print && before.asset.body === asset.body;
        next.set(asset.id, isSame ? before : { asset, print });
        if (!isSame) assets.push(asset);
      }
      const gone = [...told.keys()].filter((id) => !next.has(id));
      const hasNewModules =
        modules !== document.modules && (document.modules.size > 0 || (modules?.size ?? 0) > 0);
      const reset = isFirst;
      told = next;
      modules = document.modules;
      isFirst = false;
      if (!reset && !hasNewModules && assets.length === 0 && gone.length === 0) return undefined;
      return {
        reset,
        assets,
        gone,
        ...(hasNewModules
          ? { modules: [...document.modules.values()].map(({ name, body }) => ({ name, body })) }
          : {}),
      };
    },
  };
}

function typedAsset(
  asset: Asset,
  graph: AssetGraph,
  missing: readonly string[],
  columns: readonly TypedColumn[] | undefined,
): TypedAsset {
  const base = { id: asset.id, key: asset.key };
  if (asset.kind !== 'asset') return { ...base, inputs: [], ...(columns ? { columns } : {}) };
  const inputs: { name: string; from?: AssetId }[] = [];
  for (const { kind, input, from } of graph.upstream.get(asset.id) ?? [])
    if (kind === 'value' && input !== undefined) inputs.push({ name: input, from });
  for (const name of missing) inputs.push({ name });
  return { ...base, body: asset.body, inputs };
}

/** Everything but the body, which is compared by itself. */
const printOf = ({ key, inputs, columns }: TypedAsset): string => JSON.stringify([key, inputs, columns]);
