import { useSyncExternalStore } from 'react';
import { onTimeZone, timeZone } from './time-zone.ts';

/** The zone that was chosen; undefined while it is the browser's. */
export const useTimeZone = (): string | undefined => useSyncExternalStore(onTimeZone, timeZone);
