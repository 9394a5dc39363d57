// Which step may run, runs or has ended (reference §1.5, scheduling rules). Pure bookkeeping over the plan.

import type { StepNumber } from './lane-protocol.ts';
import type { Plan } from './plan.ts';

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
  /** An upstream step failed or was abandoned: it will not run. */
  | 'abandoned';

const hasEnded = (phase: StepPhase): boolean =>
  phase === 'succeeded' || phase === 'failed' || phase === 'abandoned';

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
  /** Steps abandoned since the last call, with the upstream steps that failed. */
  takeAbandoned(): { readonly step: StepNumber; readonly because: readonly StepNumber[] }[];
  readonly unfinished: number;
  /** Steps that have not ended. */
  open(): StepNumber[];
}

export function createStepLedger(plan: Plan): StepLedger {
  const phases: StepPhase[] = plan.steps.map(() => 'waiting');
  const unresolved = Int32Array.from(plan.steps, (step) => step.upstream.length);
  const lanes = new Int32Array(plan.steps.length).fill(-1);
  let ready: StepNumber[] = [];
  let taken = 0;
  let abandoned: { step: StepNumber; because: StepNumber[] }[] = [];
  let unfinished = plan.steps.length;
  /** Steps that have ended and whose downstream has not been told. */
  const ended: StepNumber[] = [];

  for (const step of plan.steps) if (step.upstream.length === 0) makeReady(step.number);

  function makeReady(step: StepNumber): void {
    phases[step] = 'ready';
    ready.push(step);
  }

  // Called when every upstream step has ended and the step is not with a lane.
  function consider(step: StepNumber): void {
    const because = plan.steps[step]!.upstream.filter((up) => phases[up] !== 'succeeded');
    if (because.length === 0) return makeReady(step);
    phases[step] = 'abandoned';
    unfinished -= 1;
    abandoned.push({ step, because });
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
      const abandonedNow = ended.pop();
      if (abandonedNow !== undefined) resolveDownstream(abandonedNow);
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
    takeAbandoned() {
      const list = abandoned;
      abandoned = [];
      return list;
    },
    get unfinished() {
      return unfinished;
    },
    open: () => plan.steps.filter((step) => !hasEnded(phases[step.number]!)).map((step) => step.number),
  };
}
