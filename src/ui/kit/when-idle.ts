// Work that can wait until the page has nothing else to do.

const longestWaitMs = 1_000;

export function whenIdle(callback: () => void): void {
  // Safari has none.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(callback, { timeout: longestWaitMs });
  else setTimeout(callback, longestWaitMs / 4);
}
