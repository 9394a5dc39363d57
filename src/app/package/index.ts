// The published entry `headwater`: the authoring API, and the engine to run it with.

export { AssetKey } from '#model/asset-key.ts';
export type { LogLevel, MetadataEntries, MetadataEntry } from '#model/events.ts';
export {
  AssetIn,
  type AssetOptions,
  AssetSpec,
  type AssetsDefinition,
  asset,
  type CoercibleToAssetKey,
} from '#sdk/asset.ts';
export {
  AssetSelection,
  type CoercibleToAssetSelection,
  type ReachOptions,
  type SourcesOption,
} from '#sdk/asset-selection.ts';
export type { AssetContext, ContextLog } from '#sdk/context.ts';
export { EnvVar } from '#sdk/env-var.ts';
export {
  ConfigurableIOManager,
  type InputContext,
  IOManager,
  type ManagerStore,
  type OutputContext,
} from '#sdk/io-manager.ts';
export { MetadataValue, type RawMetadata, type RawMetadataValue } from '#sdk/metadata.ts';
export { ConfigurableResource, type InitResourceContext } from '#sdk/resource.ts';
export { DataVersion, Failure, MaterializeResult, Output, RetryRequested } from '#sdk/results.ts';
export { RetryPolicy } from '#sdk/retry-policy.ts';
export { buildAssetContext } from './build-asset-context.ts';
export { Definitions, DefinitionsError } from './definitions.ts';
export { ExecuteInProcessResult, type ResultEvent } from './execute-result.ts';
export { Instance } from './instance.ts';
export {
  type LoadAssetsOptions,
  loadAssetsFromCurrentModule,
  loadAssetsFromModules,
  loadAssetsFromPackage,
} from './load-assets.ts';
export { type MaterializeOptions, materialize } from './materialize.ts';
