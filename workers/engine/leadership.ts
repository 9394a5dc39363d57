// Which tab leads a project: a Web Lock says who may, a heartbeat row says whether it still does, and a
// fencing number makes the writes of every earlier leader bounce. A frozen tab keeps its lock, so a lock
// whose heartbeat has stopped is stolen.

import type { Clock, Lease, LeaseStore } from '#engine/ports.ts';
import type { ProjectId, TabId } from '#model/ids.ts';

/** The part of `navigator.locks` that leading needs; undefined where the browser has none. */
export interface LockPort {
  /**
   * Holds the lock while `work` runs. Resolves when it is released, and rejects when it is stolen or
   * `signal` fires while waiting.
   */
  hold(
    name: string,
    options: { steal: boolean; signal: AbortSignal },
    work: () => Promise<void>,
  ): Promise<void>;
}

export interface LeadershipDeps {
  readonly store: LeaseStore;
  readonly locks: LockPort | undefined;
  readonly clock: Clock;
  readonly tabId: TabId;
}

export interface Leadership {
  readonly lease: Lease | undefined;
  stop(): void;
}

const heartbeatEveryMs = 1_000;
/** A leader that has not been heard for this long is frozen or gone. */
const silentAfterMs = 3_500;

/** Tries to lead, and keeps trying; `onLead` and `onLost` alternate. */
export function startLeading(
  { store, locks, clock, tabId }: LeadershipDeps,
  projectId: ProjectId,
  onLead: (lease: Lease) => void,
  onLost: () => void,
): Leadership {
  const name = `headwater-leader-${projectId}`;
  let lease: Lease | undefined;
  let stopped = false;
  let release: () => void = () => undefined;
  let cancelTimer: () => void = () => undefined;
  let waiting = new AbortController();

  function lose(): void {
    cancelTimer();
    const had = lease;
    lease = undefined;
    release();
    if (had && !stopped) onLost();
  }

  async function lead(): Promise<void> {
    const taken = await store.take(projectId, tabId, clock.now());
    if (!taken.ok || stopped) return;
    lease = taken.value;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    onLead(lease);
    beat();
    await held;
  }

  function beat(): void {
    cancelTimer = clock.after(heartbeatEveryMs, () => {
      if (!lease) return;
      void store.heartbeat(lease, clock.now()).then((stillMine) => {
        if (!lease) return;
        if (stillMine) beat();
        else {
          lose();
          queue(false);
        }
      });
    });
  }

  function queue(steal: boolean): void {
    if (stopped) return;
    if (!locks) {
      void leadWhenSilent();
      return;
    }
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    locks.hold(name, { steal, signal }, lead).then(
      () => undefined,
      () => {
        // Stolen by another tab, or given up in order to steal.
        if (signal.aborted || stopped) return;
        lose();
        queue(false);
      },
    );
    watch();
  }

  // A follower looks at the leader's heartbeat.
  function watch(): void {
    cancelTimer();
    cancelTimer = clock.after(heartbeatEveryMs, () => {
      if (lease || stopped) return;
      void store.read(projectId).then((current) => {
        if (lease || stopped) return;
        if (current && clock.now() - current.heartbeatAt > silentAfterMs) queue(true);
        else watch();
      });
    });
  }

  // Without Web Locks the heartbeat alone decides; the fencing number keeps it safe.
  async function leadWhenSilent(): Promise<void> {
    const current = await store.read(projectId);
    if (stopped || lease) return;
    if (!current || current.tabId === tabId || clock.now() - current.heartbeatAt > silentAfterMs)
      await lead();
    else cancelTimer = clock.after(heartbeatEveryMs, () => void leadWhenSilent());
  }

  queue(false);
  return {
    get lease() {
      return lease;
    },
    stop() {
      stopped = true;
      cancelTimer();
      waiting.abort();
      release();
      lease = undefined;
    },
  };
}
