// How far the tour has come, remembered in this browser so that it can be left and taken up again.

import { useSyncExternalStore } from 'react';
import { type PreferencesPort, useServices } from '#ui/kit/services.tsx';
import { tourSteps } from './tour-steps.ts';

const stepPreference = 'tour-step';

export interface TourState {
  readonly isShown: boolean;
  /** From 0; `tourSteps.length` when all are done. */
  readonly step: number;
}

let state: TourState | undefined;
const listeners = new Set<() => void>();

function read(preferences: PreferencesPort): TourState {
  const stored = preferences.read(stepPreference) ?? '';
  const step = /^\d$/.test(stored) ? Math.min(Number(stored), tourSteps.length) : 0;
  state ??= { isShown: false, step };
  return state;
}

export interface Tour extends TourState {
  readonly count: number;
  /** Some steps are done, and some are left. */
  readonly isBegun: boolean;
  start(): void;
  goTo(step: number): void;
  leave(): void;
}

export function useTour(): Tour {
  const { preferences } = useServices();
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(preferences),
  );
  const change = (next: TourState) => {
    state = next;
    preferences.write(stepPreference, String(next.step));
    for (const listener of listeners) listener();
  };
  const count = tourSteps.length;
  return {
    ...current,
    count,
    isBegun: current.step > 0 && current.step < count,
    start: () => change({ isShown: true, step: current.step >= count ? 0 : current.step }),
    goTo: (step) => change({ isShown: true, step }),
    leave: () => change({ isShown: false, step: current.step >= count ? 0 : current.step }),
  };
}
