// What a page would do by hand: the peers of P5 and P6.

import { checksumText, makeRowsText } from './rows-text.ts';

function startWorker(text: string): Worker {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return new Worker(url);
}

const firstMessage = (worker: Worker): Promise<unknown> =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
  });

const loopText = `postMessage(performance.timeOrigin + performance.now()); onmessage = () => { for (;;); };`;

/** P5: ends a worker in an endless loop and starts another; until the new one runs. */
export async function measureNewWorker(): Promise<number> {
  const stuck = startWorker(loopText);
  await firstMessage(stuck);
  stuck.postMessage('loop');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const begunAt = performance.timeOrigin + performance.now();
  stuck.terminate();
  const fresh = startWorker(loopText);
  const startedAt = (await firstMessage(fresh)) as number;
  fresh.terminate();
  return startedAt - begunAt;
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
