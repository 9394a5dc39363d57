// The script of the runner frame: an opaque-origin document that makes body workers and ends them when it is
// told to. It runs no body itself and believes nothing that a worker says. Bundled to text by the Vite plugin;
// its hash stands in the page's content security policy.

import type { FrameReply, FrameRequest, FrameStart, LaneId, WorkerStart } from '#workers/bodies/contract.ts';

interface LaneRow {
  readonly worker: Worker;
  /** The newest marker. */
  step: number;
  sentAt: number;
  isScheduled: boolean;
}

const markerPeriodMs = 4;

function startFrame(control: MessagePort, workerText: string): void {
  const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
  const policy = trustedTypesOf(globalThis)?.createPolicy('headwater-runner', {
    // Only the one worker script that the page handed over.
    createScriptURL: (wanted) => (wanted === url ? wanted : ''),
  });
  const lanes = new Map<LaneId, LaneRow>();
  let spare: Worker | undefined;
  const reply = (message: FrameReply): void => control.postMessage(message);
  const createWorker = (): Worker => new Worker((policy?.createScriptURL(url) ?? url) as string);

  // A marker comes before each body, within this process (5 µs; 40 µs if it went to the engine itself). Only the
  // newest matters: it names the step that hangs.
  function onMarker(lane: LaneId, row: LaneRow, marker: unknown): void {
    if (typeof marker !== 'number') return;
    row.step = marker;
    if (row.isScheduled) return;
    const wait = markerPeriodMs - (performance.now() - row.sentAt);
    if (wait <= 0) sendMarker(lane, row);
    else {
      row.isScheduled = true;
      setTimeout(() => sendMarker(lane, row), wait);
    }
  }

  function sendMarker(lane: LaneId, row: LaneRow): void {
    row.isScheduled = false;
    row.sentAt = performance.now();
    if (lanes.get(lane) === row) reply({ type: 'marker', lane, step: row.step });
  }

  control.onmessage = ({ data }: MessageEvent<FrameRequest>) => {
    switch (data.type) {
      case 'ping':
        reply({ type: 'pong', beat: data.beat });
        return;
      case 'warm':
        spare ??= createWorker();
        return;
      case 'kill':
        lanes.get(data.lane)?.worker.terminate();
        lanes.delete(data.lane);
        return;
      case 'spawn': {
        const worker = spare ?? createWorker();
        spare = undefined;
        const row: LaneRow = { worker, step: -1, sentAt: 0, isScheduled: false };
        lanes.set(data.lane, row);
        const start: WorkerStart = { port: data.port };
        worker.onmessage = (event: MessageEvent<unknown>) => onMarker(data.lane, row, event.data);
        worker.onerror = (event) => {
          event.preventDefault();
          reply({ type: 'lane-failed', lane: data.lane, detail: String(event.message).slice(0, 500) });
        };
        worker.postMessage(start, [data.port]);
        return;
      }
    }
  };
  spare = createWorker();
  reply({ type: 'up' });
}

interface PolicyMaker {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

// Not in every browser.
const trustedTypesOf = (scope: object): PolicyMaker | undefined =>
  (scope as { trustedTypes?: PolicyMaker }).trustedTypes;

addEventListener('message', function start(event: MessageEvent<FrameStart>) {
  const control = event.ports[0];
  if (event.source !== parent || event.data?.type !== 'start' || control === undefined) return;
  removeEventListener('message', start);
  startFrame(control, event.data.workerText);
});
