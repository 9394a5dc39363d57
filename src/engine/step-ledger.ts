// Which step may run, runs or has ended (reference §1.5, scheduling rules). Pure bookkeeping over the plan.

import type { StepNumber, ValueId } from './lane-protocol.ts';
import type { Plan } from './plan-types.ts';

export type StepPhase =
  /** Some upstream step has not ended. */
  | 'waiting'
  | 'ready'
  /** Given to a lane; its upstream may still be running in the same lane. */
  | 'assigned'
  /** Failed, and will be tried again. */
  | 'resting'
  | 'succeeded'
  | 'failed'
  /** What it would have read was left out: it does not run, and that is no failure. */
  | 'skipped'
  /** An upstream step failed or was abandoned: it will not run. */
  | 'abandoned';

const hasEnded = (phase: StepPhase): boolean =>
  phase === 'succeeded' || phase === 'failed' || phase === 'skipped' || phase === 'abandoned';

/** A step that has ended without having run. */
export interface PassedOver {
  readonly step: StepNumber;
  readonly phase: 'skipped' | 'abandoned';
  /** The upstream steps that failed or did not run; of a skipped one, those that gave nothing. */
  readonly because: readonly StepNumber[];
}

export interface StepLedger {
  phaseOf(step: StepNumber): StepPhase;
  /** Steps that can start now, in plan order of becoming ready. */
  readonly readyCount: number;
  takeReady(): StepNumber | undefined;
  /** Gives a step to a lane. */
  assign(step: StepNumber, lane: number): void;
  laneOf(step: StepNumber): number | undefined;
  /** Upstream steps that have not ended. */
  unresolvedOf(step: StepNumber): number;
  /** A step that was assigned but did not run goes back; it may turn out to be abandoned. */
  unassign(step: StepNumber): void;
  rest(step: StepNumber): void;
  wake(step: StepNumber): void;
  /** A step has ended. */
  settle(step: StepNumber, outcome: 'succeeded' | 'failed'): void;
  /** The plan has grown by the steps of a dynamic result; those that gather it wait for them too. */
  extend(collectors: readonly StepNumber[]): void;
  /** Steps that ended without running since the last call. */
  takePassedOver(): readonly PassedOver[];
  readonly unfinished: number;
  /** Steps that have not ended. */
  open(): StepNumber[];
}

/** @param isMade has the output with this value id been given? Asked of steps that have ended. */
export function createStepLedger(plan: Plan, isMade: (value: ValueId) => boolean): StepLedger {
  const phases: StepPhase[] = plan.steps.map(() => 'waiting');
  const unresolved: number[] = plan.steps.map((step) => step.upstream.length);
  const lanes: number[] = plan.steps.map(() => -1);
  let ready: StepNumber[] = [];
  let taken = 0;
  let passedOver: PassedOver[] = [];
  let unfinished = plan.steps.length;
  /** Steps that have ended and whose downstream has not been told. */
  const ended: StepNumber[] = [];

  for (const step of plan.steps) if (step.upstream.length === 0) makeReady(step.number);

  function makeReady(step: StepNumber): void {
    phases[step] = 'ready';
    ready.push(step);
  }

  // Called when every upstream step has ended and the step is not with a lane. Skipping is looked at before failure.
  function consider(step: StepNumber): void {
    const { upstream, needs } = plan.steps[step]!;
    const missing = needs.find((sources) =>
      sources.every(
        ({ step: from, value }) =>
          phases[from] === 'skipped' || (phases[from] === 'succeeded' && !isMade(value)),
      ),
    );
    if (missing) return passOver(step, 'skipped', [...new Set(missing.map((source) => source.step))]);
    const because = upstream.filter((up) => phases[up] === 'failed' || phases[up] === 'abandoned');
    if (because.length === 0) makeReady(step);
    else passOver(step, 'abandoned', because);
  }

  function passOver(step: StepNumber, phase: PassedOver['phase'], because: readonly StepNumber[]): void {
    phases[step] = phase;
    unfinished -= 1;
    passedOver.push({ step, phase, because });
    ended.push(step);
  }

  // Iterative: a chain of abandoned steps may be as long as the plan.
  function resolveDownstream(from: StepNumber): void {
    ended.push(from);
    for (let step = ended.pop(); step !== undefined; step = ended.pop())
      for (const next of plan.steps[step]!.downstream) {
        unresolved[next]! -= 1;
        if (unresolved[next] === 0 && phases[next] === 'waiting') consider(next);
      }
  }

  return {
    phaseOf: (step) => phases[step]!,
    get readyCount() {
      return ready.length - taken;
    },
    takeReady() {
      while (taken < ready.length) {
        const step = ready[taken]!;
        taken += 1;
        // A step may have been assigned as the follower of another while it stood here.
        if (phases[step] === 'ready') return step;
      }
      ready = [];
      taken = 0;
      return undefined;
    },
    assign(step, lane) {
      phases[step] = 'assigned';
      lanes[step] = lane;
    },
    laneOf: (step) => (lanes[step]! < 0 ? undefined : lanes[step]),
    unresolvedOf: (step) => unresolved[step]!,
    unassign(step) {
      phases[step] = 'waiting';
      lanes[step] = -1;
      if (unresolved[step] !== 0) return;
      consider(step);
      const passedNow = ended.pop();
      if (passedNow !== undefined) resolveDownstream(passedNow);
    },
    rest(step) {
      phases[step] = 'resting';
      lanes[step] = -1;
    },
    wake(step) {
      if (phases[step] === 'resting') makeReady(step);
    },
    settle(step, outcome) {
      phases[step] = outcome;
      unfinished -= 1;
      resolveDownstream(step);
    },
    extend(collectors) {
      const openUpstream = (step: StepNumber) =>
        plan.steps[step]!.upstream.filter((up) => !hasEnded(phases[up]!)).length;
      for (let step = phases.length; step < plan.steps.length; step++) {
        phases.push('waiting');
        lanes.push(-1);
        unresolved.push(0);
        unfinished += 1;
        unresolved[step] = openUpstream(step);
      }
      for (const step of collectors) unresolved[step] = openUpstream(step);
    },
    takePassedOver() {
      const list = passedOver;
      passedOver = [];
      return list;
    },
    get unfinished() {
      return unfinished;
    },
    open: () => plan.steps.filter((step) => !hasEnded(phases[step.number]!)).map((step) => step.number),
  };
}
