// Which IO manager keeps an asset's value, and which resources a run needs.

import type { ManagedInput } from '#engine/lane-protocol.ts';
import type { Plan } from '#engine/plan-types.ts';
import type { Asset, Json, ProjectDocument } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetIn } from '#sdk/asset-spec.ts';
import { isIOManager } from '#sdk/io-manager.ts';
import { coerceMetadata, type RawMetadata } from '#sdk/metadata.ts';
import type { StepBodies } from './step-bodies.ts';

/** Key of the manager; undefined when the engine's own store has the value. */
export function effectiveManager(
  { ioManager }: Pick<Asset, 'ioManager'>,
  resources: Readonly<Record<string, unknown>>,
): string | undefined {
  const key = ioManager ?? 'io_manager';
  return isIOManager(resources[key]) ? key : undefined;
}

/** The document with each asset's manager as it is in a run with these resources; none where the engine keeps the value. */
export function withManagers(
  document: ProjectDocument,
  resources: Readonly<Record<string, unknown>>,
): ProjectDocument {
  const assets = new Map(document.assets);
  for (const [id, asset] of assets) {
    const manager = effectiveManager(asset, resources);
    if (manager === asset.ioManager) continue;
    const { ioManager: _ioManager, ...rest } = asset;
    assets.set(id, manager === undefined ? rest : { ...rest, ioManager: manager });
  }
  return { ...document, assets };
}

/** The keys of all resources and managers that a run of the plan uses. */
export function neededResources(
  plan: Plan,
  bodies: StepBodies,
  document: ProjectDocument,
  resources: Readonly<Record<string, unknown>>,
): Set<string> {
  const needed = new Set<string>();
  for (const step of plan.steps) {
    if (step.kind !== 'code') continue;
    for (const key of [...step.resources, ...bodies.hookResources(step.stepKey)]) needed.add(key);
    for (const output of step.outputs)
      if (output.type === 'asset' && output.ioManager !== undefined) needed.add(output.ioManager);
    for (const { source } of step.inputs) {
      if (source.type !== 'stored') continue;
      const manager = effectiveManager(document.assets.get(source.assetId)!, resources);
      if (manager !== undefined) needed.add(manager);
    }
  }
  return needed;
}

/** How an input is loaded when a manager has its value: by that which stored it, unless the input names another. */
export function managedInput(
  inputKey: string,
  graph: AssetGraph,
  how: AssetIn | undefined,
): ManagedInput | undefined {
  const id = graph.idByKey.get(inputKey);
  const asset = id === undefined ? undefined : graph.document.assets.get(id);
  const manager = how?.inputManagerKey ?? asset?.ioManager;
  if (!asset || manager === undefined) return undefined;
  return {
    manager,
    assetKey: asset.key,
    ...(asset.metadata === undefined ? {} : { metadata: asset.metadata }),
    ...(how?.metadata === undefined ? {} : { input: plainMetadata(how.metadata) }),
  };
}

const plainMetadata = (raw: RawMetadata): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(coerceMetadata(raw) ?? {}).map(([name, { value }]) => [name, value]));
