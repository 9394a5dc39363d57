// A context for unit tests that call a body directly.

import { AssetKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { AssetContext } from '#sdk/context.ts';
import { createContext } from '#sdk/create-context.ts';
import { silentHost } from './silent-context.ts';

/** A context that records nothing and never fires its signal. Dagster: `build_asset_context`. */
export function buildAssetContext(
  fields: {
    assetKey?: string | AssetKey;
    config?: Json;
    resources?: Readonly<Record<string, unknown>>;
    runTags?: Readonly<Record<string, string>>;
    retryNumber?: number;
    selectedOutputNames?: Iterable<string>;
  } = {},
): AssetContext {
  const { assetKey, selectedOutputNames, ...given } = fields;
  return createContext(
    silentHost({
      ...given,
      assetKey: assetKey instanceof AssetKey ? assetKey : new AssetKey(assetKey ?? 'asset'),
      ...(selectedOutputNames === undefined ? {} : { selectedOutputNames: new Set(selectedOutputNames) }),
    }),
  ).context;
}
