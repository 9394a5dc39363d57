// What to do about the steps that were running when a runner died. A memory bomb takes every lane of its
// process along, so each suspect runs again alone; the one that kills the runner alone is the culprit.

import type { BodyError } from '#model/events.ts';
import type { StepNumber } from './lane-protocol.ts';
import type { LaneDeath } from './ports.ts';

export interface CrashWard {
  /** Takes in a dead lane's running step; gives a verdict when it is known whose fault the death was. */
  admit(
    death: LaneDeath,
    current: StepNumber | undefined,
  ): { readonly step: StepNumber; readonly error: BodyError } | undefined;
  /** Until all suspects are cleared, nothing else runs. */
  readonly isIsolating: boolean;
  /** The next suspect to run alone; undefined when none is left. */
  nextSuspect(): StepNumber | undefined;
  /** A step has reported: it is no suspect. */
  release(step: StepNumber): void;
  /** Set when the runner dies again and again without a step to blame. */
  readonly giveUp: BodyError | undefined;
}

const maxBlamelessDeaths = 4;

export function createCrashWard(): CrashWard {
  const suspects: StepNumber[] = [];
  let alone: StepNumber | undefined;
  let blameless = 0;
  let giveUp: BodyError | undefined;

  return {
    admit(death, current) {
      if (death.type !== 'Crashed') {
        if (current !== undefined) return { step: current, error: protocolError(death) };
        return undefined;
      }
      if (current === undefined) {
        blameless += 1;
        if (blameless >= maxBlamelessDeaths)
          giveUp = {
            name: 'RunnerFailed',
            message: `The sandbox could not be kept running: ${death.detail}`,
          };
        return undefined;
      }
      if (current === alone) {
        alone = undefined;
        return { step: current, error: outOfMemory(death.detail) };
      }
      suspects.push(current);
      return undefined;
    },
    get isIsolating() {
      return suspects.length > 0 || alone !== undefined;
    },
    nextSuspect() {
      if (alone !== undefined) return alone;
      alone = suspects.shift();
      return alone;
    },
    release(step) {
      blameless = 0;
      if (alone === step) alone = undefined;
    },
    get giveUp() {
      return giveUp;
    },
  };
}

const outOfMemory = (detail: string): BodyError => ({
  name: 'OutOfMemory',
  message: `The body ran out of memory and took its sandbox down. ${detail}`.trim(),
});

const protocolError = (death: LaneDeath): BodyError =>
  death.type === 'OutOfCredit'
    ? {
        name: 'MessageFlood',
        message: `The body flooded the app with messages and was stopped. ${death.detail}`.trim(),
      }
    : {
        name: 'ProtocolBroken',
        message: `The sandbox sent something it must not send and was stopped. ${death.detail}`.trim(),
      };
