// Who makes what in a run: single assets, units and checks, in an order in which they can run.

import type { Materialization } from '#model/asset-state.ts';
import { checkPlace } from '#model/checks/check-state.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';
import { checkInputs } from './check-inputs.ts';
import type { Compiler } from './compiler.ts';
import type { PlanProblem } from './plan-types.ts';

/** What a plan is written from. */
export interface PlanWriterInputs {
  readonly graph: AssetGraph;
  readonly compiler: Compiler;
  latestOf(id: AssetId): Materialization | undefined;
  /** What is to be made, each after what it reads. */
  readonly assets: readonly AssetId[];
  readonly checks: ReadonlySet<CheckId>;
  /** Units that run for their checks, even where none of their assets is made. */
  readonly unitsToCheck: ReadonlySet<UnitId>;
  /** The single checks that are meant, by asset key and name; all of `checks` and of the assets when left out. */
  readonly checkPlaces?: ReadonlySet<string>;
  readonly isObservation: boolean;
}

/** One thing that becomes a step, or the several steps of a graph asset. `reads`: the assets it waits for. */
export type Owner =
  | {
      readonly type: 'asset';
      readonly id: AssetId;
      readonly assets: readonly AssetId[];
      readonly reads: ReadonlySet<AssetId>;
    }
  | {
      readonly type: 'unit';
      readonly id: UnitId;
      readonly assets: AssetId[];
      readonly reads: Set<AssetId>;
      /** Which of several steps of one body; 0 is the first. */
      readonly part: number;
    }
  | {
      readonly type: 'check';
      readonly id: CheckId;
      readonly assets: readonly AssetId[];
      readonly reads: ReadonlySet<AssetId>;
    };

export interface OrderedOwners {
  readonly ordered: readonly Owner[];
  readonly problem?: PlanProblem;
}

export function orderOwners({
  graph,
  assets,
  checks,
  unitsToCheck,
  checkPlaces,
}: Pick<PlanWriterInputs, 'graph' | 'assets' | 'checks' | 'unitsToCheck' | 'checkPlaces'>): OrderedOwners {
  const { document } = graph;
  const owners: Owner[] = [];
  const ownerOf = new Map<AssetId, Owner>();
  const parts = partsOfUnits(graph, assets);
  const unitOwners = new Map<string, Extract<Owner, { type: 'unit' }>>();
  const ownerOfUnit = (id: UnitId, part: number): Extract<Owner, { type: 'unit' }> => {
    const place = `${id}\u0000${part}`;
    let owner = unitOwners.get(place);
    if (!owner) {
      owner = { type: 'unit', id, assets: [], reads: new Set(), part };
      unitOwners.set(place, owner);
      owners.push(owner);
    }
    return owner;
  };
  const readsOf = (id: AssetId) =>
    (graph.upstream.get(id) ?? []).flatMap((edge) => (edge.isInternal ? [] : edge.from));
  for (const id of assets) {
    const asset = document.assets.get(id)!;
    if (asset.kind !== 'output') {
      const owner: Owner = { type: 'asset', id, assets: [id], reads: new Set(readsOf(id)) };
      owners.push(owner);
      ownerOf.set(id, owner);
      continue;
    }
    const owner = ownerOfUnit(asset.unit, parts.get(id) ?? 0);
    owner.assets.push(id);
    for (const from of readsOf(id)) owner.reads.add(from);
    ownerOf.set(id, owner);
  }
  for (const unit of unitsToCheck) {
    if ([...unitOwners.values()].some((owner) => owner.id === unit)) continue;
    const owner = ownerOfUnit(unit, 0);
    for (const id of graph.outputsByUnit.get(unit) ?? [])
      for (const from of readsOf(id)) owner.reads.add(from);
  }
  for (const id of checks) {
    const check = document.checks.get(id);
    if (!check) continue;
    const reads = new Set<AssetId>();
    const read = (key: string | undefined): void => {
      const from = key === undefined ? undefined : graph.idByKey.get(key);
      if (from !== undefined) reads.add(from);
    };
    for (const spec of check.specs) {
      if (checkPlaces && !checkPlaces.has(checkPlace(spec.asset ?? '', spec.name))) continue;
      read(spec.asset);
      for (const dep of spec.additionalDeps ?? []) read(dep);
    }
    for (const { key } of checkInputs(check)) read(key);
    owners.push({ type: 'check', id, assets: [], reads });
  }
  return sortOwners(owners, ownerOf, blockers(owners, graph.document.checks, graph.idByKey), document.assets);
}

/**
 * By output, in which step of its body it is made, where a body that can be split is passed through more than once:
 * what reads an outside asset that reads an earlier output comes a step later.
 */
function partsOfUnits(graph: AssetGraph, assets: readonly AssetId[]): ReadonlyMap<AssetId, number> {
  const { document } = graph;
  const splittable = (id: AssetId): UnitId | undefined => {
    const asset = document.assets.get(id);
    return asset?.kind === 'output' && document.units.get(asset.unit)?.canSubset ? asset.unit : undefined;
  };
  const parts = new Map<AssetId, number>();
  if (!assets.some(splittable)) return parts;
  /** By asset, for each such body above it, the step that must have been run before. */
  const carried = new Map<AssetId, Map<UnitId, number>>();
  for (const id of assets) {
    const own = new Map<UnitId, number>();
    const raise = (unit: UnitId, part: number) => own.set(unit, Math.max(own.get(unit) ?? 0, part));
    for (const { from, isInternal } of graph.upstream.get(id) ?? []) {
      for (const [unit, part] of carried.get(from) ?? []) raise(unit, part);
      const unit = splittable(from);
      const part = parts.get(from);
      if (unit !== undefined && part !== undefined) raise(unit, isInternal ? part : part + 1);
    }
    const unit = splittable(id);
    if (unit !== undefined) parts.set(id, own.get(unit) ?? 0);
    if (own.size > 0) carried.set(id, own);
  }
  return parts;
}

/** By asset, the owners of its blocking checks: what reads the asset waits for them. */
function blockers(
  owners: readonly Owner[],
  checks: PlanWriterInputs['graph']['document']['checks'],
  idByKey: ReadonlyMap<string, AssetId>,
): Map<AssetId, Owner[]> {
  const blocking = new Map<AssetId, Owner[]>();
  for (const owner of owners) {
    if (owner.type !== 'check') continue;
    for (const spec of checks.get(owner.id)!.specs) {
      const id = spec.blocking && spec.asset !== undefined ? idByKey.get(spec.asset) : undefined;
      if (id !== undefined) blocking.set(id, [...(blocking.get(id) ?? []), owner]);
    }
  }
  return blocking;
}

// Kahn's algorithm; ties keep the order in which the owners came.
function sortOwners(
  owners: readonly Owner[],
  ownerOf: ReadonlyMap<AssetId, Owner>,
  blocking: ReadonlyMap<AssetId, readonly Owner[]>,
  assets: PlanWriterInputs['graph']['document']['assets'],
): OrderedOwners {
  const waiting = new Map<Owner, number>();
  const readers = new Map<Owner, Owner[]>();
  for (const owner of owners) {
    const before = new Set<Owner>();
    for (const from of owner.reads) {
      const maker = ownerOf.get(from);
      if (maker && maker !== owner) before.add(maker);
      if (owner.type !== 'check') for (const check of blocking.get(from) ?? []) before.add(check);
    }
    waiting.set(owner, before.size);
    for (const maker of before) {
      const list = readers.get(maker);
      if (list) list.push(owner);
      else readers.set(maker, [owner]);
    }
  }
  const ordered = owners.filter((owner) => waiting.get(owner) === 0);
  for (let i = 0; i < ordered.length; i++)
    for (const reader of readers.get(ordered[i]!) ?? []) {
      const left = waiting.get(reader)! - 1;
      waiting.set(reader, left);
      if (left === 0) ordered.push(reader);
    }
  if (ordered.length === owners.length) return { ordered };
  const stuck = owners.filter((owner) => (waiting.get(owner) ?? 0) > 0);
  const id = stuck.flatMap((owner) => [...owner.assets, ...owner.reads])[0]!;
  return {
    ordered,
    problem: {
      type: 'CycleFound',
      assetId: id,
      path: [...new Set(stuck.flatMap((owner) => [...owner.assets].map((item) => assets.get(item)!.key)))],
    },
  };
}
