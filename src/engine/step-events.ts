// The events of a step, in the reference's order (§1.5, §7.3).

import type { Materialization } from '#model/asset-state.ts';
import {
  type BodyError,
  type FailureReason,
  type MetadataEntries,
  type RunEvent,
  type ValueRef,
  VersionTag,
} from '#model/events.ts';
import type { RunId } from '#model/ids.ts';
import type { LogLine } from './lane-protocol.ts';
import type { PlanStep, ReusedStep } from './plan.ts';

const seconds = (ms: number): number => ms / 1000;

/** The fields that every event of a step carries. */
function about(runId: RunId, step: PlanStep, atMs: number) {
  return {
    timestamp: seconds(atMs),
    runId,
    stepKey: step.stepKey,
    assetKey: step.assetKey,
    assetId: step.assetId,
  };
}

export const stepStart = (runId: RunId, step: PlanStep, atMs: number, retryNumber: number): RunEvent =>
  retryNumber === 0
    ? { type: 'STEP_START', ...about(runId, step, atMs) }
    : { type: 'STEP_RESTARTED', ...about(runId, step, atMs), retryNumber };

export const loadedInput = (runId: RunId, step: PlanStep, atMs: number, name: string): RunEvent => ({
  type: 'LOADED_INPUT',
  ...about(runId, step, atMs),
  message: name,
});

export const stepInput = (runId: RunId, step: PlanStep, atMs: number, name: string): RunEvent => ({
  type: 'STEP_INPUT',
  ...about(runId, step, atMs),
  message: name,
});

export const logLine = (runId: RunId, step: PlanStep, line: LogLine): RunEvent => ({
  type: 'LOG',
  ...about(runId, step, line.at),
  level: line.level,
  message: line.message,
});

export interface MaterializationFacts {
  readonly dataVersion: string;
  readonly isUserProvided: boolean;
  readonly inputVersions: Readonly<Record<string, string>>;
  readonly inputPointers: Readonly<Record<string, string>>;
  readonly metadata: MetadataEntries | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly value: ValueRef | undefined;
  readonly durationMs: number;
  readonly previous: Materialization | undefined;
}

/** ASSET_MATERIALIZATION with its versions and provenance as tags (reference §3.1). */
export function materialization(
  runId: RunId,
  step: PlanStep,
  atMs: number,
  facts: MaterializationFacts,
): RunEvent {
  const tags: Record<string, string> = { ...facts.tags };
  tags[VersionTag.code] = step.codeVersion;
  tags[VersionTag.data] = facts.dataVersion;
  if (facts.isUserProvided) tags[VersionTag.dataIsUserProvided] = 'true';
  for (const key of Object.keys(facts.inputVersions)) {
    tags[VersionTag.inputPrefix + key] = facts.inputVersions[key]!;
    tags[VersionTag.pointerPrefix + key] = facts.inputPointers[key] ?? 'NULL';
  }
  return {
    type: 'ASSET_MATERIALIZATION',
    ...about(runId, step, atMs),
    tags,
    durationMs: facts.durationMs,
    ...(facts.metadata === undefined ? {} : { metadata: facts.metadata }),
    ...(facts.value === undefined ? {} : { value: facts.value }),
    ...(facts.previous === undefined ? {} : { previous: facts.previous.pointer }),
  };
}

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

export const failedToMaterialize = (
  runId: RunId,
  step: PlanStep,
  atMs: number,
  reason: FailureReason,
  error?: BodyError,
): RunEvent => ({
  type: 'ASSET_FAILED_TO_MATERIALIZE',
  ...about(runId, step, atMs),
  reason,
  ...(error === undefined ? {} : { error }),
});

/** In the words of Dagster 1.13: the failed upstream steps are named, else those that were not executed. */
export function notExecuted(
  runId: RunId,
  step: PlanStep,
  atMs: number,
  failedSteps: readonly string[],
  notSucceeded: readonly string[],
): RunEvent {
  const how = failedSteps.length > 0 ? 'failed' : 'were not executed';
  const keys = failedSteps.length > 0 ? failedSteps : notSucceeded;
  return {
    type: 'LOG',
    ...about(runId, step, atMs),
    level: 'ERROR',
    message: `Dependencies for step ${step.stepKey} ${how}: [${keys.map((key) => `'${key}'`).join(', ')}]. Not executing.`,
  };
}

export const planned = (runId: RunId, step: PlanStep, atMs: number): RunEvent => ({
  type: 'ASSET_MATERIALIZATION_PLANNED',
  ...about(runId, step, atMs),
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
