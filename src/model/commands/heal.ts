// Deleting assets without tearing the graph: whoever read a deleted asset reads what it read instead.

import { keyName } from '../asset-key.ts';
import type { Asset, ProjectDocument } from '../document.ts';
import { type AssetGraph, buildGraph } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import { readerWithInput } from './readers.ts';

/**
 * The readers of the assets in `gone`, reconnected. An input is led on to the one value that the deleted asset
 * read, under the variable that the reader's code already uses; with none or several there is no telling which,
 * and it is left as it is. Order is always kept: a dep is led on to all that the deleted asset depended on.
 */
export function healedReaders(
  document: ProjectDocument,
  gone: ReadonlySet<AssetId>,
  graph: AssetGraph = buildGraph(document),
): Map<AssetId, Asset> {
  const healed = new Map<AssetId, Asset>();
  const readers = new Set<AssetId>();
  for (const id of gone)
    for (const edge of graph.downstream.get(id) ?? []) if (!gone.has(edge.to)) readers.add(edge.to);
  for (const id of readers) {
    const before = document.assets.get(id)!;
    const after = healedReader(before, graph, gone);
    if (after !== before) healed.set(id, after);
  }
  return healed;
}

function healedReader(reader: Asset, graph: AssetGraph, gone: ReadonlySet<AssetId>): Asset {
  const keyOf = (id: AssetId) => graph.document.assets.get(id)!.key;
  let after = reader;
  const read = new Set<string>();
  const awaited = new Set<string>();
  const lost = new Set<string>();
  for (const edge of graph.upstream.get(reader.id) ?? []) {
    if (!gone.has(edge.from)) {
      if (edge.kind === 'value') read.add(keyOf(edge.from));
      continue;
    }
    for (const id of standingBehind(edge.from, graph, gone)) awaited.add(keyOf(id));
    if (edge.kind === 'order') lost.add(keyOf(edge.from));
    else if (after.kind === 'asset' || after.kind === 'observable') {
      const source = valueBehind(edge.from, graph, gone);
      if (source === undefined) continue;
      after = readerWithInput(after, edge.input!, keyOf(source));
      read.add(keyOf(source));
    }
  }
  const before = after.deps ?? [];
  const kept = before.filter((dep) => !lost.has(dep) && ![...lost].some((key) => keyName(key) === dep));
  const added = [...awaited].filter((key) => !read.has(key) && !kept.includes(key));
  if (added.length === 0 && kept.length === before.length) return after;
  const { deps: _, ...rest } = after;
  const deps = [...kept, ...added];
  return (deps.length > 0 ? { ...rest, deps } : rest) as Asset;
}

/** The one value that a deleted asset read, through others that go with it; undefined when there is none, or several. */
function valueBehind(from: AssetId, graph: AssetGraph, gone: ReadonlySet<AssetId>): AssetId | undefined {
  const seen = new Set<AssetId>();
  let id = from;
  while (gone.has(id)) {
    if (seen.has(id)) return undefined;
    seen.add(id);
    const values = new Set(
      (graph.upstream.get(id) ?? []).filter((edge) => edge.kind === 'value').map((edge) => edge.from),
    );
    if (values.size !== 1) return undefined;
    id = values.values().next().value!;
  }
  return id;
}

/** Everything that stays and that a deleted asset waited for, directly or through others that go with it. */
function standingBehind(from: AssetId, graph: AssetGraph, gone: ReadonlySet<AssetId>): Set<AssetId> {
  const found = new Set<AssetId>();
  const seen = new Set([from]);
  const queue = [from];
  for (let i = 0; i < queue.length; i++)
    for (const { from: next } of graph.upstream.get(queue[i]!) ?? []) {
      if (!gone.has(next)) found.add(next);
      else if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  return found;
}
