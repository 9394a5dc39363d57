// What a run says of each asset while it is under way. An asset that several steps make is done when the last of
// them is.

import type { AssetId } from '#model/ids.ts';
import type { LiveStep } from './asset-status.ts';
import type { StepNumber } from './lane-protocol.ts';
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
  /** Of assets that a graph of ops makes. */
  const ops = new Map<AssetId, { all: number; done: number; running: number }>();
  const count = (steps: readonly PlanStep[]): void => {
    for (const step of steps)
      for (const id of step.concerns) {
        left.set(id, (left.get(id) ?? 0) + 1);
        if (!isOp(step)) continue;
        const known = ops.get(id) ?? { all: 0, done: 0, running: 0 };
        ops.set(id, { ...known, all: known.all + 1 });
      }
  };
  const running = new Set<StepNumber>();
  count(plan.steps);

  const note = (step: PlanStep, isRunning: boolean): void => {
    if (running.has(step.number) === isRunning) return;
    if (isRunning) running.add(step.number);
    else running.delete(step.number);
    for (const id of step.concerns) {
      const known = ops.get(id);
      if (known) known.running += isRunning ? 1 : -1;
    }
  };
  /** The asset runs from its first op's start to its last op's end, and says how many of them are done. */
  const tellGraph = (id: AssetId): void => {
    const { all, done, running: now } = ops.get(id)!;
    if (done + now === 0) return onLive(id, { phase: 'queued' });
    onLive(id, { phase: 'running', progress: { fraction: done / all, message: `${done} of ${all} ops` } });
  };

  return {
    tell(step, live) {
      if (isOp(step)) note(step, live.phase === 'running');
      for (const id of step.concerns) {
        if (isOp(step) && (ops.get(id)?.all ?? 0) > 1) tellGraph(id);
        else onLive(id, live);
      }
    },
    end(step) {
      if (isOp(step)) note(step, false);
      for (const id of step.concerns) {
        const open = (left.get(id) ?? 0) - 1;
        left.set(id, open);
        const known = isOp(step) ? ops.get(id) : undefined;
        if (known) known.done += 1;
        if (open <= 0) onLive(id, undefined);
        else if (known && known.all > 1) tellGraph(id);
      }
    },
    extend: count,
  };
}

const isOp = (step: PlanStep): boolean => step.kind === 'code' && step.form === 'op';
