// What `import … from 'headwater'` gives a body: the authoring part of the SDK, nothing of the engine.

import { AssetKey } from '#model/asset-key.ts';
import { MetadataValue } from '#sdk/metadata.ts';
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
  DataVersion,
  DynamicOutput,
  Failure,
  MaterializeResult,
  MetadataValue,
  ObserveResult,
  Output,
  RetryRequested,
});
