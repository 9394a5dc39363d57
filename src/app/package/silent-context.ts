// Contexts for what runs outside of a run: they record nothing and never fire their signal.

import { AssetKey } from '#model/asset-key.ts';
import type { ContextHost, ContextLog } from '#sdk/context.ts';
import type { InitResourceContext } from '#sdk/resource.ts';

const silentLog: ContextLog = Object.freeze({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
});

export const silentInit = (runId: string, log: ContextLog = silentLog): InitResourceContext => ({
  log,
  runId,
});

export function silentHost(fields: Partial<ContextHost> = {}): ContextHost {
  const assetKey = fields.assetKey ?? new AssetKey('asset');
  return {
    runId: 'test',
    runTags: {},
    assetKey,
    selectedAssetKeys: new Set([assetKey.toString()]),
    selectedOutputNames: new Set(['result']),
    selectedAssetCheckKeys: new Set(),
    resources: {},
    provenanceOf: () => undefined,
    config: undefined,
    retryNumber: 0,
    signal: new AbortController().signal,
    onLog: () => undefined,
    onMetadata: () => undefined,
    onProgress: () => undefined,
    ...fields,
  };
}
