// The published entry `headwater`: the authoring API, and the engine to run it with.

export { AssetKey } from '#model/asset-key.ts';
export type { LogLevel, MetadataEntries, MetadataEntry } from '#model/events.ts';
export { type AssetOptions, asset } from '#sdk/asset.ts';
export {
  AssetSelection,
  type CoercibleToAssetSelection,
  type ReachOptions,
  type SourcesOption,
} from '#sdk/asset-selection.ts';
export {
  AssetDep,
  AssetIn,
  AssetSpec,
  type CoercibleToAssetDep,
  type CoercibleToAssetKey,
} from '#sdk/asset-spec.ts';
export type { AssetsDefinition, ConfigSchema } from '#sdk/assets-definition.ts';
export type {
  ColumnSchemaChangeOptions,
  LastUpdateFreshnessOptions,
  MetadataBoundsOptions,
} from '#sdk/built-in-checks.ts';
export {
  type AssetCheckOptions,
  type AssetChecksDefinition,
  assetCheck,
  type MultiAssetCheckOptions,
  multiAssetCheck,
} from '#sdk/check.ts';
export {
  buildColumnSchemaChangeChecks,
  buildLastUpdateFreshnessChecks,
  buildMetadataBoundsChecks,
} from '#sdk/check-factories.ts';
export { AssetCheckSpec } from '#sdk/check-spec.ts';
export type { AssetContext, ContextLog, DataProvenance } from '#sdk/context.ts';
export type { DurationLike } from '#sdk/duration.ts';
export { EnvVar } from '#sdk/env-var.ts';
export {
  externalAssetsFromSpecs,
  type MultiObservableOptions,
  multiObservableSourceAsset,
  type ObservableOptions,
  observableSourceAsset,
  SourceAsset,
} from '#sdk/external-assets.ts';
export { type FileAssetOptions, fileAsset } from '#sdk/file-asset.ts';
export {
  type ComposedResult,
  DynamicOut,
  type GraphAssetOptions,
  type GraphMultiAssetOptions,
  graphAsset,
  graphMultiAsset,
  type OpDefinition,
  type OpOptions,
  Out,
  op,
} from '#sdk/graph-asset.ts';
export { failureHook, type HookContext, type HookDefinition, successHook } from '#sdk/hooks.ts';
export {
  ConfigurableIOManager,
  type InputContext,
  IOManager,
  type ManagerStore,
  type OutputContext,
} from '#sdk/io-manager.ts';
export { MetadataValue, type RawMetadata, type RawMetadataValue } from '#sdk/metadata.ts';
export { AssetOut, type MultiAssetOptions, multiAsset } from '#sdk/multi-asset.ts';
export { ConfigurableResource, type InitResourceContext } from '#sdk/resource.ts';
export {
  AssetCheckResult,
  type AssetCheckSeverity,
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
export { RetryPolicy } from '#sdk/retry-policy.ts';
export type { ValueOf } from '#sdk/value-of.ts';
export { buildAssetContext } from './build-asset-context.ts';
export { Definitions, DefinitionsError, type DefinitionsFields } from './definitions.ts';
export { type CheckEvaluationEvent, ExecuteInProcessResult, type ResultEvent } from './execute-result.ts';
export { Instance } from './instance.ts';
export {
  type LoadAssetsOptions,
  loadAssetsFromCurrentModule,
  loadAssetsFromModules,
  loadAssetsFromPackage,
} from './load-assets.ts';
export { type MaterializeOptions, materialize, materializeToMemory, observe } from './materialize.ts';
export type { RunConfig } from './run-config.ts';
export { AssetValueLoader, type LoadOptions } from './value-loader.ts';
