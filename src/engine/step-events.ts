// The events of a step, in the reference's order (§1.5, §7.3).

import type { Materialization } from '#model/asset-state.ts';
import {
  type BodyError,
  type CheckEvaluation,
  type FailureReason,
  type ManagedValue,
  type MetadataEntries,
  type RunEvent,
  type ValueRef,
  VersionTag,
} from '#model/events.ts';
import type { AssetId, RunId } from '#model/ids.ts';
import type { CheckReport, EventReport, HookReport, LogLine } from './lane-protocol.ts';
import type { AssetOutput, CheckOutput, CodeStep, PlanStep, ReusedStep } from './plan-types.ts';

const seconds = (ms: number): number => ms / 1000;

/** The fields that every event of a step carries; the asset only where the step is about one. */
function about(runId: RunId, step: PlanStep, atMs: number) {
  const only = onlyAsset(step);
  return {
    timestamp: seconds(atMs),
    runId,
    stepKey: step.stepKey,
    ...(only === undefined ? {} : assetOf(only)),
  };
}

function aboutAsset(runId: RunId, step: PlanStep, atMs: number, output: AssetOutput | CheckOutput) {
  return { timestamp: seconds(atMs), runId, stepKey: step.stepKey, ...assetOf(output) };
}

const assetOf = ({ assetKey, assetId }: Pick<CheckOutput, 'assetKey' | 'assetId'>) =>
  assetId === undefined ? { assetKey } : { assetKey, assetId };

function onlyAsset(step: PlanStep): AssetOutput | CheckOutput | undefined {
  let only: AssetOutput | CheckOutput | undefined;
  for (const output of step.outputs) {
    if (output.type === 'op') continue;
    if (only && only.assetKey !== output.assetKey) return undefined;
    only ??= output;
  }
  return only;
}

export const stepStart = (runId: RunId, step: PlanStep, atMs: number, retryNumber: number): RunEvent =>
  retryNumber === 0
    ? { type: 'STEP_START', ...about(runId, step, atMs) }
    : { type: 'STEP_RESTARTED', ...about(runId, step, atMs), retryNumber };

/** All inputs are loaded, one event per value, before the first is taken. */
export function inputsOf(runId: RunId, step: CodeStep, atMs: number): RunEvent[] {
  const common = step.inputs.length === 0 ? undefined : about(runId, step, atMs);
  const loaded = step.inputs.flatMap(({ name, source }) =>
    (source.type === 'list' ? source.items : [source]).map(
      (): RunEvent => ({ type: 'LOADED_INPUT', ...common!, message: name }),
    ),
  );
  const taken = step.inputs.map(({ name }): RunEvent => ({ type: 'STEP_INPUT', ...common!, message: name }));
  return [...loaded, ...taken];
}

export const logLine = (runId: RunId, step: PlanStep, line: LogLine): RunEvent => ({
  type: 'LOG',
  ...about(runId, step, line.at),
  level: line.level,
  message: line.message,
});

/** A line that belongs to no step. */
export const runLog = (runId: RunId, { at, level, message }: LogLine): RunEvent => ({
  type: 'LOG',
  timestamp: seconds(at),
  runId,
  level,
  message,
});

export interface MaterializationFacts {
  readonly dataVersion: string;
  readonly isUserProvided: boolean;
  readonly inputVersions: Readonly<Record<string, string>>;
  readonly inputPointers: Readonly<Record<string, string>>;
  readonly metadata: MetadataEntries | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly value: ValueRef | undefined;
  readonly managed: ManagedValue | undefined;
  readonly durationMs: number;
  readonly previous: Materialization | undefined;
}

/** ASSET_MATERIALIZATION with its versions and provenance as tags (reference §3.1). The user's tags come last. */
export function materialization(
  runId: RunId,
  step: PlanStep,
  output: AssetOutput,
  atMs: number,
  facts: MaterializationFacts,
): RunEvent {
  const tags: Record<string, string> = {};
  tags[VersionTag.code] = output.codeVersion;
  tags[VersionTag.data] = facts.dataVersion;
  if (facts.isUserProvided) tags[VersionTag.dataIsUserProvided] = 'true';
  for (const key of Object.keys(facts.inputVersions)) {
    tags[VersionTag.inputPrefix + key] = facts.inputVersions[key]!;
    tags[VersionTag.pointerPrefix + key] = facts.inputPointers[key] ?? 'NULL';
  }
  return {
    type: 'ASSET_MATERIALIZATION',
    ...aboutAsset(runId, step, atMs, output),
    tags: Object.assign(tags, facts.tags),
    durationMs: facts.durationMs,
    ...(facts.metadata === undefined ? {} : { metadata: facts.metadata }),
    ...(facts.value === undefined ? {} : { value: facts.value }),
    ...(facts.managed === undefined ? {} : { managed: facts.managed }),
    ...(facts.previous === undefined ? {} : { previous: facts.previous.pointer }),
  };
}

/** ASSET_OBSERVATION of an observable asset. */
export function observation(
  runId: RunId,
  step: PlanStep,
  output: AssetOutput,
  atMs: number,
  facts: Pick<MaterializationFacts, 'metadata' | 'tags'> & {
    readonly dataVersion: string | undefined;
    readonly isSingle: boolean;
  },
): RunEvent {
  const versions =
    facts.dataVersion === undefined
      ? {}
      : {
          [VersionTag.data]: facts.dataVersion,
          ...(facts.isSingle ? {} : { [VersionTag.dataIsUserProvided]: 'true' }),
        };
  const tags = { ...versions, ...facts.tags };
  return {
    type: 'ASSET_OBSERVATION',
    ...aboutAsset(runId, step, atMs, output),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(facts.metadata === undefined ? {} : { metadata: facts.metadata }),
  };
}

/** An event that the body itself wrote: AssetMaterialization or AssetObservation. */
export const bodyEvent = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  event: EventReport,
  assetId: AssetId | undefined,
): RunEvent => ({
  type: event.kind === 'materialization' ? 'ASSET_MATERIALIZATION' : 'ASSET_OBSERVATION',
  timestamp: seconds(atMs),
  runId,
  stepKey: step.stepKey,
  assetKey: event.assetKey,
  ...(assetId === undefined ? {} : { assetId }),
  ...(event.metadata === undefined ? {} : { metadata: event.metadata }),
  ...(event.tags === undefined ? {} : { tags: event.tags }),
  ...(event.description === undefined ? {} : { message: event.description }),
  ...(event.partition === undefined ? {} : { partition: event.partition }),
});

export const checkEvaluation = (
  runId: RunId,
  step: PlanStep,
  output: CheckOutput,
  atMs: number,
  report: CheckReport,
  target: CheckEvaluation['target'],
): RunEvent => ({
  type: 'ASSET_CHECK_EVALUATION',
  ...aboutAsset(runId, step, atMs, output),
  check: {
    name: output.name,
    blocking: output.isBlocking,
    passed: report.passed,
    severity: report.severity,
    ...(target === undefined ? {} : { target }),
  },
  ...(report.metadata === undefined ? {} : { metadata: report.metadata }),
  ...(report.description === undefined ? {} : { message: report.description }),
});

export const stepOutput = (runId: RunId, step: PlanStep, atMs: number): RunEvent => ({
  type: 'STEP_OUTPUT',
  ...about(runId, step, atMs),
});

export const handledOutput = (runId: RunId, step: PlanStep, atMs: number): RunEvent => ({
  type: 'HANDLED_OUTPUT',
  ...about(runId, step, atMs),
});

export const stepSuccess = (runId: RunId, step: PlanStep, atMs: number, durationMs: number): RunEvent => ({
  type: 'STEP_SUCCESS',
  ...about(runId, step, atMs),
  durationMs,
});

export const stepFailure = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  durationMs: number,
  error: BodyError,
): RunEvent => ({
  type: 'STEP_FAILURE',
  ...about(runId, step, atMs),
  level: 'ERROR',
  durationMs,
  error,
  message: `${error.name}: ${error.message}`,
});

export const stepUpForRetry = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  secondsToWait: number,
  error: BodyError,
): RunEvent => ({
  type: 'STEP_UP_FOR_RETRY',
  ...about(runId, step, atMs),
  secondsToWait,
  error,
  message: `${error.name}: ${error.message}`,
});

/** What the hooks of a step did; one that does not apply to its end is skipped. */
export const hookEvents = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  hooks: readonly HookReport[] = [],
): RunEvent[] =>
  hooks.map(({ name, outcome, error }) => ({
    type:
      outcome === 'completed' ? 'HOOK_COMPLETED' : outcome === 'skipped' ? 'HOOK_SKIPPED' : 'HOOK_ERRORED',
    ...about(runId, step, atMs),
    message: error === undefined ? name : `${name}: ${error.message}`,
  }));

export const stepSkipped = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  because: readonly string[],
): RunEvent => ({
  type: 'STEP_SKIPPED',
  ...about(runId, step, atMs),
  message: `Skipping step ${step.stepKey} due to skipped dependencies: [${quoted(because)}].`,
});

const quoted = (keys: readonly string[]): string => keys.map((key) => `'${key}'`).join(', ');

/** One for each asset that the step should have made and did not. */
export const failedToMaterialize = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  reason: FailureReason,
  made: ReadonlySet<AssetOutput> | undefined,
  error?: BodyError,
): RunEvent[] =>
  step.outputs.flatMap((output): RunEvent[] =>
    output.type !== 'asset' || output.isObservation || made?.has(output)
      ? []
      : [
          {
            type: 'ASSET_FAILED_TO_MATERIALIZE',
            ...aboutAsset(runId, step, atMs, output),
            reason,
            ...(error === undefined ? {} : { error }),
          },
        ],
  );

/** In the words of Dagster 1.13: the upstream steps that failed, and those that were not executed, by name. */
export function notExecuted(
  runId: RunId,
  step: PlanStep,
  atMs: number,
  failedSteps: readonly string[],
  abandonedSteps: readonly string[],
): RunEvent {
  const failed = failedSteps.length > 0 ? ` failed: [${quoted(failedSteps)}]` : '';
  const abandoned = abandonedSteps.length > 0 ? ` were not executed: [${quoted(abandonedSteps)}]` : '';
  return {
    type: 'LOG',
    ...about(runId, step, atMs),
    level: 'ERROR',
    message: `Dependencies for step ${step.stepKey}${failed}${abandoned}. Not executing.`,
  };
}

/** What the step means to make and to check. */
export const planned = (runId: RunId, step: PlanStep, atMs: number): RunEvent[] =>
  step.outputs.flatMap((output): RunEvent[] => {
    if (output.type === 'op' || (output.type === 'asset' && output.isObservation)) return [];
    const common = aboutAsset(runId, step, atMs, output);
    return output.type === 'asset'
      ? [{ type: 'ASSET_MATERIALIZATION_PLANNED', ...common }]
      : [
          {
            type: 'ASSET_CHECK_EVALUATION_PLANNED',
            ...common,
            check: { name: output.name, blocking: output.isBlocking },
          },
        ];
  });

/** A step that is not run: what an earlier run made of the same code and inputs stands. */
export const reused = (
  runId: RunId,
  { assetId, assetKey, stepKey, madeBy }: ReusedStep,
  atMs: number,
): RunEvent => ({
  type: 'STEP_SKIPPED',
  timestamp: seconds(atMs),
  runId,
  stepKey,
  assetKey,
  assetId,
  message: `Reused: code and inputs are those of its materialization in run ${madeBy}.`,
});

/** An event of the run as a whole. */
export const runEvent = (runId: RunId, type: RunEvent['type'], atMs: number, message?: string): RunEvent => ({
  type,
  timestamp: seconds(atMs),
  runId,
  ...(message === undefined ? {} : { message }),
});
