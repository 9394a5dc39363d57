// What `import … from 'headwater'` gives a body: the authoring part of the SDK, nothing of the engine.

import { AssetKey } from '#model/asset-key.ts';
import { EnvVar } from '#sdk/env-var.ts';
import { ConfigurableIOManager, IOManager } from '#sdk/io-manager.ts';
import { MetadataValue } from '#sdk/metadata.ts';
import { ConfigurableResource } from '#sdk/resource.ts';
import {
  AssetCheckResult,
  AssetMaterialization,
  AssetObservation,
  DataVersion,
  DynamicOutput,
  Failure,
  MaterializeResult,
  ObserveResult,
  Output,
  RetryRequested,
} from '#sdk/results.ts';

/** One namespace for all bodies of a realm; realms that must not remember also freeze the classes. */
export const bodySdk: Readonly<Record<string, unknown>> = Object.freeze({
  AssetCheckResult,
  AssetKey,
  AssetMaterialization,
  AssetObservation,
  ConfigurableIOManager,
  ConfigurableResource,
  DataVersion,
  DynamicOutput,
  EnvVar,
  Failure,
  IOManager,
  MaterializeResult,
  MetadataValue,
  ObserveResult,
  Output,
  RetryRequested,
});
