// Builds the context of one step and revokes it when the step settles.

import { AssetKey } from '#model/asset-key.ts';
import type { LogLevel } from '#model/events.ts';
import type { AssetContext, ContextHost } from './context.ts';
import { formatLogValue } from './format-log-value.ts';

/** A context for `host`, and the function that makes every further use of it an error. */
export function createContext(host: ContextHost): { context: AssetContext; revoke: () => void } {
  let live = true;
  const requireLive = () => {
    if (!live)
      throw new Error(`The context of “${host.assetKey.toString()}” was used after its step had ended.`);
  };
  const line =
    (level: LogLevel) =>
    (...message: unknown[]) => {
      requireLive();
      host.onLog(level, message.map(formatLogValue).join(' '));
    };
  const context: AssetContext = Object.freeze({
    log: Object.freeze({
      debug: line('DEBUG'),
      info: line('INFO'),
      warn: line('WARNING'),
      error: line('ERROR'),
    }),
    runId: host.runId,
    runTags: host.runTags,
    assetKey: host.assetKey,
    selectedAssetKeys: host.selectedAssetKeys,
    config: host.config,
    retryNumber: host.retryNumber,
    // Read late: a host makes its signal on first use, and most bodies never ask.
    get signal() {
      return host.signal;
    },
    addMetadata(
      metadata: Parameters<AssetContext['addMetadata']>[0],
      target?: { assetKey?: AssetKey | string },
    ) {
      requireLive();
      const key = target?.assetKey;
      host.onMetadata(
        key === undefined ? undefined : (key instanceof AssetKey ? key : new AssetKey(key)).toString(),
        metadata,
      );
    },
    progress(fraction: number, message?: string) {
      requireLive();
      if (typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1))
        throw new RangeError(`context.progress takes a fraction from 0 to 1; got ${String(fraction)}.`);
      host.onProgress(fraction, message === undefined ? undefined : String(message));
    },
  });
  return {
    context,
    revoke: () => {
      live = false;
    },
  };
}
