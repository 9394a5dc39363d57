// The one place that writes to the browser's console: faults of our own that no screen can show.

export const log = {
  /** Something that should not happen did; the app goes on. */
  fault(what: string, detail?: unknown): void {
    console.error(`Headwater: ${what}`, detail ?? '');
  },
};
