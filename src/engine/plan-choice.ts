// Which assets and checks a run is about: what was asked for, what belongs to it, and what cannot be had apart.

import type { Asset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId, CheckId } from '#model/ids.ts';
import type { PlanProblem } from './plan-types.ts';

export interface ChoiceInputs {
  readonly graph: AssetGraph;
  readonly selection: ReadonlySet<AssetId> | 'all';
  /** The checks to run: those of the selected assets by default; or these. */
  readonly checks?: 'of-assets' | 'none' | ReadonlySet<CheckId>;
  /** Observable assets are looked at; nothing is materialized. */
  readonly observe?: boolean;
  /** Some assets of a body that only makes all: take the others along, or refuse. */
  readonly partOfUnit?: 'complete' | 'refuse';
}

export interface Choice {
  /** What the selection names; problems of anything else are none of the run's business. */
  readonly asked: ReadonlySet<AssetId>;
  /** What the run makes, or observes. */
  readonly assets: ReadonlySet<AssetId>;
  readonly checks: ReadonlySet<CheckId>;
  readonly problems: readonly PlanProblem[];
}

export function choose({
  graph,
  selection,
  checks = 'of-assets',
  observe = false,
  partOfUnit = 'complete',
}: ChoiceInputs): Choice {
  const { document } = graph;
  const asked = new Set<AssetId>();
  const assets = new Set<AssetId>();
  const problems: PlanProblem[] = [];
  const isSelected = (id: AssetId) => selection === 'all' || selection.has(id);

  const canRun = (asset: Asset): boolean => {
    if (asset.kind === 'external') return false;
    const isObservable =
      asset.kind === 'observable' ||
      (asset.kind === 'output' && document.units.get(asset.unit)?.kind === 'multi-observable');
    return isObservable === observe;
  };

  for (const asset of document.assets.values()) {
    if (!isSelected(asset.id)) continue;
    asked.add(asset.id);
    if (canRun(asset)) assets.add(asset.id);
  }
  for (const [unitId, outputs] of graph.outputsByUnit) {
    const unit = document.units.get(unitId);
    const taken = outputs.filter((id) => assets.has(id));
    if (!unit || unit.canSubset || taken.length === 0 || taken.length === outputs.length) continue;
    if (partOfUnit === 'complete')
      for (const id of outputs) {
        assets.add(id);
        asked.add(id);
      }
    else {
      const keyOf = (id: AssetId) => document.assets.get(id)!.key;
      problems.push({
        type: 'NotSubsettable',
        assetId: taken[0]!,
        key: keyOf(taken[0]!),
        unit: unit.name,
        all: outputs.map(keyOf),
        asked: taken.map(keyOf),
      });
    }
  }
  if (typeof checks !== 'string') {
    for (const id of checks)
      for (const { asset } of document.checks.get(id)?.specs ?? []) {
        const assetId = asset === undefined ? undefined : graph.idByKey.get(asset);
        if (assetId !== undefined) asked.add(assetId);
      }
    return { asked, assets, checks, problems };
  }
  const chosenChecks = new Set<CheckId>();
  if (checks === 'of-assets')
    for (const check of document.checks.values())
      if (check.specs.some(({ asset }) => asset !== undefined && isCheckedAsset(asset)))
        chosenChecks.add(check.id);
  return { asked, assets, checks: chosenChecks, problems };

  // An external asset's checks run when it is selected: there is nothing else to run of it.
  function isCheckedAsset(key: string): boolean {
    const id = graph.idByKey.get(key);
    return id !== undefined && asked.has(id) && !observe;
  }
}
