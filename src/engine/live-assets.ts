// What a run says of each asset while it is under way. An asset that several steps make is done when the last of
// them is.

import type { AssetId } from '#model/ids.ts';
import type { LiveStep } from './asset-status.ts';
import type { Plan, PlanStep } from './plan-types.ts';

export interface LiveAssets {
  tell(step: PlanStep, live: LiveStep): void;
  end(step: PlanStep): void;
  /** Steps that have joined the plan. */
  extend(steps: readonly PlanStep[]): void;
}

export function createLiveAssets(
  plan: Plan,
  onLive: (assetId: AssetId, live: LiveStep | undefined) => void,
): LiveAssets {
  const left = new Map<AssetId, number>();
  const count = (steps: readonly PlanStep[]): void => {
    for (const { concerns } of steps) for (const id of concerns) left.set(id, (left.get(id) ?? 0) + 1);
  };
  count(plan.steps);
  return {
    tell(step, live) {
      for (const id of step.concerns) onLive(id, live);
    },
    end(step) {
      for (const id of step.concerns) {
        const open = (left.get(id) ?? 0) - 1;
        left.set(id, open);
        if (open <= 0) onLive(id, undefined);
      }
    },
    extend: count,
  };
}
