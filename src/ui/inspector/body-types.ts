// What the open body is told of the graph, as one declaration file: the types of its inputs, and of everything
// else that it could read, so that a name typed into its pattern has its type at once.

import { givenTypes } from '#engine/checked-body.ts';
import type { TypedAsset, TypedId } from '#engine/types-port.ts';
import { isPlainName } from '#model/asset-key.ts';
import type { AssetGraph } from '#model/graph.ts';
import { type AssetId, asAssetId } from '#model/ids.ts';

/** Types of assets that are no inputs yet are left out beyond this many characters. */
const mostOffered = 400_000;

/**
 * `$B` stands here as well as behind the body (engine/checked-body.ts): while a body is typed its last bracket is
 * open, and swallows what comes behind it.
 */
export function bodyTypes(
  typed: TypedAsset,
  graph: AssetGraph,
  outputs: ReadonlyMap<TypedId, string>,
): string {
  const fields = new Map<string, string>();
  const typeOf = (id: TypedId) => outputs.get(id) ?? 'any';
  for (const { name, from, isAll } of typed.inputs) {
    const type = from === undefined ? 'any' : typeOf(from);
    fields.set(name, isAll ? `readonly (${type})[]` : type);
  }
  const { assetId = asAssetId(typed.id), op, checkId } = typed.place ?? {};
  const isAsset = op === undefined && checkId === undefined;
  const readers = downstreamOf(graph, assetId);
  let offered = 0;
  // A name that is typed into the pattern of an asset's body makes an edge; ops and checks take what they are given.
  for (const { id, key } of isAsset ? graph.document.assets.values() : []) {
    if (fields.has(key) || readers.has(id) || !isPlainName(key)) continue;
    const type = offered > mostOffered ? 'any' : typeOf(id);
    offered += type.length;
    fields.set(key, type);
  }
  const module = JSON.stringify(`#inputs/${encodeURIComponent(typed.id)}`);
  const inputs = [...fields].map(([name, type]) => ({ name, type }));
  return `declare module ${module} {
${givenTypes(inputs, typed.isOp === true, typed.config)}
  export type Output = ${typeOf(typed.id)};
}
declare module ${JSON.stringify(`#types/${typed.key}`)} {
  export * from ${module};
}
type $B = import(${module}).Body;
`;
}

/** The asset itself and all that reads it: none of them can be its input. */
function downstreamOf(graph: AssetGraph, id: AssetId): ReadonlySet<AssetId> {
  const seen = new Set([id]);
  for (const each of seen) for (const { to } of graph.downstream.get(each) ?? []) seen.add(to);
  return seen;
}
