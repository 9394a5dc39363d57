// Several tabs in one process, for tests: they share locks, a channel and a store, and each can be frozen,
// thawed and killed as a browser does it to a tab. Test code only.

import type { Clock, Store } from '#engine/ports.ts';
import type { LockPort } from './leadership.ts';
import type { TabChannel, TabMessage } from './tab-channel.ts';

/** Whether a tab's code may run. What it waits for while frozen comes when it is thawed. */
export interface TabLife {
  freeze(): void;
  thaw(): void;
  /** Nothing of the tab runs ever again; what it held is free. */
  kill(): void;
  /** Resolves when the tab may run. */
  awake(): Promise<void>;
  onKill(callback: () => void): void;
}

export function createTabLife(): TabLife {
  let state: 'awake' | 'frozen' | 'dead' = 'awake';
  let waiting: (() => void)[] = [];
  const onKills: (() => void)[] = [];
  return {
    freeze() {
      if (state === 'awake') state = 'frozen';
    },
    thaw() {
      if (state !== 'frozen') return;
      state = 'awake';
      const awoken = waiting;
      waiting = [];
      for (const go of awoken) go();
    },
    kill() {
      state = 'dead';
      waiting = [];
      for (const callback of onKills) callback();
    },
    awake: () =>
      state === 'awake' ? Promise.resolve() : new Promise((resolve) => waiting.push(() => resolve())),
    onKill: (callback) => onKills.push(callback),
  };
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export interface ManualClock extends Clock {
  /** Moves time on, calling back what falls due in order. */
  advance(ms: number): Promise<void>;
}

export function createManualClock(startMs = 1_000_000): ManualClock {
  let now = startMs;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = until;
    },
  };
}

/** The real clock, `speed` times as fast. */
export const createFastClock = (speed: number): Clock => ({
  now: () => performance.timeOrigin + performance.now() * speed,
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs / speed);
    return () => clearTimeout(timer);
  },
});

export const clockOf = (life: TabLife, clock: Clock): Clock => ({
  now: () => clock.now(),
  after(delayMs, callback) {
    let isCanceled = false;
    const cancel = clock.after(delayMs, () => {
      void life.awake().then(() => {
        if (!isCanceled) callback();
      });
    });
    return () => {
      isCanceled = true;
      cancel();
    };
  },
});

interface LockRequest {
  readonly life: TabLife;
  grant(): void;
  fail(error: Error): void;
}

/** Locks as browsers keep them: in turn, stolen on demand, free when their holder's tab is gone. */
export function createLockTable(): { portOf(life: TabLife): LockPort } {
  const holders = new Map<string, LockRequest>();
  const queues = new Map<string, LockRequest[]>();
  const queueOf = (name: string) => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return queue;
  };
  const grantNext = (name: string) => {
    if (holders.has(name)) return;
    const next = queueOf(name).shift();
    if (!next) return;
    holders.set(name, next);
    next.grant();
  };
  const remove = (name: string, request: LockRequest) => {
    const queue = queueOf(name);
    if (queue.includes(request)) queue.splice(queue.indexOf(request), 1);
    if (holders.get(name) === request) holders.delete(name);
    grantNext(name);
  };
  return {
    portOf: (life) => ({
      hold: (name, { steal, signal }, work) =>
        new Promise<void>((resolve, reject) => {
          const settled = (call: () => void) => void life.awake().then(call);
          const request: LockRequest = {
            life,
            grant: () =>
              void life
                .awake()
                .then(work)
                .then(
                  () => settled(resolve),
                  (error: unknown) => settled(() => reject(error)),
                )
                .finally(() => remove(name, request)),
            fail: (error) => settled(() => reject(error)),
          };
          life.onKill(() => remove(name, request));
          if (steal) {
            holders.get(name)?.fail(new DOMException('The lock was stolen.', 'AbortError'));
            holders.set(name, request);
            request.grant();
            return;
          }
          signal.addEventListener('abort', () => {
            if (!queueOf(name).includes(request)) return;
            remove(name, request);
            request.fail(new DOMException('The request was aborted.', 'AbortError'));
          });
          queueOf(name).push(request);
          grantNext(name);
        }),
    }),
  };
}

/** A BroadcastChannel: everyone hears a message but the tab that posts it. */
export function createChannelHub(): { channelOf(life: TabLife): TabChannel } {
  const tabs = new Map<TabLife, Set<(message: TabMessage) => void>>();
  return {
    channelOf(life) {
      const own = new Set<(message: TabMessage) => void>();
      tabs.set(life, own);
      life.onKill(() => tabs.delete(life));
      return {
        post(message) {
          for (const [other, listeners] of tabs) {
            if (other === life) continue;
            setImmediate(() => {
              void other.awake().then(() => {
                for (const listener of listeners) listener(message);
              });
            });
          }
        },
        listen(listener) {
          own.add(listener);
          return () => own.delete(listener);
        },
      };
    },
  };
}

/** The store as one tab sees it: a frozen tab neither asks nor hears the answer; what it has asked happens. */
export const storeOf = (life: TabLife, store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'close') return member;
      if (name === 'readSegments')
        return async function* (...args: Parameters<Store['readSegments']>) {
          for await (const segment of target.readSegments(...args)) {
            await life.awake();
            yield segment;
          }
        };
      return async (...args: unknown[]): Promise<unknown> => {
        await life.awake();
        const answer: unknown = await Reflect.apply(member, target, args);
        await life.awake();
        return answer;
      };
    },
  });
