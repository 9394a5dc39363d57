// The config of a launch, by asset: parsed by the schemas that bodies declare, all at once, before anything runs.

import type { CodeStep, Plan } from '#engine/plan-types.ts';
import type { Json, ProjectDocument } from '#model/document.ts';
import type { StepBodies } from './step-bodies.ts';

/** What a launch may set. Dagster: run config. */
export interface RunConfig {
  /** By user-string key of the asset. */
  readonly assets?: Readonly<Record<string, unknown>>;
  /** By key of the resource: its fields. */
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** Gives each step its config. Throws a TypeError that lists everything that is wrong with the config. */
export function parseRunConfig(
  runConfig: RunConfig | undefined,
  plan: Plan,
  bodies: StepBodies,
  document: ProjectDocument,
): (step: CodeStep) => Json | undefined {
  const given = runConfig?.assets ?? {};
  const problems: string[] = [];
  const config = new Map<string, Json>();
  const used = new Set<string>();
  for (const step of plan.steps) {
    if (step.kind !== 'code') continue;
    const keys = step.outputs.flatMap((output) => (output.type === 'asset' ? [output.assetKey] : []));
    const named = [...keys, step.label].find((key) => Object.hasOwn(given, key));
    if (named !== undefined) used.add(named);
    const raw = named === undefined ? undefined : given[named];
    const schema = bodies.record(step.stepKey)?.options.config;
    if (!schema) {
      if (raw !== undefined) config.set(step.stepKey, raw as Json);
      continue;
    }
    try {
      config.set(step.stepKey, schema.parse(raw ?? {}) as Json);
    } catch (thrown) {
      problems.push(`“${step.label}”: ${schemaProblem(thrown)}`);
    }
  }
  const known = new Set([...document.assets.values()].map((asset) => asset.key));
  for (const key of Object.keys(given))
    if (!used.has(key))
      problems.push(
        known.has(key)
          ? `“${key}” has config but is not part of this run.`
          : `There is config for “${key}”, which is no asset.`,
      );
  if (problems.length > 0) throw new TypeError(`The run config cannot be used. ${problems.join(' ')}`);
  return (step) => config.get(step.stepKey) ?? config.get(step.stepKey.replace(/\[\w+\]$/, ''));
}

function schemaProblem(thrown: unknown): string {
  const issues = (thrown as { issues?: readonly { path?: readonly unknown[]; message?: string }[] }).issues;
  if (!Array.isArray(issues)) return thrown instanceof Error ? thrown.message : String(thrown);
  return issues
    .map(({ path = [], message = '' }) =>
      path.length === 0 ? message : `“${path.map(String).join('.')}”: ${message}`,
    )
    .join('; ');
}
