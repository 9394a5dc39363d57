// Which steps are queued or running, read off the event log: how a tab that does not lead shows a run.

import type { LiveStep } from '#engine/asset-status.ts';
import type { RunEvent } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';
import { readOpStepKey } from '#model/op-graph.ts';

/** Applies a committed event to the live steps; names the assets it touched. */
export type FoldLive = (event: RunEvent) => readonly AssetId[] | 'all';

const nobody: readonly AssetId[] = [];

export function createLiveFold(live: Map<AssetId, LiveStep>): FoldLive {
  /** What the ops of each graph under way make: most of their steps name no asset. */
  const graphs = new Map<string, Set<AssetId>>();

  return (event) => {
    const { assetId: id, stepKey } = event;
    const graph = readOpStepKey(stepKey)?.graph;
    switch (event.type) {
      case 'ASSET_MATERIALIZATION_PLANNED':
        if (id === undefined) return nobody;
        if (graph !== undefined) graphs.set(graph, (graphs.get(graph) ?? new Set()).add(id));
        live.set(id, { phase: 'queued' });
        return [id];
      case 'STEP_UP_FOR_RETRY':
        // A graph goes on running while one of its ops waits.
        if (id === undefined || graph !== undefined) return nobody;
        live.set(id, { phase: 'queued' });
        return [id];
      case 'STEP_START':
      case 'STEP_RESTARTED': {
        const made = graph === undefined ? (id === undefined ? [] : [id]) : (graphs.get(graph) ?? []);
        const touched = [...made].filter((each) => graph === undefined || live.has(each));
        for (const each of touched) live.set(each, { phase: 'running' });
        return touched;
      }
      case 'ASSET_MATERIALIZATION':
      case 'ASSET_FAILED_TO_MATERIALIZE':
        if (id === undefined) return nobody;
        live.delete(id);
        return [id];
      case 'RUN_SUCCESS':
      case 'RUN_FAILURE':
      case 'RUN_CANCELED':
      case 'RUN_INTERRUPTED':
        live.clear();
        graphs.clear();
        return 'all';
      default:
        return nobody;
    }
  };
}
