// The settings of this browser that reach the engine with each launch, read with distrust.

import type { LaunchRequest } from '#engine/workspace-port.ts';
import type { PreferencesPort } from './services.tsx';

/** How many steps may run at once; undefined leaves it to the machine. */
export const maxLanesPreference = 'max-lanes';
/** How many of the newest values of each asset are kept; undefined keeps all. */
export const keepValuesPreference = 'keep-values';

export const mostLanes = 16;
const mostKept = 1_000;

const countIn = (text: string | undefined, most: number): number | undefined => {
  if (text === undefined || !/^\d{1,4}$/.test(text)) return undefined;
  const count = Number(text);
  return count >= 1 && count <= most ? count : undefined;
};

export const readMaxLanes = (preferences: PreferencesPort) =>
  countIn(preferences.read(maxLanesPreference), mostLanes);
export const readKeepValues = (preferences: PreferencesPort) =>
  countIn(preferences.read(keepValuesPreference), mostKept);

export function launchSettings(preferences: PreferencesPort): Pick<LaunchRequest, 'maxLanes' | 'keepValues'> {
  const maxLanes = readMaxLanes(preferences);
  const keepValues = readKeepValues(preferences);
  return {
    ...(maxLanes === undefined ? {} : { maxLanes }),
    ...(keepValues === undefined ? {} : { keepValues }),
  };
}
