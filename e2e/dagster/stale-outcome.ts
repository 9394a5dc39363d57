// What is stale after a run. Dagster's counterpart (CachingStaleStatusResolver) is no public name either.

import { type Definitions, Instance } from 'headwater';
import { findStaleCauses } from '#engine/versions.ts';
import type { StaleCause } from '#model/asset-state.ts';
import { buildGraph } from '#model/graph.ts';
import { toDocument } from '#sdk/definitions-document.ts';
import type { CauseOutcome, StaleOutcome } from './outcome.ts';

/** Each asset's status and its causes under these definitions. */
export async function staleOutcome(instance: Instance, definitions: Definitions): Promise<StaleOutcome> {
  const { index } = await Instance.open(instance);
  const graph = buildGraph(toDocument(definitions.assets).document);
  const causes = findStaleCauses(graph, {
    codeVersionOf: (id) => graph.document.assets.get(id)?.codeVersion,
    latestOf: (id) => index.heads.get(id)?.latest,
  });
  const found: Record<string, StaleOutcome[string]> = {};
  for (const asset of graph.document.assets.values()) {
    const own = causes.get(asset.id) ?? [];
    const isMissing =
      asset.kind !== 'external' && asset.kind !== 'observable' && !index.heads.get(asset.id)?.latest;
    found[asset.key] = {
      status: isMissing ? 'MISSING' : own.length > 0 ? 'STALE' : 'FRESH',
      causes: own.map(causeOf),
    };
  }
  // Dagster makes an asset of a key that is only named.
  for (const key of graph.stubKeys) found[key] = { status: 'FRESH', causes: [] };
  return found;
}

const causeOf = ({ key, category, reason, dependency, children }: StaleCause): CauseOutcome => ({
  key,
  category,
  reason,
  ...(dependency !== undefined && { dependency }),
  ...(children && { children: children.map(causeOf) }),
});
