// Runs a case with `headwater`, run after run on one instance.

import {
  AssetSelection,
  Definitions,
  type ExecuteInProcessResult,
  Instance,
  materialize,
  observe,
} from 'headwater';
import { type Case, definitionsOf, type RunCase } from './case-format.ts';
import { createMaker, resourcesOf } from './make-definitions.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { World } from './run-program.ts';
import { staleOutcome } from './stale-outcome.ts';

/** @param theirs the vectors: what to look for among the steps that left no event */
export async function runCase(item: Case, theirs: readonly Outcome[]): Promise<readonly Outcome[]> {
  const instance = Instance.ephemeral();
  for (const [name, value] of Object.entries(item.env ?? {})) process.env[name] = value;
  try {
    const outcomes: Outcome[] = [];
    for (const [at, run] of (item.runs ?? [{}]).entries())
      outcomes.push(await oneRun(item, run, instance, Object.keys(theirs[at]?.steps ?? {})));
    return outcomes;
  } finally {
    for (const name of Object.keys(item.env ?? {})) delete process.env[name];
  }
}

async function oneRun(
  item: Case,
  run: RunCase,
  instance: Instance,
  plannedSteps: readonly string[],
): Promise<Outcome> {
  const world = new World();
  const maker = createMaker(world, item.hooks ?? {});
  try {
    const described = [...definitionsOf(item, run), ...(item.mergeWith?.definitions ?? [])];
    const own = definitionsOf(item, run).map(maker.make);
    const resources = resourcesOf(world, item.resources ?? {});
    let definitions = new Definitions({ assets: own, resources });
    let made = own;
    let allResources = resources;
    if (item.mergeWith) {
      const merged = item.mergeWith.definitions.map(maker.make);
      const theirs = resourcesOf(world, item.mergeWith.resources ?? {});
      definitions = Definitions.merge(definitions, new Definitions({ assets: merged, resources: theirs }));
      made = [...own, ...merged];
      allResources = { ...resources, ...theirs };
    }
    definitions.validate();
    if (run.only === 'stale') return { stale: await staleOutcome(instance, definitions) };
    const options = {
      instance,
      resources: allResources,
      raiseOnError: false,
      ...(run.config && { runConfig: run.config as { assets?: Record<string, unknown> } }),
    };
    const chosen = made.filter((_, at) => run.observe?.includes(described[at]!.name));
    const selection = selectionOf(run);
    const result: ExecuteInProcessResult = run.observe
      ? await observe(chosen, options)
      : await materialize(made, {
          ...options,
          ...(selection && { selection }),
          ...(run.tags && { tags: run.tags }),
        });
    const outcome = outcomeOf(result, world.trace, plannedSteps);
    return run.stale ? { ...outcome, stale: await staleOutcome(instance, definitions) } : outcome;
  } catch (error) {
    if (error instanceof Error) return { refused: { error: error.name, message: error.message } };
    throw error;
  }
}

function selectionOf(run: RunCase): AssetSelection | string | undefined {
  if (run.checks) return AssetSelection.checks(...run.checks);
  if (run.checksFor) return AssetSelection.checksForAssets(...run.checksFor);
  if (run.withoutChecks) return AssetSelection.assets(...run.withoutChecks).withoutChecks();
  return run.selection;
}
