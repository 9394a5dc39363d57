// What the page and the other tabs are told of runs: at once when a status changes, else now and then.

import type { Clock } from '#engine/ports.ts';
import type { RunRecord } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';

export interface RunNews {
  add(run: RunRecord): void;
  tellTabs(): void;
  tellTabsSoon(): void;
  /** Nobody is told anything more. */
  stop(): void;
}

export interface RunNewsDeps {
  readonly clock: Clock;
  /** What is known of each run; kept up here. */
  readonly runs: Map<RunId, RunRecord>;
  tellPage(runs: readonly RunRecord[]): void;
  tellTabs(): void;
}

const tellTabsEveryMs = 80;
const tellPageEveryMs = 100;

export function createRunNews({ clock, runs, tellPage, tellTabs }: RunNewsDeps): RunNews {
  /** Runs that have changed since the page was told. */
  const untold = new Map<RunId, RunRecord>();
  let cancelTellPage: (() => void) | undefined;
  let cancelTellTabs: (() => void) | undefined;
  let stopped = false;

  function tellPageNow(): void {
    cancelTellPage?.();
    cancelTellPage = undefined;
    if (stopped || untold.size === 0) return;
    tellPage([...untold.values()]);
    untold.clear();
  }

  return {
    add(run) {
      const isNews = runs.get(run.runId)?.status !== run.status;
      runs.set(run.runId, run);
      untold.set(run.runId, run);
      // A run of thousands commits often, and its record names them all.
      if (isNews) tellPageNow();
      else cancelTellPage ??= clock.after(tellPageEveryMs, tellPageNow);
    },
    tellTabs,
    tellTabsSoon() {
      cancelTellTabs ??= clock.after(tellTabsEveryMs, () => {
        cancelTellTabs = undefined;
        tellTabs();
      });
    },
    stop() {
      stopped = true;
      cancelTellTabs?.();
      cancelTellPage?.();
    },
  };
}
