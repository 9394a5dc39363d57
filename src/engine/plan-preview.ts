// What a launch would do, before it does it: which assets run, which are reused or skipped, why, and how long it
// may take. Runs nothing.

import type { Materialization, StaleCause } from '#model/asset-state.ts';
import type { RunConfig } from '#model/events.ts';
import { topologicalOrder } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { isMadeHere } from '#model/made-here.ts';
import type { AttemptOutcome } from './asset-index.ts';
import { configuredAssets } from './launch-config.ts';
import { planRun } from './plan.ts';
import type { PlanProblem } from './plan-types.ts';
import { type ReuseFacts, reusableAssets, versionFacts } from './reusable.ts';
import { staleCausesOf } from './versions.ts';

export type PreviewReason =
  /** Runs: it has never been made. */
  | { readonly type: 'never' }
  /** Runs: the last attempt did not succeed. */
  | { readonly type: 'unfinished'; readonly outcome: Exclude<AttemptOutcome, 'materialized'> }
  | { readonly type: 'stale'; readonly causes: readonly StaleCause[] }
  /** Runs: it reads an asset that runs. */
  | { readonly type: 'upstream-runs'; readonly key: string }
  /** Runs although it is up to date, because it was asked for. */
  | { readonly type: 'asked' }
  /** Reused: code and inputs are as recorded. */
  | { readonly type: 'up-to-date' }
  /** Skipped: it cannot be materialized here. */
  | { readonly type: 'external' };

export interface PreviewRow {
  readonly assetId: AssetId;
  readonly key: string;
  readonly does: 'run' | 'reuse' | 'skip';
  readonly why: PreviewReason;
  /** How long it took last time. */
  readonly lastMs?: number;
}

export interface PlanPreview {
  /** Upstream first. */
  readonly rows: readonly PreviewRow[];
  /** What keeps the run from starting. */
  readonly problems: readonly PlanProblem[];
  /** From the last durations, on `laneCount` lanes; assets that never ran count as nothing. */
  readonly estimateMs: number;
  /** Assets that will run and have never run before. */
  readonly unknownCount: number;
}

export interface PreviewInputs extends ReuseFacts {
  readonly selection: ReadonlySet<AssetId>;
  readonly reuse: boolean;
  readonly laneCount: number;
  /** What it gives to steps that do not run is passed over: the target may still change. */
  readonly config?: RunConfig;
}

/** Previews a launch. Agrees with `planRun` on what runs. */
export function previewPlan(inputs: PreviewInputs): PlanPreview {
  const { graph, selection, compiler, latestOf, reuse, config } = inputs;
  const { document } = graph;
  const order = topologicalOrder(graph);
  const ids = (order.type === 'Ordered' ? order.order : [...document.assets.keys()]).filter((id) =>
    selection.has(id),
  );
  const planned = planRun({
    graph,
    selection,
    compiler,
    latestOf,
    ...(reuse ? { reuse: inputs } : {}),
    ...(config ? { config, isConfigInherited: true } : {}),
  });
  const problems = planned.ok || planned.error.type === 'NothingToRun' ? [] : planned.error.problems;
  const reused = reuse ? reusableAssets(ids, inputs, configuredAssets(graph, config)) : new Set<AssetId>();
  const running = new Set(
    ids.filter((id) => !reused.has(id) && isMadeHere(document, document.assets.get(id)!)),
  );
  const rows = ids.map((assetId): PreviewRow => {
    const asset = document.assets.get(assetId)!;
    const latest = latestOf(assetId);
    const does = reused.has(assetId) ? 'reuse' : running.has(assetId) ? 'run' : 'skip';
    return {
      assetId,
      key: asset.key,
      does,
      why:
        does === 'skip'
          ? { type: 'external' }
          : does === 'reuse'
            ? { type: 'up-to-date' }
            : whyItRuns(assetId, inputs, running),
      ...(latest ? { lastMs: latest.durationMs } : {}),
    };
  });
  return {
    rows,
    problems,
    estimateMs: estimate([...running], inputs, running),
    unknownCount: [...running].filter((id) => latestOf(id) === undefined).length,
  };
}

function whyItRuns(
  id: AssetId,
  { graph, attemptOf, compiler, latestOf }: PreviewInputs,
  running: ReadonlySet<AssetId>,
): PreviewReason {
  const asset = graph.document.assets.get(id)!;
  const outcome = attemptOf(id);
  if (outcome !== undefined && outcome !== 'materialized') return { type: 'unfinished', outcome };
  if (latestOf(id) === undefined) return { type: 'never' };
  const causes = staleCausesOf(asset, graph, versionFacts(asset, { graph, compiler, latestOf }));
  if (causes.length > 0) return { type: 'stale', causes };
  const above = graph.upstream.get(id)?.find((edge) => running.has(edge.from));
  return above
    ? { type: 'upstream-runs', key: graph.document.assets.get(above.from)!.key }
    : { type: 'asked' };
}

// The longest way through the graph, or all the work shared among the lanes: whichever is more.
function estimate(
  ids: readonly AssetId[],
  { graph, latestOf, laneCount }: PreviewInputs,
  running: ReadonlySet<AssetId>,
): number {
  const durationOf = (latest: Materialization | undefined) => latest?.durationMs ?? 0;
  const endsAt = new Map<AssetId, number>();
  let total = 0;
  let longest = 0;
  for (const id of ids) {
    const own = durationOf(latestOf(id));
    let start = 0;
    for (const { from } of graph.upstream.get(id) ?? [])
      if (running.has(from)) start = Math.max(start, endsAt.get(from) ?? 0);
    endsAt.set(id, start + own);
    longest = Math.max(longest, start + own);
    total += own;
  }
  return Math.max(longest, total / Math.max(1, laneCount));
}
