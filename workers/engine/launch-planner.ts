// What a launch comes to on the document of the moment: which steps, under which words.

import { ok, type Result } from '#base/result.ts';
import type { AssetIndex } from '#engine/asset-index.ts';
import type { Compiler } from '#engine/compiler.ts';
import { managedInputs, planResources } from '#engine/lane-resource.ts';
import { planRun } from '#engine/plan.ts';
import { type PlanPreview, previewPlan } from '#engine/plan-preview.ts';
import type { PlanError } from '#engine/plan-types.ts';
import type { LaunchRequest } from '#engine/workspace-port.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { RunRecord } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import type { AssetId, CheckId, RunId } from '#model/ids.ts';
import type { PlannedWish } from './run-line.ts';
import { runTags } from './run-tags.ts';

export interface LaunchPlannerDeps {
  readonly compiler: Compiler;
  readonly laneCount: number;
  document(): ProjectDocument;
  readonly index: AssetIndex;
  runOf(runId: RunId): RunRecord | undefined;
}

export interface LaunchPlanner {
  plan(request: LaunchRequest): Result<PlannedWish, PlanError>;
  preview(request: LaunchRequest): Promise<PlanPreview>;
}

export function createLaunchPlanner(deps: LaunchPlannerDeps): LaunchPlanner {
  const { compiler, index } = deps;
  const latestOf = (id: AssetId) => index.heads.get(id)?.latest;
  const attemptOf = (id: AssetId) => index.heads.get(id)?.attempt?.outcome;

  function selectionOf({ target, reexecution }: LaunchRequest): Set<AssetId> {
    const { assets } = deps.document();
    if (target.type === 'checks') return new Set();
    const ids = target.type === 'all' ? assets.keys() : target.ids;
    const isDone = (id: AssetId) =>
      reexecution?.strategy === 'FROM_FAILURE' && latestOf(id)?.runId === reexecution.parentRunId;
    return new Set([...ids].filter((id) => assets.has(id) && !isDone(id)));
  }

  /** The checks that a launch names by themselves, as far as they are still there. */
  function checksOf({ target }: LaunchRequest): { readonly checks?: ReadonlySet<CheckId> } {
    if (target.type !== 'checks') return {};
    const { checks } = deps.document();
    return { checks: new Set(target.ids.filter((id) => checks.has(id))) };
  }

  function describeTarget(selection: Iterable<AssetId>, chosen: Iterable<CheckId> = []): string {
    const { assets, checks } = deps.document();
    const keys = [...selection].flatMap((id) => assets.get(id)?.key ?? []);
    for (const id of chosen) {
      const { name, specs } = checks.get(id)!;
      keys.push(specs.length === 1 ? `${specs[0]!.asset}: ${specs[0]!.name}` : name);
    }
    return keys.length <= 3 ? keys.join(', ') : `${keys.slice(0, 2).join(', ')} and ${keys.length - 2} more`;
  }

  return {
    plan(request) {
      const { target, reexecution, reuse = false } = request;
      const selection = selectionOf(request);
      const chosen = checksOf(request);
      const planned = planRun({
        graph: buildGraph(deps.document()),
        selection,
        compiler,
        latestOf,
        ...chosen,
        ...(request.observe ? { observe: true } : {}),
        ...(reuse ? { reuse: { attemptOf } } : {}),
        ...(request.config ? { config: request.config } : {}),
        ...(reexecution ? { isConfigInherited: true } : {}),
      });
      if (!planned.ok) return planned;
      const resources = planResources(planned.value, deps.document(), compiler);
      if (!resources.ok) return resources;
      const isAll = target.type === 'all' && reexecution === undefined;
      return ok({
        plan: planned.value,
        resources: resources.value,
        managerOf: managedInputs(planned.value, deps.document()),
        target: isAll ? 'all' : describeTarget(selection, chosen.checks),
        tags: runTags(request, planned.value, deps.runOf),
      });
    },
    preview: async (request) =>
      previewPlan({
        graph: buildGraph(deps.document()),
        compiler,
        latestOf,
        attemptOf,
        selection: selectionOf(request),
        reuse: request.reuse ?? false,
        laneCount: deps.laneCount,
        ...(request.config ? { config: request.config } : {}),
      }),
  };
}
