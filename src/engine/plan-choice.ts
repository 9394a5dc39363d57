// Which assets and checks a run is about: what was asked for, what belongs to it, and what cannot be had apart.

import { checkPlace } from '#model/checks/check-state.ts';
import type { Asset, CheckSpecData } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';
import { isMadeHere, isObservable } from '#model/made-here.ts';
import type { PlanProblem } from './plan-types.ts';

export interface ChoiceInputs {
  readonly graph: AssetGraph;
  readonly selection: ReadonlySet<AssetId> | 'all';
  /** The checks to run: those of the selected assets by default; or these. */
  readonly checks?: 'of-assets' | 'none' | ReadonlySet<CheckId>;
  /** Instead of `checks`: single checks by asset key and name (`checkPlace`), those in bodies too. */
  readonly checkPlaces?: ReadonlySet<string>;
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
  /** The checks of bodies that make assets, whether or not those are made. */
  readonly unitsToCheck: ReadonlySet<UnitId>;
  readonly problems: readonly PlanProblem[];
}

export function choose({
  graph,
  selection,
  checks = 'of-assets',
  checkPlaces,
  observe = false,
  partOfUnit = 'complete',
}: ChoiceInputs): Choice {
  const { document } = graph;
  const asked = new Set<AssetId>();
  const assets = new Set<AssetId>();
  const problems: PlanProblem[] = [];
  const isSelected = (id: AssetId) => selection === 'all' || selection.has(id);

  const canRun = (asset: Asset): boolean => {
    return observe ? isObservable(document, asset) : isMadeHere(document, asset);
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
  if (checkPlaces)
    return { asked, assets, ...chooseByPlace(graph, assets, asked, checkPlaces, problems), problems };
  if (typeof checks !== 'string') {
    for (const id of checks)
      for (const { asset } of document.checks.get(id)?.specs ?? []) {
        const assetId = asset === undefined ? undefined : graph.idByKey.get(asset);
        if (assetId !== undefined) asked.add(assetId);
      }
    return { asked, assets, checks, unitsToCheck: new Set(), problems };
  }
  const chosenChecks = new Set<CheckId>();
  if (checks === 'of-assets')
    for (const check of document.checks.values())
      if (check.specs.some(({ asset }) => asset !== undefined && isCheckedAsset(asset)))
        chosenChecks.add(check.id);
  return { asked, assets, checks: chosenChecks, unitsToCheck: new Set(), problems };

  // An external asset's checks run when it is selected: there is nothing else to run of it.
  function isCheckedAsset(key: string): boolean {
    const id = graph.idByKey.get(key);
    return id !== undefined && asked.has(id) && !observe;
  }
}

// A body gives all of its checks or none of them, with its assets, unless it can be split.
function chooseByPlace(
  graph: AssetGraph,
  assets: ReadonlySet<AssetId>,
  asked: Set<AssetId>,
  places: ReadonlySet<string>,
  problems: PlanProblem[],
): Pick<Choice, 'checks' | 'unitsToCheck'> {
  const { document } = graph;
  const checks = new Set<CheckId>();
  const unitsToCheck = new Set<UnitId>();
  const idOf = (key: string) => graph.idByKey.get(key);

  /** Which of some checks are meant; asks for all or none where they cannot be had apart. */
  const chosenOf = (
    specs: readonly CheckSpecData[],
    ownKey: string,
    body: { readonly name: string; readonly canSubset: boolean; readonly isRunning?: boolean },
  ): readonly CheckSpecData[] => {
    const isMeant = (spec: CheckSpecData) => places.has(checkPlace(spec.asset ?? ownKey, spec.name));
    const meant = specs.filter(isMeant);
    for (const { asset = ownKey } of meant) {
      const id = idOf(asset);
      if (id !== undefined) asked.add(id);
    }
    const isWhole = meant.length === specs.length && body.isRunning !== false;
    const isNone = meant.length === 0 && body.isRunning !== true;
    if (specs.length > 0 && !body.canSubset && !isWhole && !isNone) {
      const key = specs[0]!.asset ?? ownKey;
      const nameOf = (spec: CheckSpecData) => `${spec.asset ?? ownKey}:${spec.name}`;
      problems.push({
        type: 'NotSubsettable',
        assetId: idOf(key) ?? ('' as AssetId),
        key,
        unit: body.name,
        all: [...(body.isRunning === undefined ? [] : [ownKey]), ...specs.map(nameOf)],
        asked: [...(body.isRunning ? [ownKey] : []), ...meant.map(nameOf)],
      });
    }
    return meant;
  };

  for (const check of document.checks.values())
    if (chosenOf(check.specs, '', { name: check.name, canSubset: check.canSubset ?? false }).length > 0)
      checks.add(check.id);
  for (const asset of document.assets.values())
    if (asset.kind === 'asset' || asset.kind === 'observable')
      chosenOf(asset.checks ?? [], asset.key, {
        name: asset.key,
        canSubset: false,
        isRunning: assets.has(asset.id),
      });
  for (const unit of document.units.values()) {
    const outputs = graph.outputsByUnit.get(unit.id) ?? [];
    const first = outputs[0];
    if (first === undefined) continue;
    const meant = chosenOf(unit.checks ?? [], document.assets.get(first)!.key, {
      name: unit.name,
      canSubset: unit.canSubset ?? false,
      isRunning: outputs.some((id) => assets.has(id)),
    });
    if (meant.length > 0) unitsToCheck.add(unit.id);
  }
  return { checks, unitsToCheck };
}
