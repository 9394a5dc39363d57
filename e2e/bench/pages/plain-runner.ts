// A runner without the sandbox: the same lanes in plain workers of the page's own origin, with nothing between
// them and the engine. What the sandbox costs is measured against it.

import type { LaneReply } from '#engine/lane-protocol.ts';
import type { BodyRunner } from '#engine/ports.ts';

export function createPlainRunner(laneCount: () => number): BodyRunner {
  const createWorker = () =>
    new Worker(new URL('./plain-lane.worker.ts', import.meta.url), { type: 'module' });
  // The sandbox keeps one warm too.
  let spare = createWorker();
  return {
    get laneCount() {
      return laneCount();
    },
    startLane(handler) {
      const worker = spare;
      spare = createWorker();
      worker.onmessage = ({ data }: MessageEvent<LaneReply>) => handler.onReply(data);
      worker.onerror = (event) => handler.onDead({ type: 'Crashed', detail: event.message });
      return {
        send: (request) => worker.postMessage(request),
        terminate: () => worker.terminate(),
      };
    },
  };
}
