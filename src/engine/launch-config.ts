// The config of a launch: what it gives in place of the defaults, checked against the schemas of the bodies before
// anything runs. Dagster: run config.

import { checkConfig } from '#model/config/check-config.ts';
import { pathText } from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';
import type { RunConfig } from '#model/events.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { similarKeys } from '#model/similar-keys.ts';
import type { CodeStep, PlanProblem, PlanStep } from './plan-types.ts';

/** The steps with the config that each runs with, the defaults of its schema filled in; and all that is wrong. */
export function configureSteps(
  steps: readonly PlanStep[],
  graph: AssetGraph,
  given: RunConfig['assets'] = {},
): { readonly steps: readonly PlanStep[]; readonly problems: readonly PlanProblem[] } {
  const problems: PlanProblem[] = [];
  const used = new Set<string>();

  function configOf(step: Configured): Json | undefined {
    const name = configNames(step).find((candidate) => Object.hasOwn(given, candidate));
    if (name !== undefined) used.add(name);
    const config = name === undefined ? step.config : given[name];
    if (step.configSchema === undefined) return config;
    const checked = checkConfig(step.configSchema, config);
    if (checked.ok) return checked.value;
    const key = name ?? configNames(step)[0] ?? step.label;
    for (const { path, message } of checked.error)
      problems.push({
        type: 'ConfigInvalid',
        assetId: step.concerns[0] ?? ('' as AssetId),
        key,
        place: pathText(path),
        reason: message,
      });
    return config;
  }

  function configured<Step extends Configured>(step: Step): Step {
    const config = configOf(step);
    return config === step.config ? step : { ...step, ...(config === undefined ? {} : { config }) };
  }

  const ready = steps.map((step): PlanStep => {
    if (step.kind === 'file') return step;
    const { mapped } = step;
    const own = configured(step);
    if (!mapped) return own;
    // In place: the plan of the graph holds on to the list.
    return { ...own, mapped: mapped.map((each) => ({ ...each, make: configured(each.make) })) };
  });
  for (const key of Object.keys(given)) {
    if (used.has(key)) continue;
    const id = graph.idByKey.get(key);
    problems.push({
      type: 'ConfigUnused',
      assetId: id ?? ('' as AssetId),
      key,
      isKnown: id !== undefined,
      didYouMean: id === undefined ? similarKeys(key, graph.idByKey.keys()) : [],
    });
  }
  return { steps: ready, problems };
}

type Configured = Pick<CodeStep, 'label' | 'config' | 'configSchema' | 'concerns'> & {
  readonly outputs?: CodeStep['outputs'];
};

/** What a launch may call a step: the assets it makes, or its own name (of a unit, "graph.op", "asset: check"). */
export const configNames = ({ label, outputs = [] }: Configured): readonly string[] => [
  ...outputs.flatMap((output) => (output.type === 'asset' ? [output.assetKey] : [])),
  label,
];

/** The assets that a launch gives config, themselves or by the name of what makes them: their values are made anew. */
export function configuredAssets(graph: AssetGraph, config: RunConfig | undefined): ReadonlySet<AssetId> {
  const found = new Set<AssetId>();
  const given = Object.keys(config?.assets ?? {});
  if (given.length === 0) return found;
  const unitByName = new Map([...graph.document.units.values()].map((unit) => [unit.name, unit.id]));
  for (const name of given) {
    const id = graph.idByKey.get(name);
    const asset = id === undefined ? undefined : graph.document.assets.get(id);
    const unit =
      asset?.kind === 'output' ? asset.unit : unitByName.get(name.slice(0, `${name}.`.indexOf('.')));
    if (id !== undefined) found.add(id);
    for (const output of unit === undefined ? [] : (graph.outputsByUnit.get(unit) ?? [])) found.add(output);
  }
  return found;
}
