// How a run ended for each asset, gathered from its events as they are committed.

import { assetOutputs, type Plan } from '#engine/plan-types.ts';
import type { BodyError, FailureReason, MetadataEntries, RunEvent, ValueSummary } from '#model/events.ts';
import { VersionTag } from '#model/events.ts';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';
import { failureLine } from './words.ts';

export interface AssetOutcome {
  readonly key: string;
  status: 'materialized' | 'failed' | 'skipped' | 'canceled' | 'not run';
  /** Key of the IO manager that keeps the value; the storage does when left out. */
  readonly ioManager?: string;
  dataVersion?: string;
  value?: ValueSummary;
  metadata?: MetadataEntries;
  durationMs?: number;
  error?: BodyError;
}

/** A check as it was evaluated. */
export interface CheckOutcome {
  readonly asset: string;
  readonly name: string;
  readonly passed: boolean;
  readonly severity: 'WARN' | 'ERROR';
  readonly blocking: boolean;
  readonly metadata?: MetadataEntries;
}

/** A step whose body failed for good. */
export interface StepFailure {
  readonly stepKey: string;
  /** What the step is called. */
  readonly label: string;
  readonly error: BodyError;
}

export interface RunOutcome {
  readonly assets: readonly AssetOutcome[];
  readonly checks: readonly CheckOutcome[];
  readonly failures: readonly StepFailure[];
  /** How many steps the plan has. */
  readonly steps: number;
  /** Takes an event in, and gives the asset that it settles. */
  take(event: RunEvent): AssetOutcome | undefined;
}

export function createRunOutcome(plan: Plan): RunOutcome {
  const byKey = new Map<string, AssetOutcome>(
    plan.steps
      .flatMap(assetOutputs)
      .map(({ assetKey, ioManager }) => [
        assetKey,
        { key: assetKey, status: 'not run', ...(ioManager === undefined ? {} : { ioManager }) },
      ]),
  );
  const labels = new Map(plan.steps.map((step) => [step.stepKey, step.label]));
  const checks: CheckOutcome[] = [];
  const failures: StepFailure[] = [];
  return {
    assets: [...byKey.values()],
    checks,
    failures,
    steps: plan.steps.length,
    take(event) {
      if (event.type === 'ASSET_CHECK_EVALUATION') checks.push(checkOutcome(event));
      if (event.type === 'STEP_FAILURE' && event.error && event.stepKey !== undefined) {
        const { stepKey, error } = event;
        failures.push({ stepKey, error, label: labels.get(stepKey) ?? stepKey });
      }
      const outcome = event.assetKey === undefined ? undefined : byKey.get(event.assetKey);
      if (!outcome) return undefined;
      if (event.type === 'ASSET_MATERIALIZATION') {
        outcome.status = 'materialized';
        const version = event.tags?.[VersionTag.data];
        if (version !== undefined) outcome.dataVersion = version;
        if (event.value) outcome.value = event.value.summary;
        if (event.metadata) outcome.metadata = event.metadata;
        if (event.durationMs !== undefined) outcome.durationMs = event.durationMs;
        return outcome;
      }
      if (event.type !== 'ASSET_FAILED_TO_MATERIALIZE') return undefined;
      outcome.status = statusOf(event.reason);
      if (event.error) outcome.error = event.error;
      return outcome;
    },
  };
}

const checkOutcome = ({ assetKey = '', check, metadata }: RunEvent): CheckOutcome => ({
  asset: assetKey,
  name: check?.name ?? '',
  passed: check?.passed === true,
  severity: check?.severity ?? 'ERROR',
  blocking: check?.blocking === true,
  ...(metadata === undefined ? {} : { metadata }),
});

/** "check passed  orders: has_rows" */
export function checkLine({ asset, name, passed, severity }: CheckOutcome): string {
  const verdict = passed ? 'passed' : severity === 'WARN' ? 'warns' : 'failed';
  return `check ${verdict}  ${asset}: ${name}`;
}

function statusOf(reason: FailureReason | undefined): AssetOutcome['status'] {
  switch (reason) {
    case 'UPSTREAM_COMPUTE_FAILED':
    case 'UPSTREAM_SKIPPED':
    case 'SKIPPED_OPTIONAL':
      return 'skipped';
    case 'USER_TERMINATION':
      return 'canceled';
    default:
      return 'failed';
  }
}

/** "materialized  daily_weather  1,461 rows  12 ms" */
export function outcomeLine(outcome: AssetOutcome, keyWidth: number): string {
  const parts = [outcome.status.padEnd('materialized'.length), outcome.key.padEnd(keyWidth)];
  if (outcome.status === 'materialized') parts.push(valueText(outcome));
  if (outcome.durationMs !== undefined) parts.push(formatDuration(outcome.durationMs));
  if (outcome.error) parts.push(failureLine(outcome.key, outcome.error).slice(outcome.key.length + 1));
  return parts.join('  ').trimEnd();
}

function valueText({ value, ioManager }: AssetOutcome): string {
  if (!value) return ioManager === undefined ? 'no value' : `kept by ${ioManager}`;
  if (value.kind === 'table') return formatPlural(value.count ?? 0, 'row');
  if (value.text === undefined)
    return value.count === undefined ? value.kind : `${value.kind} of ${value.count}`;
  const text = value.text.replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** What `--json` prints of an asset. */
export function outcomeJson({ key, status, value, error, ...facts }: AssetOutcome): Record<string, unknown> {
  return {
    key,
    status,
    dataVersion: facts.dataVersion,
    kind: value?.kind,
    rows: value?.kind === 'table' ? value.count : undefined,
    durationMs: facts.durationMs,
    metadata: facts.metadata,
    error: error && {
      name: error.name,
      message: error.message,
      line: error.position?.line,
      column: error.position?.column,
      stack: error.stack,
      cause: error.cause,
    },
  };
}
