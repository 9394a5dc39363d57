// The engine worker's adapters of what the platform has: time, hashing, locks, channel.

import { createSHA256 } from 'hash-wasm';
import type { Clock, Sha256 } from '#engine/ports.ts';
import type { StreamHash } from './file-imports.ts';
import type { LockPort } from './leadership.ts';
import type { TabChannel, TabMessage } from './tab-channel.ts';

export const workerClock: Clock = {
  // `performance` gives fractions, and does not jump when the system's clock is set.
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export async function createSha256(): Promise<Sha256> {
  const hasher = await createSHA256();
  return (bytes) => hasher.init().update(bytes).digest('hex');
}

/** One at a time each: they are kept apart. */
export async function createStreamHash(): Promise<StreamHash> {
  const hasher = await createSHA256();
  hasher.init();
  return {
    update(bytes) {
      hasher.update(bytes);
    },
    digest: () => hasher.digest('hex'),
  };
}

export function createLocks(): LockPort | undefined {
  if (!('locks' in navigator)) return undefined;
  return {
    async hold(name, { steal, signal }, work) {
      // A request that steals takes no signal.
      await navigator.locks.request(name, steal ? { steal: true } : { signal }, work);
    },
  };
}

export function createTabChannel(): TabChannel {
  if (typeof BroadcastChannel === 'undefined')
    return { post: () => undefined, listen: () => () => undefined };
  const channel = new BroadcastChannel('headwater');
  const listeners = new Set<(message: TabMessage) => void>();
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    for (const listener of listeners) listener(data);
  };
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
