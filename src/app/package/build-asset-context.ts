// A context for unit tests that call a body directly.

import { AssetKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { AssetContext } from '#sdk/context.ts';
import { createContext } from '#sdk/create-context.ts';
import type { RawMetadata } from '#sdk/metadata.ts';

/** A context that records nothing and never fires its signal. Dagster: `build_asset_context`. */
export function buildAssetContext(
  fields: {
    assetKey?: string | AssetKey;
    config?: Json;
    runTags?: Readonly<Record<string, string>>;
    retryNumber?: number;
  } = {},
): AssetContext {
  const assetKey =
    fields.assetKey instanceof AssetKey ? fields.assetKey : new AssetKey(fields.assetKey ?? 'asset');
  return createContext({
    runId: 'test',
    runTags: fields.runTags ?? {},
    assetKey,
    selectedAssetKeys: new Set([assetKey.toString()]),
    selectedOutputNames: new Set(['result']),
    resources: {},
    provenanceOf: () => undefined,
    config: fields.config,
    retryNumber: fields.retryNumber ?? 0,
    signal: new AbortController().signal,
    onLog: () => undefined,
    onMetadata: (_key: string | undefined, _metadata: RawMetadata) => undefined,
    onProgress: () => undefined,
  }).context;
}
