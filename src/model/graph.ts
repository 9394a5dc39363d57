// The graph of a document, derived: which asset reads which, in what order they can run, where a cycle is.

import { keyName, parseUserString } from './asset-key.ts';
import { type BodyHead, readBodyHead } from './body-head.ts';
import type { Asset, CodeAsset, ProjectDocument } from './document.ts';
import type { AssetId } from './ids.ts';

/** A dependency of one asset on another. A `value` edge loads the upstream's value as `input`. */
export interface Edge {
  readonly from: AssetId;
  readonly to: AssetId;
  readonly kind: 'value' | 'order';
  /** Value edges: the name that the body destructures. */
  readonly input?: string;
}

/** An input that no asset provides. */
export interface UnresolvedInput {
  readonly assetId: AssetId;
  readonly input: string;
  readonly key: string;
}

export interface AssetGraph {
  readonly document: ProjectDocument;
  readonly idByKey: ReadonlyMap<string, AssetId>;
  readonly edges: readonly Edge[];
  readonly upstream: ReadonlyMap<AssetId, readonly Edge[]>;
  readonly downstream: ReadonlyMap<AssetId, readonly Edge[]>;
  readonly unresolved: readonly UnresolvedInput[];
  /** Keys of `deps` that no asset has: legal; each stands for a stub external asset. */
  readonly stubKeys: ReadonlySet<string>;
}

// Bodies are immutable strings, so what was read from one is read once.
const headByBody = new Map<string, ReturnType<typeof readBodyHead>>();
const maxCachedHeads = 20_000;

/** `readBodyHead`, remembered by the body's text. */
export function cachedBodyHead(body: string): ReturnType<typeof readBodyHead> {
  let head = headByBody.get(body);
  if (!head) {
    head = readBodyHead(body);
    if (headByBody.size >= maxCachedHeads) headByBody.clear();
    headByBody.set(body, head);
  }
  return head;
}

/** The inputs a code asset names, or none when its head cannot be read. */
export function bodyInputs(asset: CodeAsset): BodyHead['inputs'] {
  const head = cachedBodyHead(asset.body);
  return head.ok ? head.value.inputs : [];
}

/** Derives the graph. Linear in assets and edges. */
export function buildGraph(document: ProjectDocument): AssetGraph {
  const idByKey = new Map<string, AssetId>();
  for (const asset of document.assets.values()) if (!idByKey.has(asset.key)) idByKey.set(asset.key, asset.id);
  const byGroupAndName = indexByGroupAndName(document);
  const edges: Edge[] = [];
  const unresolved: UnresolvedInput[] = [];
  const stubKeys = new Set<string>();

  // Reference §1.12: the key itself, else the one asset of the same group with that name.
  const resolve = (key: string, reader: Asset): AssetId | undefined => {
    const exact = idByKey.get(key);
    if (exact !== undefined) return exact;
    if (parseUserString(key).length !== 1) return undefined;
    const candidates = byGroupAndName.get(groupAndName(reader.group, key))?.filter((id) => id !== reader.id);
    return candidates?.length === 1 ? candidates[0] : undefined;
  };

  for (const asset of document.assets.values()) {
    const seen = new Set<AssetId>();
    if (asset.kind === 'asset') {
      for (const { name } of bodyInputs(asset)) {
        const key = asset.ins && Object.hasOwn(asset.ins, name) ? asset.ins[name]! : name;
        const from = resolve(key, asset);
        if (from === undefined) unresolved.push({ assetId: asset.id, input: name, key });
        else {
          seen.add(from);
          edges.push({ from, to: asset.id, kind: 'value', input: name });
        }
      }
    }
    for (const key of asset.deps ?? []) {
      const from = resolve(key, asset);
      if (from === undefined) stubKeys.add(key);
      else if (!seen.has(from)) {
        seen.add(from);
        edges.push({ from, to: asset.id, kind: 'order' });
      }
    }
  }
  return {
    document,
    idByKey,
    edges,
    upstream: edgesBy(edges, 'to'),
    downstream: edgesBy(edges, 'from'),
    unresolved,
    stubKeys,
  };
}

const groupAndName = (group: string | undefined, name: string) => `${group ?? 'default'}\u0000${name}`;

function indexByGroupAndName(document: ProjectDocument): Map<string, AssetId[]> {
  const index = new Map<string, AssetId[]>();
  for (const asset of document.assets.values()) {
    const place = groupAndName(asset.group, keyName(asset.key));
    const ids = index.get(place);
    if (ids) ids.push(asset.id);
    else index.set(place, [asset.id]);
  }
  return index;
}

function edgesBy(edges: readonly Edge[], end: 'from' | 'to'): Map<AssetId, Edge[]> {
  const map = new Map<AssetId, Edge[]>();
  for (const edge of edges) {
    const list = map.get(edge[end]);
    if (list) list.push(edge);
    else map.set(edge[end], [edge]);
  }
  return map;
}

export type TopologicalOrder =
  | { readonly type: 'Ordered'; readonly order: readonly AssetId[] }
  /** The assets of one cycle, in reading order; the first reads from the last. */
  | { readonly type: 'CycleFound'; readonly path: readonly AssetId[] };

/** Orders assets so that each comes after all it reads from; ties keep the order of keys. */
export function topologicalOrder(graph: AssetGraph): TopologicalOrder {
  const waiting = new Map<AssetId, number>();
  const order: AssetId[] = [];
  for (const id of graph.document.assets.keys()) {
    const count = graph.upstream.get(id)?.length ?? 0;
    waiting.set(id, count);
    if (count === 0) order.push(id);
  }
  for (let i = 0; i < order.length; i++) {
    for (const edge of graph.downstream.get(order[i]!) ?? []) {
      const left = waiting.get(edge.to)! - 1;
      waiting.set(edge.to, left);
      if (left === 0) order.push(edge.to);
    }
  }
  if (order.length === waiting.size) return { type: 'Ordered', order };
  const stuck = new Set([...waiting].filter(([, count]) => count > 0).map(([id]) => id));
  return { type: 'CycleFound', path: findCycle(graph, stuck) };
}

// Every asset left over by the sort has an upstream that is left over too: walking up must repeat.
function findCycle(graph: AssetGraph, stuck: ReadonlySet<AssetId>): AssetId[] {
  const trail: AssetId[] = [];
  const placeInTrail = new Map<AssetId, number>();
  let id = stuck.values().next().value!;
  while (!placeInTrail.has(id)) {
    placeInTrail.set(id, trail.length);
    trail.push(id);
    id = graph.upstream.get(id)!.find((edge) => stuck.has(edge.from))!.from;
  }
  return trail.slice(placeInTrail.get(id)).reverse();
}

/** The cycle that an edge `from → to` would close, as the path from `to` to `from`; undefined when none. */
export function cycleClosedBy(graph: AssetGraph, from: AssetId, to: AssetId): AssetId[] | undefined {
  if (from === to) return [from];
  const cameFrom = new Map<AssetId, AssetId>();
  const queue: AssetId[] = [to];
  for (let i = 0; i < queue.length; i++) {
    for (const edge of graph.downstream.get(queue[i]!) ?? []) {
      if (edge.to === to || cameFrom.has(edge.to)) continue;
      cameFrom.set(edge.to, queue[i]!);
      if (edge.to === from) {
        const path: AssetId[] = [from];
        while (path[path.length - 1] !== to) path.push(cameFrom.get(path[path.length - 1]!)!);
        return path.reverse();
      }
      queue.push(edge.to);
    }
  }
  return undefined;
}
