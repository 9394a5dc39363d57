// From a document and a selection to a plan: the steps in an order in which they can run, each with where
// its inputs come from. Refuses with every reason at once. Reads no values.

import { err, ok, type Result } from '#base/result.ts';
import { keyToStepKey } from '#model/asset-key.ts';
import type { Materialization } from '#model/asset-state.ts';
import type { RunConfig } from '#model/events.ts';
import { topologicalOrder } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import type { Compiler } from './compiler.ts';
import { configuredAssets, configureSteps } from './launch-config.ts';
import { type ChoiceInputs, choose } from './plan-choice.ts';
import type { Plan, PlanError, PlanProblem } from './plan-types.ts';
import { createPlanWriter } from './plan-writer.ts';
import { type ReuseFacts, reusableAssets } from './reusable.ts';

export interface PlanInputs extends ChoiceInputs {
  readonly compiler: Compiler;
  latestOf(id: AssetId): Materialization | undefined;
  /** Given when what is up to date is to be reused. */
  readonly reuse?: Pick<ReuseFacts, 'attemptOf'>;
  /** What the launch gives in place of default config; what is given some is not reused. */
  readonly config?: RunConfig;
  /** Config of an earlier run: what it gave to steps that do not run now is passed over. */
  readonly isConfigInherited?: boolean;
}

/** Plans a run. External assets in the selection are passed over, as Dagster does with "*". */
export function planRun(inputs: PlanInputs): Result<Plan, PlanError> {
  const { graph, compiler, latestOf, reuse, config } = inputs;
  const { document } = graph;
  const chosen = choose(inputs);
  const problems: PlanProblem[] = validateDocument(document, graph).filter(
    (problem) => problem.type === 'CycleFound' || chosen.asked.has(problem.assetId),
  );
  problems.push(...chosen.problems);
  const order = topologicalOrder(graph);
  if (order.type === 'CycleFound') return err({ type: 'DefinitionsInvalid', problems });

  const asked = order.order.filter((id) => chosen.assets.has(id));
  const reused = reuse
    ? reusableAssets(
        asked,
        { graph, compiler, latestOf, attemptOf: reuse.attemptOf },
        configuredAssets(graph, config),
      )
    : new Set<AssetId>();
  const writer = createPlanWriter({
    graph,
    compiler,
    latestOf,
    assets: asked.filter((id) => !reused.has(id)),
    checks: chosen.checks,
    unitsToCheck: chosen.unitsToCheck,
    ...(inputs.checkPlaces === undefined ? {} : { checkPlaces: inputs.checkPlaces }),
    isObservation: inputs.observe === true,
  });
  if (writer.isEmpty)
    return err(
      chosen.problems.length > 0
        ? { type: 'DefinitionsInvalid', problems }
        : { type: 'NothingToRun', ...(reused.size > 0 ? { reused: reused.size } : {}) },
    );
  const written = writer.write();
  problems.push(
    ...written.problems.filter(
      (problem) =>
        // A head that cannot be read has been reported by validation, in the words of the graph.
        problem.type !== 'BodyInvalid' ||
        !problems.some((known) => known.type === 'HeadUnreadable' && known.assetId === problem.assetId),
    ),
  );
  const configured = configureSteps(written.steps, graph, config?.assets);
  problems.push(
    ...configured.problems.filter(({ type }) => !inputs.isConfigInherited || type !== 'ConfigUnused'),
  );
  if (problems.length > 0) return err({ type: 'DefinitionsInvalid', problems });
  return ok({
    steps: configured.steps,
    reused: [...reused].map((assetId) => {
      const { key } = document.assets.get(assetId)!;
      return { assetId, assetKey: key, stepKey: keyToStepKey(key), madeBy: latestOf(assetId)!.runId };
    }),
  });
}
