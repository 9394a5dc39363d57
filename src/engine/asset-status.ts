// The one status a node shows, from what is running, what was tried last and what is out of date.

import type { AssetState, NodeStatus, StaleCause } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import type { AssetHead } from './asset-index.ts';

/** What the run under way says of an asset. */
export interface LiveStep {
  readonly phase: 'queued' | 'running';
  readonly progress?: { readonly fraction: number; readonly message?: string };
}

/** Precedence: external; running, queued; the last attempt when it did not succeed; stale; materialized; never. */
export function assetState(
  asset: Asset,
  head: AssetHead | undefined,
  staleCauses: readonly StaleCause[],
  live: LiveStep | undefined,
): AssetState {
  const attempt = head?.attempt;
  const failed = attempt?.outcome === 'failed';
  return {
    assetId: asset.id,
    status: statusOf(asset, head, staleCauses, live),
    staleCauses,
    ...(head?.latest === undefined ? {} : { latest: head.latest }),
    ...(failed
      ? {
          failure: {
            runId: attempt.runId,
            timestamp: attempt.timestamp,
            ...(attempt.error === undefined ? {} : { error: attempt.error }),
          },
        }
      : {}),
    ...(live?.progress === undefined ? {} : { progress: live.progress }),
  };
}

function statusOf(
  asset: Asset,
  head: AssetHead | undefined,
  staleCauses: readonly StaleCause[],
  live: LiveStep | undefined,
): NodeStatus {
  if (asset.kind === 'external') return 'external';
  if (live) return live.phase;
  const outcome = head?.attempt?.outcome;
  if (outcome !== undefined && outcome !== 'materialized') return outcome;
  if (!head?.latest) return 'never';
  if (staleCauses.length > 0) return 'stale';
  return head.latest.isObservation ? 'observed' : 'materialized';
}
