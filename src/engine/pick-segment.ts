// Which steps go to a lane together. Long or unknown steps travel alone or as a chain, so that the cores
// share them; steps known to be short travel by the hundred, so that a message carries many.

import type { StepNumber } from './lane-protocol.ts';
import type { Plan, PlanStep } from './plan-types.ts';
import type { StepLedger } from './step-ledger.ts';

/** A segment should keep its lane busy for about this long. */
const targetMs = 30;
const maxSteps = 4096;
/** Steps of which nothing is known count as this long. */
const unknownMs = 15;
/** Below this, a step is cheap enough to be kept with its upstream instead of being shared out. */
const shortMs = 2;

export interface SegmentWish {
  readonly plan: Plan;
  readonly ledger: StepLedger;
  readonly lane: number;
  /** Lanes that could take work now, this one included. */
  readonly hungryLanes: number;
  /** What a step probably takes, in milliseconds; undefined when nothing is known. */
  expectedMs(step: StepNumber): number | undefined;
  /** Steps that the engine runs itself. */
  isLocal(step: StepNumber): boolean;
}

/** What reads such a step can only be judged when it has ended. */
const mayGiveLess = ({ outputs, needs }: PlanStep): boolean =>
  needs.length > 0 ||
  outputs.some(
    (output) => output.type === 'check' || !output.isRequired || (output.type === 'op' && output.isDynamic),
  );

/** Takes ready steps and what can follow them in the same lane, assigns them and returns them in order. */
export function pickSegment({
  plan,
  ledger,
  lane,
  hungryLanes,
  expectedMs,
  isLocal,
}: SegmentWish): StepNumber[] {
  const picked: StepNumber[] = [];
  const share = Math.max(1, Math.ceil(ledger.readyCount / Math.max(1, hungryLanes)));
  let budget = targetMs;
  let roots = 0;
  // Steps whose last unresolved upstream stands in this segment: they can follow in the same lane.
  const followers: StepNumber[] = [];
  // The one reader of a long step: no other lane could begin it earlier, and here it gets the value by reference.
  const readers: StepNumber[] = [];
  const upstreamHere = new Map<StepNumber, number>();
  let nextFollower = 0;

  function nextStep(): StepNumber | undefined {
    const reader = readers.pop();
    if (reader !== undefined) return reader;
    if (budget <= 0 && picked.length > 0) return undefined;
    if (nextFollower < followers.length) return followers[nextFollower++];
    if (roots >= share) return undefined;
    roots += 1;
    return ledger.takeReady();
  }

  // A step that needs one that failed is only waiting for the others to end, and is abandoned then.
  const canFollow = (step: StepNumber): boolean =>
    !isLocal(step) &&
    ledger.phaseOf(step) === 'waiting' &&
    plan.steps[step]!.upstream.every((up) => {
      const phase = ledger.phaseOf(up);
      return phase !== 'failed' && phase !== 'abandoned';
    });

  while (picked.length < maxSteps) {
    const step = nextStep();
    if (step === undefined) break;
    ledger.assign(step, lane);
    picked.push(step);
    const expected = expectedMs(step);
    budget -= expected ?? unknownMs;
    const { downstream } = plan.steps[step]!;
    const isShort = expected !== undefined && expected < shortMs;
    if (isLocal(step) || mayGiveLess(plan.steps[step]!) || (!isShort && downstream.length !== 1)) continue;
    for (const next of downstream) {
      const count = (upstreamHere.get(next) ?? 0) + 1;
      upstreamHere.set(next, count);
      if (count === ledger.unresolvedOf(next) && canFollow(next)) (isShort ? followers : readers).push(next);
    }
  }
  return picked;
}
