// Code and data versions, and the staleness that follows from them (reference §3).

import { parseUserString } from '#model/asset-key.ts';
import type { Materialization, StaleCause } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import type { Sha256 } from './ports.ts';

/** The version of an input that has never been materialized or observed. */
export const INITIAL_VERSION = 'INITIAL';

/** Dagster's formula, for results that state no value: over the code version and the inputs' versions. */
export function computedDataVersion(
  sha256: Sha256,
  codeVersion: string,
  inputVersions: Readonly<Record<string, string>>,
): string {
  const pythonText = (key: string) =>
    `AssetKey([${parseUserString(key)
      .map((part) => `'${part}'`)
      .join(', ')}])`;
  const sorted = Object.keys(inputVersions).sort((a, b) => (pythonText(a) < pythonText(b) ? -1 : 1));
  return sha256(new TextEncoder().encode(codeVersion + sorted.map((key) => inputVersions[key]).join('')));
}

/** What staleness needs to know of each asset. */
export interface VersionFacts {
  /** The code version that the definition has now; undefined when that is not known yet. */
  codeVersionOf(id: AssetId): string | undefined;
  latestOf(id: AssetId): Materialization | undefined;
}

/** Why each materialized asset is unsynced; assets without causes are left out. Not transitive (§3.2.5). */
export function findStaleCauses(graph: AssetGraph, facts: VersionFacts): Map<AssetId, readonly StaleCause[]> {
  const stale = new Map<AssetId, readonly StaleCause[]>();
  for (const asset of graph.document.assets.values()) {
    const causes = staleCausesOf(asset, graph, facts);
    if (causes.length > 0) stale.set(asset.id, causes);
  }
  return stale;
}

/** Why one asset is unsynced. Depends on itself and its direct upstream alone. */
export function staleCausesOf(asset: Asset, graph: AssetGraph, facts: VersionFacts): readonly StaleCause[] {
  const latest = asset.kind === 'external' ? undefined : facts.latestOf(asset.id);
  // What was only looked at is as it was seen: it is not made from anything here.
  return latest && !latest.isObservation ? causesOf(asset, latest, graph, facts) : [];
}

function causesOf(
  asset: Asset,
  latest: Materialization,
  graph: AssetGraph,
  facts: VersionFacts,
): readonly StaleCause[] {
  const key = asset.key;
  const causes: StaleCause[] = [];
  const codeVersion = facts.codeVersionOf(asset.id);
  if (codeVersion !== undefined && codeVersion !== latest.codeVersion)
    causes.push({ category: 'CODE', key, reason: 'has a new code version' });

  const parents = new Map<string, AssetId | undefined>();
  for (const edge of graph.upstream.get(asset.id) ?? [])
    parents.set(graph.document.assets.get(edge.from)!.key, edge.from);
  for (const dep of asset.deps ?? []) if (graph.stubKeys.has(dep)) parents.set(dep, undefined);

  const renamed = renamedInputs(latest, parents, facts);
  for (const recorded of Object.keys(latest.inputVersions))
    if (!parents.has(recorded) && !renamed.has(recorded))
      causes.push({
        category: 'DEPENDENCIES',
        key,
        dependency: recorded,
        reason: `removed dependency on ${recorded}`,
      });
  const renamedBack = new Map([...renamed].map(([from, to]) => [to, from]));
  for (const [parentKey, parentId] of parents) {
    const recorded = latest.inputVersions[renamedBack.get(parentKey) ?? parentKey];
    if (recorded === undefined) {
      causes.push({
        category: 'DEPENDENCIES',
        key,
        dependency: parentKey,
        reason: `has a new dependency on ${parentKey}`,
      });
      continue;
    }
    // Nobody makes a stub here: what it has been keeps its version.
    if (parentId === undefined) continue;
    const parentLatest = facts.latestOf(parentId);
    const current = parentLatest?.dataVersion ?? INITIAL_VERSION;
    if (recorded === current || (recorded === INITIAL_VERSION && !parentLatest)) continue;
    causes.push({
      category: 'DATA',
      key,
      dependency: parentKey,
      reason: 'has a new dependency data version',
      children: [{ category: 'DATA', key: parentKey, reason: 'has a new data version' }],
    });
  }
  return causes.sort((a, b) => (causeOrder(a) < causeOrder(b) ? -1 : 1));
}

const causeOrder = (cause: StaleCause): string => `${cause.key}/${cause.dependency ?? ''}`;

// History follows an asset's id through a rename: an input recorded under a key that no asset has any more
// is the parent's old key when the parent's version is the recorded one and it is not recorded under its own.
function renamedInputs(
  latest: Materialization,
  parents: ReadonlyMap<string, AssetId | undefined>,
  facts: VersionFacts,
): Map<string, string> {
  const renamed = new Map<string, string>();
  const orphans = Object.keys(latest.inputVersions).filter((key) => !parents.has(key));
  if (orphans.length === 0) return renamed;
  for (const [key, id] of parents) {
    if (id === undefined || latest.inputVersions[key] !== undefined) continue;
    const version = facts.latestOf(id)?.dataVersion ?? INITIAL_VERSION;
    const orphan = orphans.find((old) => !renamed.has(old) && latest.inputVersions[old] === version);
    if (orphan !== undefined) renamed.set(orphan, key);
  }
  return renamed;
}
