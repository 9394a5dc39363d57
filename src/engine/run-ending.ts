// How a run ends: because all is done, because it is told to, or because it may write no longer. The first that
// comes counts.

import type { FailureReason, RunEvent, RunRecord } from '#model/events.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { LanePool, LaneSlot } from './lane-pool.ts';
import type { Plan } from './plan-types.ts';
import type { Clock } from './ports.ts';
import type { RunObserver } from './run-types.ts';
import * as events from './step-events.ts';
import type { StepLedger } from './step-ledger.ts';

export interface RunEndingDeps {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly run: { get(): RunRecord; set(run: RunRecord): void };
  readonly ledger: StepLedger;
  readonly pool: LanePool;
  readonly queue: CommitQueue;
  /** Nothing more is to be started, watched or waited for. */
  onConcluding(): void;
  readonly onLive: RunObserver['onLive'];
}

export interface RunEnding {
  /** From here on no step is started or tried again. */
  readonly hasBegun: boolean;
  /** Resolves with the run's last state, when it is stored or cannot be. */
  readonly ended: Promise<RunRecord>;
  /** All steps have ended. */
  finish(): void;
  /** Running bodies are told and given a moment. */
  cancel(): void;
  /** Stops at once and says nothing of it in the log. */
  abandon(): void;
}

/** How long a canceled run waits for a sign that its lanes listen, and then for their bodies to end. */
const abortProbeMs = 12;
const abortGraceMs = 50;
/** How long resources may take to be torn down. */
const closeLimitMs = 10_000;

export function createRunEnding(deps: RunEndingDeps): RunEnding {
  const { plan, clock, run, ledger, pool, queue } = deps;
  const { runId } = run.get();
  let hasBegun = false;
  let resolveEnded: (run: RunRecord) => void;
  const ended = new Promise<RunRecord>((resolve) => {
    resolveEnded = resolve;
  });

  function finish(): void {
    const end = () => conclude(run.get().failed > 0 ? 'FAILURE' : 'SUCCESS', []);
    if (!pool.slots.some(({ resources }) => resources.size > 0)) return end();
    let isWaiting = true;
    const endOnce = () => {
      if (isWaiting) end();
      isWaiting = false;
    };
    const stopWaiting = clock.after(closeLimitMs, endOnce);
    void pool.close().then(() => {
      stopWaiting();
      endOnce();
    });
  }

  function cancel(): void {
    const at = clock.now();
    run.set({ ...run.get(), status: 'CANCELING' });
    queue.add([events.runEvent(runId, 'RUN_CANCELING', at)]);
    const end = () => conclude('CANCELED', remainder('USER_TERMINATION'));
    const isBusy = (slot: LaneSlot) => slot.outstanding.size > 0;
    if (!pool.slots.some(isBusy)) return end();
    for (const slot of pool.slots.filter(isBusy)) {
      pool.abort(slot, 'The run was canceled.');
      pool.revoke(
        slot,
        [...slot.outstanding.keys()].filter((step) => step !== slot.current),
      );
    }
    // A lane whose thread is free answers at once. One that does not is in a loop: nothing is gained by waiting.
    clock.after(abortProbeMs, () => {
      if (pool.slots.some((slot) => isBusy(slot) && slot.heardAt > at)) clock.after(abortGraceMs, end);
      else end();
    });
  }

  function remainder(reason: FailureReason): RunEvent[] {
    const at = clock.now();
    return ledger
      .open()
      .flatMap((number) => events.failedToMaterialize(runId, plan.steps[number]!, at, reason, undefined));
  }

  function conclude(status: RunRecord['status'], last: readonly RunEvent[]): void {
    deps.onConcluding();
    pool.terminateAll();
    const at = clock.now();
    if (status === 'SUCCESS' || status === 'FAILURE' || status === 'CANCELED') {
      const { succeeded, skipped } = run.get();
      run.set({ ...run.get(), status, endedAt: at });
      const failed = plan.steps.length - succeeded - skipped;
      const message = status === 'FAILURE' ? `${failed} of ${plan.steps.length} steps failed.` : undefined;
      queue.add([...last, events.runEvent(runId, `RUN_${status}`, at, message)]);
    }
    void queue.drain().then(() => {
      for (const step of plan.steps) for (const id of step.concerns) deps.onLive(id, undefined);
      resolveEnded(run.get());
    });
  }

  // A run ends once: what comes second comes too late.
  const once = (end: () => void) => () => {
    if (hasBegun) return;
    hasBegun = true;
    end();
  };

  return {
    get hasBegun() {
      return hasBegun;
    },
    ended,
    finish: once(finish),
    cancel: once(cancel),
    abandon: once(() => conclude(run.get().status, [])),
  };
}
