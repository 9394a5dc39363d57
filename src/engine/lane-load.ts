// How much work lies where: when a lane wants more, when another lane is worth starting, and from which
// lane work can be taken back.

import type { LaneSlot } from './lane-pool.ts';
import type { StepNumber } from './lane-protocol.ts';
import { mainAsset } from './plan-types.ts';
import type { RunSpec } from './run-types.ts';

export interface LaneLoad {
  /** A step of this run took this long. */
  learn(durationMs: number): void;
  /** What a step probably takes: as long as last time, else as long as the others. */
  expectedMs(step: StepNumber): number | undefined;
  isHungry(slot: LaneSlot, nowMs: number): boolean;
  /** How many more lanes the work that is left is worth. A lane held by a long step brings nothing to it. */
  lanesWorthStarting(slots: readonly LaneSlot[], unfinished: number, most: number, nowMs: number): number;
  /** The lane in which most steps wait, behind a step that has run for a while or for the lane to start. */
  worthTakingFrom(slots: readonly LaneSlot[], nowMs: number): LaneSlot | undefined;
}

/** With less work than this left, starting another lane costs more than it brings. */
const worthALaneMs = 40;
/** Two segments in flight keep a lane busy, but only when both are known to be short. */
const enoughAheadMs = 25;

const waitingIn = (slot: LaneSlot): number => slot.outstanding.size - (slot.current === undefined ? 0 : 1);

/** One step has kept the lane for a while. */
const isHeld = (slot: LaneSlot, nowMs: number): boolean =>
  slot.current !== undefined && nowMs - slot.currentSince >= worthALaneMs;

/** It was given work, and takes long to start. A lane without work need not have said anything. */
const isLate = (slot: LaneSlot, nowMs: number): boolean =>
  slot.heardAt === 0 && slot.outstanding.size > 0 && nowMs - slot.startedAt >= worthALaneMs;

export function createLaneLoad({ plan, latestOf }: RunSpec): LaneLoad {
  let usualMs: number | undefined;

  const lastMs = (step: StepNumber): number | undefined => {
    const asset = mainAsset(plan.steps[step]!);
    return asset && latestOf(asset.assetId)?.durationMs;
  };

  const expectedMs = (step: StepNumber): number | undefined => lastMs(step) ?? usualMs;

  return {
    learn(durationMs) {
      usualMs = usualMs === undefined ? durationMs : usualMs * 0.9 + durationMs * 0.1;
    },
    expectedMs,
    isHungry(slot, nowMs) {
      if (slot.disowned.size > 0 || isHeld(slot, nowMs)) return false;
      let aheadMs = 0;
      for (const step of slot.outstanding.keys()) {
        aheadMs += expectedMs(step) ?? Number.POSITIVE_INFINITY;
        if (aheadMs > enoughAheadMs) return false;
      }
      return true;
    },
    lanesWorthStarting(slots, unfinished, most, nowMs) {
      const held = slots.filter((slot) => isHeld(slot, nowMs)).length;
      const worth = Math.ceil(((unfinished - held) * (usualMs ?? worthALaneMs)) / worthALaneMs);
      return Math.max(0, Math.min(most - slots.length, worth - (slots.length - held)));
    },
    worthTakingFrom(slots, nowMs) {
      let richest: LaneSlot | undefined;
      for (const slot of slots)
        if (
          waitingIn(slot) > (richest ? waitingIn(richest) : 0) &&
          (isHeld(slot, nowMs) || isLate(slot, nowMs))
        )
          richest = slot;
      return richest;
    },
  };
}
