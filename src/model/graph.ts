// The graph of a document, derived: which asset reads which, in what order they can run, where a cycle is.

import { keyName, parseUserString } from './asset-key.ts';
import { type BodyHead, readBodyHead } from './body-head.ts';
import type { Asset, ProjectDocument, Unit } from './document.ts';
import type { AssetId, UnitId } from './ids.ts';

/** A dependency of one asset on another. A `value` edge loads the upstream's value as `input`. */
export interface Edge {
  readonly from: AssetId;
  readonly to: AssetId;
  readonly kind: 'value' | 'order';
  /** Value edges: the name that the body destructures. */
  readonly input?: string;
  /** Both ends are made by one body: nothing is loaded, and neither waits for the other. */
  readonly isInternal?: true;
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
  /** The assets that a unit makes, in the document's order. */
  readonly outputsByUnit: ReadonlyMap<UnitId, readonly AssetId[]>;
  /** The asset that a name or key means to a reader: the one with that key, else the only one of its group so named. */
  resolve(key: string, reader: Pick<Asset, 'id' | 'group'>): AssetId | undefined;
}

/** An input of a body or of a graph of ops: the name, and the key that it means. */
export interface NamedInput {
  readonly name: string;
  readonly key: string;
}

// Bodies are immutable strings, so what was read from one is read once.
const headByBody = new Map<string, ReturnType<typeof readBodyHead>>();
const maxCachedHeads = 20_000;
const headsAtOnce = 300;

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

/** Reads the heads of all bodies, resting after every few, so that `buildGraph` finds them read. */
export async function readHeads(assets: Iterable<Asset>, rest: () => Promise<void>): Promise<void> {
  let read = 0;
  for (const asset of assets) {
    if ((asset.kind !== 'asset' && asset.kind !== 'observable') || headByBody.has(asset.body)) continue;
    cachedBodyHead(asset.body);
    read += 1;
    if (read % headsAtOnce === 0) await rest();
  }
}

/** The names that a body destructures; none when its head cannot be read. */
export function bodyInputs({ body }: { readonly body: string }): BodyHead['inputs'] {
  const head = cachedBodyHead(body);
  return head.ok ? head.value.inputs : [];
}

/** The inputs of a body with the keys they mean. */
export const namedInputs = (holder: {
  readonly body: string;
  readonly ins?: Readonly<Record<string, string>>;
}): NamedInput[] => bodyInputs(holder).map(({ name }) => ({ name, key: inputKey(holder.ins, name) }));

/** The inputs of a unit: what its body destructures, or what its ops take from outside. */
export function unitInputs(unit: Unit): NamedInput[] {
  if (unit.kind !== 'graph') return namedInputs(unit);
  const names = new Set<string>(Object.keys(unit.ins ?? {}));
  for (const op of unit.ops) for (const arg of op.args) if ('input' in arg) names.add(arg.input);
  return [...names].map((name) => ({ name, key: inputKey(unit.ins, name) }));
}

const inputKey = (ins: Readonly<Record<string, string>> | undefined, name: string): string =>
  ins && Object.hasOwn(ins, name) ? ins[name]! : name;

/** Derives the graph. Linear in assets and edges. */
export function buildGraph(document: ProjectDocument): AssetGraph {
  const idByKey = new Map<string, AssetId>();
  const outputsByUnit = new Map<UnitId, AssetId[]>();
  for (const asset of document.assets.values()) {
    if (!idByKey.has(asset.key)) idByKey.set(asset.key, asset.id);
    if (asset.kind === 'output') pushTo(outputsByUnit, asset.unit, asset.id);
  }
  const byGroupAndName = indexByGroupAndName(document);
  const edges: Edge[] = [];
  const unresolved: UnresolvedInput[] = [];
  const stubKeys = new Set<string>();

  const unitOf = (id: AssetId): UnitId | undefined => {
    const asset = document.assets.get(id);
    return asset?.kind === 'output' ? asset.unit : undefined;
  };
  // Reference §1.12: the key itself, else the one asset of the same group with that name.
  const resolve: AssetGraph['resolve'] = (key, reader) => {
    const exact = idByKey.get(key);
    if (exact !== undefined) return exact;
    if (parseUserString(key).length !== 1) return undefined;
    const unit = unitOf(reader.id);
    const candidates = byGroupAndName
      .get(groupAndName(reader.group, key))
      ?.filter((id) => id !== reader.id && (unit === undefined || unitOf(id) !== unit));
    return candidates?.length === 1 ? candidates[0] : undefined;
  };

  for (const asset of document.assets.values()) {
    const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
    const isFirst = unit === undefined || outputsByUnit.get(unit.id)![0] === asset.id;
    const isOwn = (id: AssetId) => unit !== undefined && unitOf(id) === unit.id;
    const seen = new Set<AssetId>();
    const link = (from: AssetId, input: string | undefined): void => {
      if (seen.has(from) && input === undefined) return;
      seen.add(from);
      edges.push({
        from,
        to: asset.id,
        kind: input === undefined ? 'order' : 'value',
        ...(input === undefined ? {} : { input }),
        ...(isOwn(from) ? { isInternal: true as const } : {}),
      });
    };
    const order = (key: string): void => {
      const from = resolve(key, asset);
      if (from === undefined) stubKeys.add(key);
      else link(from, undefined);
    };
    const limits = unit?.kind === 'graph' ? undefined : unit?.internalDeps;
    const allowed =
      limits && asset.kind === 'output' && Object.hasOwn(limits, asset.output)
        ? new Set(limits[asset.output])
        : undefined;
    for (const { name, key } of inputsOf(asset, unit)) {
      const from = resolve(key, asset);
      if (from !== undefined) {
        if (!allowed || allowed.has(key) || allowed.has(document.assets.get(from)!.key)) link(from, name);
      } else if (isFirst) unresolved.push({ assetId: asset.id, input: name, key });
    }
    for (const key of asset.deps ?? []) order(key);
    for (const key of allowed ?? []) {
      const from = resolve(key, asset);
      if (from !== undefined && !seen.has(from)) link(from, undefined);
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
    outputsByUnit,
    resolve,
  };
}

/** The graph of what `before`'s document has become: where assets only moved, what was derived stands. */
export function graphAfter(before: AssetGraph, document: ProjectDocument): AssetGraph {
  return document.units === before.document.units && sameButPlaces(before.document.assets, document.assets)
    ? { ...before, document }
    : buildGraph(document);
}

function sameButPlaces(before: ProjectDocument['assets'], after: ProjectDocument['assets']): boolean {
  if (before === after) return true;
  if (before.size !== after.size) return false;
  const olds = before.values();
  for (const asset of after.values()) {
    // In the same order too: it is the order in which names are looked for.
    const old = olds.next().value;
    if (old === asset) continue;
    if (!old || !sameButPlace(old, asset)) return false;
  }
  return true;
}

function sameButPlace(before: Asset, after: Asset): boolean {
  const { position: _, ...old } = before;
  const { position: __, ...rest } = after;
  const olds: Readonly<Record<string, unknown>> = old;
  const entries = Object.entries(rest);
  return (
    entries.length === Object.keys(olds).length && entries.every(([name, value]) => olds[name] === value)
  );
}

function inputsOf(asset: Asset, unit: Unit | undefined): NamedInput[] {
  if (asset.kind === 'asset' || asset.kind === 'observable') return namedInputs(asset);
  return unit ? unitInputs(unit) : [];
}

function pushTo<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
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
