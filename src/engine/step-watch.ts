// Looks at the running steps every now and then: which run too long, which long enough to be shown.

import type { LanePool, LaneSlot } from './lane-pool.ts';
import type { StepNumber } from './lane-protocol.ts';
import type { PlanStep } from './plan-types.ts';
import type { Clock } from './ports.ts';
import type { RunSpec } from './run-types.ts';

export interface StepWatch {
  start(): void;
  stop(): void;
  /** The step has ended or will run anew. */
  forget(step: StepNumber): void;
}

export interface StepWatchDeps {
  readonly spec: RunSpec;
  readonly pool: LanePool;
  readonly clock: Clock;
  onTooLong(slot: LaneSlot, step: PlanStep, ranMs: number): void;
  onShowRunning(step: PlanStep, sinceMs: number): void;
  /** A step is running long, or a lane takes long to start: what waits there may be wanted elsewhere. */
  onLooked(): void;
}

const everyMs = 40;
/** A step is shown as running, and its start recorded, when it has run this long without a report. */
const showAfterMs = 30;

/** How long a step may run. */
export const timeoutMsOf = (spec: RunSpec, step: PlanStep): number =>
  step.kind === 'code' && step.timeoutSeconds !== undefined
    ? step.timeoutSeconds * 1000
    : spec.defaultTimeoutMs;

export function createStepWatch({
  spec,
  pool,
  clock,
  onTooLong,
  onShowRunning,
  onLooked,
}: StepWatchDeps): StepWatch {
  const shown = new Set<StepNumber>();
  let cancel: () => void = () => undefined;
  let stopped = false;

  function look(): void {
    let isAnyLong = false;
    for (const slot of [...pool.slots]) {
      isAnyLong ||= slot.heardAt === 0 && slot.outstanding.size > 0;
      if (slot.current === undefined) continue;
      const step = spec.plan.steps[slot.current]!;
      const ranMs = clock.now() - slot.currentSince;
      if (ranMs > timeoutMsOf(spec, step)) onTooLong(slot, step, ranMs);
      else if (ranMs > showAfterMs && !shown.has(step.number)) {
        shown.add(step.number);
        onShowRunning(step, slot.currentSince);
      }
      isAnyLong ||= ranMs > showAfterMs;
    }
    if (isAnyLong) onLooked();
    if (!stopped) start();
  }

  function start(): void {
    cancel = clock.after(everyMs, look);
  }

  return {
    start,
    stop() {
      stopped = true;
      cancel();
    },
    forget: (step) => {
      shown.delete(step);
    },
  };
}
