// Time in Node.

import type { Clock } from '#engine/ports.ts';

export const nodeClock: Clock = {
  // `performance` gives fractions, and does not jump when the system's clock is set.
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
