// Which tab leads a project: a Web Lock says who may, a heartbeat row says whether it still does, and a
// fencing number makes the writes of every earlier leader bounce. A frozen tab keeps its lock, so a lock
// whose heartbeat has stopped is stolen.

import type { Clock, Lease, LeaseStore, StoreError } from '#engine/ports.ts';
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
const lookEveryMs = 500;
/** A leader that has not been heard for this long is frozen or gone. With the look it makes 4.5 s at most. */
const silentAfterMs = 3_500;

/** One try at leading: waiting for the lock, then holding it. Only the newest one counts. */
interface Attempt {
  readonly waiting: AbortController;
  release(): void;
}

/** Tries to lead, and keeps trying; `onLead` and `onLost` alternate. */
export function startLeading(
  { store, locks, clock, tabId }: LeadershipDeps,
  projectId: ProjectId,
  onLead: (lease: Lease) => void,
  onLost: () => void,
  /** The lease could not be written, and is tried for again: nobody may be leading meanwhile. */
  onRefused: (error: StoreError) => void = () => undefined,
): Leadership {
  const name = `headwater-leader-${projectId}`;
  let lease: Lease | undefined;
  let stopped = false;
  let attempt: Attempt | undefined;
  let cancelTimer: () => void = () => undefined;
  let silence: { readonly beat: string; readonly ms: number; readonly lookedAt: number } | undefined;

  function tryToLead(steal: boolean): void {
    endAttempt();
    const mine: Attempt = { waiting: new AbortController(), release: () => undefined };
    attempt = mine;
    const work = () => lead(mine);
    const held = locks ? locks.hold(name, { steal, signal: mine.waiting.signal }, work) : work();
    // Stolen by another tab, or the lease could not be taken: the next look queues again.
    const over = () => {
      if (attempt === mine) lose();
    };
    held.then(over, over);
  }

  async function lead(mine: Attempt): Promise<void> {
    if (attempt !== mine) return;
    const taken = await store.take(projectId, tabId, clock.now());
    if (!taken.ok) onRefused(taken.error);
    if (!taken.ok || attempt !== mine) return;
    lease = taken.value;
    const held = new Promise<void>((resolve) => {
      mine.release = resolve;
    });
    onLead(lease);
    beat(lease);
    await held;
  }

  function beat(mine: Lease): void {
    cancelTimer();
    cancelTimer = clock.after(heartbeatEveryMs, () => {
      void store.heartbeat(mine, clock.now()).then((stillMine) => {
        if (lease !== mine) return;
        if (stillMine) beat(mine);
        else lose();
      });
    });
  }

  function lose(): void {
    const hadLease = lease !== undefined;
    lease = undefined;
    silence = undefined;
    endAttempt();
    if (stopped) return;
    if (hadLease) onLost();
    lookLater();
  }

  function endAttempt(): void {
    const ended = attempt;
    attempt = undefined;
    ended?.waiting.abort();
    ended?.release();
  }

  function lookLater(): void {
    cancelTimer();
    cancelTimer = clock.after(lookEveryMs, () => void look());
  }

  // A tab that does not lead: waits for the lock, and looks whether the one that leads still beats.
  async function look(): Promise<void> {
    if (!attempt && locks) tryToLead(false);
    const current = await store.read(projectId).catch(() => undefined);
    if (lease || stopped) return;
    if (locks ? current && isSilent(current) : !current || isSilent(current)) {
      silence = undefined;
      tryToLead(true);
    }
    lookLater();
  }

  // Counted on this tab's own clock, because those of two tabs drift apart while the computer sleeps. No look
  // counts for more than two, so that a tab that has itself been frozen takes nothing for silence.
  function isSilent(current: Lease): boolean {
    const now = clock.now();
    const beat = `${current.fencing} ${current.heartbeatAt}`;
    const ms = silence?.beat === beat ? silence.ms + Math.min(now - silence.lookedAt, 2 * lookEveryMs) : 0;
    silence = { beat, ms, lookedAt: now };
    return ms >= silentAfterMs;
  }

  void look();
  return {
    get lease() {
      return lease;
    },
    stop() {
      stopped = true;
      lease = undefined;
      cancelTimer();
      endAttempt();
    },
  };
}
