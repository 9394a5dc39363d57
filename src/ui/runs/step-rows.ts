// The steps of a run and where each stands, derived from the run's events.

import { keyToStepKey } from '#model/asset-key.ts';
import type { BodyError, FailureReason, RunEvent } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';
import { readOpStepKey } from '#model/op-graph.ts';
import type { AnyStatus } from '#ui/kit/status-labels.ts';

export type StepStatus = Extract<
  AnyStatus,
  'QUEUED' | 'STARTED' | 'SUCCESS' | 'FAILURE' | 'CANCELED' | 'INTERRUPTED' | 'skipped'
>;

/** One try of a step. Times in milliseconds since the epoch. */
export interface StepTry {
  readonly startedAt: number;
  readonly endedAt?: number;
  /** It failed, and the step was tried again. */
  readonly isRetried?: boolean;
}

export interface StepRow {
  readonly stepKey: string;
  /** What the step is called by: its asset's key, or `graph.op`. */
  readonly assetKey: string;
  readonly assetId: AssetId | undefined;
  readonly status: StepStatus;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly durationMs?: number;
  readonly error?: BodyError;
  /** One after another; more than one when it was tried again. */
  readonly tries: readonly StepTry[];
  /** Why it did not run: "Dependencies for step … failed". */
  readonly note?: string;
}

const statusByReason: Readonly<Record<FailureReason, StepStatus>> = {
  COMPUTE_FAILED: 'FAILURE',
  UPSTREAM_COMPUTE_FAILED: 'skipped',
  SKIPPED_OPTIONAL: 'skipped',
  UPSTREAM_SKIPPED: 'skipped',
  USER_TERMINATION: 'CANCELED',
  UNEXPECTED_TERMINATION: 'INTERRUPTED',
  UNKNOWN: 'FAILURE',
};

/** In the order of the plan; the steps of a graph asset, which is planned as one, as they began. */
export function stepRows(events: readonly RunEvent[]): readonly StepRow[] {
  const rows = new Map<string, StepRow>();
  for (const event of events) {
    if (event.stepKey === undefined && event.assetKey === undefined) continue;
    const stepKey = event.stepKey ?? keyToStepKey(event.assetKey ?? '');
    const before: StepRow = rows.get(stepKey) ?? {
      stepKey,
      assetKey: readOpStepKey(stepKey) ? stepKey : (event.assetKey ?? stepKey),
      assetId: event.assetId,
      status: 'QUEUED',
      tries: [],
    };
    rows.set(stepKey, { ...before, ...changeBy(event, before) });
  }
  return withGraphsTogether([...rows.values()]);
}

function withGraphsTogether(rows: readonly StepRow[]): readonly StepRow[] {
  const byGraph = new Map<string, StepRow[]>();
  for (const row of rows) {
    const graph = readOpStepKey(row.stepKey)?.graph;
    if (graph === undefined) continue;
    const together = byGraph.get(graph);
    if (together) together.push(row);
    else byGraph.set(graph, [row]);
  }
  const began = ({ startedAt }: StepRow) => startedAt ?? Number.MAX_VALUE;
  return rows.flatMap((row) => {
    const together = byGraph.get(readOpStepKey(row.stepKey)?.graph ?? '');
    if (!together) return [row];
    return together[0] === row ? together.toSorted((a, b) => began(a) - began(b)) : [];
  });
}

function changeBy(event: RunEvent, before: StepRow): Partial<StepRow> {
  const at = event.timestamp * 1000;
  switch (event.type) {
    case 'STEP_START':
    case 'STEP_RESTARTED':
      return {
        status: 'STARTED',
        startedAt: before.startedAt ?? at,
        tries: [...before.tries, { startedAt: at }],
      };
    case 'STEP_UP_FOR_RETRY':
      return { tries: withLastEnded(before.tries, { endedAt: at, isRetried: true }) };
    case 'STEP_SUCCESS':
      return { status: 'SUCCESS', ...ending(event, at, before) };
    case 'STEP_FAILURE':
      return { status: 'FAILURE', ...ending(event, at, before) };
    case 'STEP_SKIPPED':
      return { status: 'skipped', ...(event.message === undefined ? {} : { note: event.message }) };
    case 'ASSET_FAILED_TO_MATERIALIZE':
      return {
        status: statusByReason[event.reason ?? 'UNKNOWN'],
        ...(before.startedAt === undefined || before.endedAt !== undefined
          ? {}
          : { endedAt: at, tries: withLastEnded(before.tries, { endedAt: at }) }),
        ...(event.error === undefined ? {} : { error: event.error }),
      };
    case 'ENGINE_EVENT':
      return event.message === undefined ? {} : { note: event.message };
    default:
      return {};
  }
}

const ending = (event: RunEvent, at: number, before: StepRow): Partial<StepRow> => ({
  endedAt: at,
  tries: withLastEnded(before.tries, { endedAt: at }),
  ...(event.durationMs === undefined ? {} : { durationMs: event.durationMs }),
  ...(event.error === undefined ? {} : { error: event.error }),
});

function withLastEnded(
  tries: readonly StepTry[],
  end: Pick<StepTry, 'endedAt' | 'isRetried'>,
): readonly StepTry[] {
  const last = tries[tries.length - 1];
  return last === undefined || last.endedAt !== undefined
    ? tries
    : [...tries.slice(0, -1), { ...last, ...end }];
}
