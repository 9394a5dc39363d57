// How each op of a graph stands, from the latest run that ran the graph.

import { useMemo } from 'react';
import type { GraphUnit, OutputAsset } from '#model/document.ts';
import { isTerminal, type RunEvent, type RunRecord } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';
import { readOpStepKey } from '#model/op-graph.ts';
import { activeRun } from '#state/runs-store.ts';
import { useRuns } from '#ui/kit/services.tsx';
import { type StepRow, stepRows } from '#ui/runs/step-rows.ts';
import { useRunEvents } from '#ui/runs/use-run-events.ts';

export interface OpState {
  /** One step, or one per value of a dynamic result. */
  readonly steps: readonly StepRow[];
  readonly status: StepRow['status'];
  /** Tries of the step that was tried most often. */
  readonly tries: number;
  /** A try has failed and the next one is to come. */
  readonly isWaiting: boolean;
}

export interface OpStates {
  readonly run: RunRecord | undefined;
  readonly events: readonly RunEvent[];
  readonly byOp: ReadonlyMap<string, OpState>;
}

export function useOpStates(unit: GraphUnit | undefined, outputs: readonly OutputAsset[]): OpStates {
  const runId = useRuns((state): RunId | undefined => {
    const states = outputs.flatMap(({ id }) => state.states.get(id) ?? []);
    const active = activeRun(state);
    if (active && states.some(({ status }) => status === 'running' || status === 'queued'))
      return active.runId;
    const known = states.flatMap(({ latest, failure }) => [latest, failure]);
    let newest: { readonly runId: RunId; readonly timestamp: number } | undefined;
    for (const each of known) if (each && (!newest || each.timestamp > newest.timestamp)) newest = each;
    return newest?.runId;
  });
  const run = useRuns((state) => state.runs.find((each) => each.runId === runId));
  const found = useRunEvents(runId, run !== undefined && isTerminal(run.status));
  const events = found.type === 'ready' ? found.events : noEvents;
  const name = unit?.name;
  return useMemo(
    () => ({ run, events, byOp: name === undefined ? new Map() : statesByOp(events, name) }),
    [run, events, name],
  );
}

const noEvents: readonly RunEvent[] = [];

/** The op that a step of the graph `name` is of. */
export function opOfStep(name: string, stepKey: string | undefined): string | undefined {
  const step = readOpStepKey(stepKey);
  return step?.graph === name ? step.op : undefined;
}

/** The states of the ops of the graph `name`, from the events of one run. */
export function statesByOp(events: readonly RunEvent[], name: string): ReadonlyMap<string, OpState> {
  const own = events.filter(({ stepKey }) => opOfStep(name, stepKey) !== undefined);
  const rows = new Map<string, StepRow[]>();
  for (const row of stepRows(own)) {
    const op = opOfStep(name, row.stepKey)!;
    rows.set(op, [...(rows.get(op) ?? []), row]);
  }
  return new Map([...rows].map(([op, steps]) => [op, stateOf(steps)]));
}

const precedence: readonly StepRow['status'][] = [
  'FAILURE',
  'STARTED',
  'INTERRUPTED',
  'CANCELED',
  'QUEUED',
  'skipped',
  'SUCCESS',
];

function stateOf(steps: readonly StepRow[]): OpState {
  const status = precedence.find((each) => steps.some((row) => row.status === each)) ?? 'QUEUED';
  return {
    steps,
    status,
    tries: Math.max(0, ...steps.map(({ tries }) => tries.length)),
    isWaiting: steps.some(
      ({ status: each, tries }) => each === 'STARTED' && tries[tries.length - 1]?.isRetried === true,
    ),
  };
}
