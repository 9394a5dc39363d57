// What the open body is told of the graph, as one declaration file: the types of its inputs, and of everything
// else that it could read, so that a name typed into its pattern has its type at once.

import { isPlainName } from '#model/asset-key.ts';
import type { CodeAsset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';

/** Types of assets that are no inputs yet are left out beyond this many characters. */
const mostOffered = 400_000;

/**
 * `$B` stands here as well as behind the body (engine/checked-body.ts): while a body is typed its last bracket is
 * open, and swallows what comes behind it.
 */
export function bodyTypes(
  asset: CodeAsset,
  graph: AssetGraph,
  outputs: ReadonlyMap<AssetId, string>,
): string {
  const fields = new Map<string, string>();
  const typeOf = (id: AssetId) => outputs.get(id) ?? 'any';
  for (const { kind, input, from } of graph.upstream.get(asset.id) ?? [])
    if (kind === 'value' && input !== undefined) fields.set(input, typeOf(from));
  for (const { assetId, input } of graph.unresolved) if (assetId === asset.id) fields.set(input, 'any');
  const readers = downstreamOf(graph, asset.id);
  let offered = 0;
  for (const { id, key } of graph.document.assets.values()) {
    if (fields.has(key) || readers.has(id) || !isPlainName(key)) continue;
    const type = offered > mostOffered ? 'any' : typeOf(id);
    offered += type.length;
    fields.set(key, type);
  }
  const module = JSON.stringify(`#inputs/${encodeURIComponent(asset.id)}`);
  return `declare module ${module} {
  export interface Inputs {
${[...fields].map(([name, type]) => `    readonly ${JSON.stringify(name)}: ${type};`).join('\n')}
  }
  export type Context = import('headwater').AssetContext;
  export type Output = ${typeOf(asset.id)};
}
declare module ${JSON.stringify(`#types/${asset.key}`)} {
  export * from ${module};
}
type $B = (inputs: import(${module}).Inputs, context: import(${module}).Context) => unknown;
`;
}

/** The asset itself and all that reads it: none of them can be its input. */
function downstreamOf(graph: AssetGraph, id: AssetId): ReadonlySet<AssetId> {
  const seen = new Set([id]);
  for (const each of seen) for (const { to } of graph.downstream.get(each) ?? []) seen.add(to);
  return seen;
}
