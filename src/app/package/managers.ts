// Which IO manager keeps an asset's value.

import type { ManagedInput } from '#engine/lane-protocol.ts';
import type { PlanInput } from '#engine/plan-types.ts';
import type { Asset, Json } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetIn } from '#sdk/asset-spec.ts';
import { isIOManager } from '#sdk/io-manager.ts';
import { coerceMetadata, type RawMetadata } from '#sdk/metadata.ts';

/** Key of the manager; undefined when the engine's own store has the value. */
export function effectiveManager(
  { ioManager }: Pick<Asset, 'ioManager'>,
  resources: Readonly<Record<string, unknown>>,
): string | undefined {
  const key = ioManager ?? 'io_manager';
  return isIOManager(resources[key]) ? key : undefined;
}

/** How an input is loaded when a manager has its value: by that which stored it, unless the input names another. */
export function managedInput(
  input: PlanInput,
  graph: AssetGraph,
  how: AssetIn | undefined,
): ManagedInput | undefined {
  const id = graph.idByKey.get(input.key);
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
