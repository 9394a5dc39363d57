// What a page would do by hand: the peers of P5 and P6.

import { workerText } from 'virtual:runner';
import {
  defaultLaneLimits,
  LANE_PROTOCOL_VERSION,
  type LaneReply,
  type LaneRequest,
} from '#engine/lane-protocol.ts';
import { plainStep } from '#engine/plain-step.ts';
import type { WorkerStart } from '#workers/bodies/contract.ts';
import { checksumText, makeRowsText } from './rows-text.ts';

function startWorker(text: string): Worker {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return new Worker(url);
}

const firstMessage = (worker: Worker): Promise<unknown> =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
  });

/** P5: ends a body worker in an endless loop and starts another by hand, with no spare; until its body runs. */
export async function measureNewWorker(): Promise<number> {
  const stuck = startBodyWorker();
  void stuck.run('() => { for (;;); }');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const begunAt = performance.timeOrigin + performance.now();
  stuck.worker.terminate();
  const fresh = startBodyWorker();
  const startedAt = await fresh.run('() => 1');
  fresh.worker.terminate();
  return startedAt - begunAt;
}

// The body worker that the app uses, without the frame around it.
function startBodyWorker() {
  const worker = startWorker(workerText);
  const { port1, port2 } = new MessageChannel();
  const send = (request: LaneRequest) => port1.postMessage(request);
  worker.postMessage({ port: port2 } satisfies WorkerStart, [port2]);
  const limits = defaultLaneLimits;
  send({ type: 'open', protocol: LANE_PROTOCOL_VERSION, runId: 'peer', runTags: {}, limits });
  return {
    worker,
    /** When the body began. */
    run(body: string): Promise<number> {
      const module = `export const bodies = [function (__load) { return ${body}; }]; export const shared = {};`;
      send({ type: 'segment', id: 1, module, libraries: [], steps: [plainStep(0)] });
      return new Promise((resolve) => {
        port1.onmessage = ({ data }: MessageEvent<LaneReply>) => {
          const report = typeof data === 'object' && data.type === 'reports' ? data.reports[0] : undefined;
          if (report) resolve(report.startedAt);
        };
      });
    },
  };
}

/** P6: the same rows from one worker to another context by structured clone, one way. */
export async function measureClone(rows: number): Promise<{ cloneMs: number; isEqual: boolean }> {
  const worker = startWorker(`const rows = (${makeRowsText})(${rows});
const sum = (${checksumText})(rows);
onmessage = () => { const at = performance.timeOrigin + performance.now(); postMessage({ rows, sum, at }); };
postMessage('ready');`);
  await firstMessage(worker);
  const answer = new Promise<{ cloneMs: number; isEqual: boolean }>((resolve) => {
    worker.onmessage = (event: MessageEvent<{ rows: readonly object[]; sum: number; at: number }>) => {
      // The clone is made when it is first looked at.
      const { rows: received, sum, at } = event.data;
      const cloneMs = performance.timeOrigin + performance.now() - at;
      const count = received.length;
      resolve({ cloneMs, isEqual: count === rows && Number.isFinite(sum) });
    };
  });
  worker.postMessage('send');
  const result = await answer;
  worker.terminate();
  return result;
}
