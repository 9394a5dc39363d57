// A lane in a plain worker: the lane's own logic over an open realm.

import type { LaneRequest } from '#engine/lane-protocol.ts';
import { createLaneHandler } from '#workers/bodies/handler.ts';
import { laneCodec } from '#workers/bodies/lane-codec.ts';
import { createStepTimers } from '#workers/bodies/step-timers.ts';

const hop = new MessageChannel();
const hops: (() => void)[] = [];
hop.port1.onmessage = () => hops.shift()?.();

const handle = createLaneHandler({
  post: (reply, transfer) => self.postMessage(reply, { transfer: transfer ?? [] }),
  now: () => performance.timeOrigin + performance.now(),
  yieldToMessages: () =>
    new Promise((resolve) => {
      hops.push(resolve);
      hop.port2.postMessage(0);
    }),
  async importModule(text) {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    try {
      return { exports: await import(/* @vite-ignore */ url), url };
    } finally {
      URL.revokeObjectURL(url);
    }
  },
  loadLibrary: () => Promise.reject(new Error('The benchmarks import no library.')),
  every(periodMs, callback) {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
  timers: createStepTimers({
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (timer) => clearTimeout(timer as number),
    setInterval: (callback, delayMs) => setInterval(callback, delayMs),
    clearInterval: (timer) => clearInterval(timer as number),
  }),
  codec: laneCodec,
  listen: () => undefined,
});
self.onmessage = ({ data }: MessageEvent<LaneRequest>) => handle(data);
