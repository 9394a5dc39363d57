// The `BodyRunner` of the command line: one worker thread per lane, with a bounded heap.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { LaneReply } from '#engine/lane-protocol.ts';
import type { BodyRunner, Lane, LaneHandler } from '#engine/ports.ts';
import { createOrderedSend } from './ordered-send.ts';

export interface NodeRunner extends BodyRunner {
  /** Starts a thread ahead of the first lane, so that it need not wait. */
  warm(): void;
  /** Removes the runner's temporary files. Lanes must have ended. */
  dispose(): void;
}

export interface NodeRunnerOptions {
  /** The lane's script: `workerText` of `virtual:runner-node`. */
  readonly workerText: string;
  /** Module texts of the shipped libraries: `libraryText` of `virtual:runner-node`. */
  readonly libraryText?: (specifier: string) => Promise<string | undefined>;
  readonly laneCount?: number;
  /** What a lane's heap may grow to; past it the lane dies. Default 2,048. */
  readonly maxHeapMb?: number;
}

export function createNodeRunner(options: NodeRunnerOptions): NodeRunner {
  let folder: string | undefined;
  let spare: Worker | undefined;
  let lastLane = 0;

  function startThread(): Worker {
    if (folder === undefined) {
      folder = mkdtempSync(join(tmpdir(), 'headwater-lanes-'));
      writeFileSync(join(folder, 'lane.mjs'), options.workerText);
      process.once('exit', dispose);
    }
    lastLane += 1;
    return new Worker(pathToFileURL(join(folder, 'lane.mjs')), {
      workerData: { folder, name: `lane-${lastLane}` },
      resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb ?? 2048 },
    });
  }

  function dispose(): void {
    void spare?.terminate();
    spare = undefined;
    process.off('exit', dispose);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  }

  return {
    laneCount: options.laneCount ?? Math.max(2, Math.min(8, availableParallelism())),
    startLane(handler) {
      const thread = spare ?? startThread();
      spare = undefined;
      thread.ref();
      return openLane(thread, handler, options.libraryText ?? (async () => undefined));
    },
    warm() {
      spare ??= startThread();
      spare.unref();
    },
    dispose,
  };
}

function openLane(
  thread: Worker,
  handler: LaneHandler,
  libraryText: (specifier: string) => Promise<string | undefined>,
): Lane {
  let isOver = false;
  const die = (detail: string): void => {
    if (isOver) return;
    isOver = true;
    handler.onDead({ type: 'Crashed', detail });
  };
  thread.on('message', (reply: LaneReply) => {
    if (!isOver) handler.onReply(reply);
  });
  thread.on('error', (error: NodeJS.ErrnoException) => {
    die(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? 'The thread that runs bodies ran out of memory.'
        : `The thread that runs bodies failed: ${error.message}`,
    );
  });
  thread.on('exit', (code) => die(`The thread that runs bodies ended with code ${code}.`));
  const send = createOrderedSend((request) => thread.postMessage(request), libraryText);
  return {
    send(request) {
      if (!isOver) send(request);
    },
    terminate() {
      isOver = true;
      void thread.terminate();
    },
  };
}
