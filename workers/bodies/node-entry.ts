// A lane in a Node worker thread. Bodies run here with the user's own rights, so nothing is hidden from them; the
// lane only sees to it that a step's console lines, timers and stray rejections are its own. Bundled to one
// ES module (`virtual:runner-node`).

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { createBodyConsole } from './body-console.ts';
import { createLaneHandler } from './handler.ts';
import { laneCodec } from './lane-codec.ts';
import type { RealmSink } from './lane-realm.ts';
import type { PortRequest } from './port-request.ts';
import { createStepTimers } from './step-timers.ts';

/** What the runner gives a lane at its start. */
export interface NodeLaneData {
  /** A folder for module files, emptied as they are loaded. */
  readonly folder: string;
  readonly name: string;
}

function startNodeLane(): void {
  const port = parentPort;
  if (port === null) throw new Error('A lane runs in a worker thread.');
  const { folder, name } = workerData as NodeLaneData;
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis;
  let sink: RealmSink | undefined;
  let files = 0;
  const texts = new Map<string, string>();
  const timers = createStepTimers({
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    setInterval: (callback, delayMs) => setInterval(callback, delayMs),
    clearInterval: (handle) => clearInterval(handle as NodeJS.Timeout),
  });
  Error.stackTraceLimit = 25;
  Object.assign(globalThis, timers.api, {
    console: createBodyConsole((level, message) => sink?.onConsole(level, message)),
  });
  process.on('unhandledRejection', (reason) => sink?.onUnhandledRejection(reason));
  process.on('uncaughtException', (thrown) => sink?.onUnhandledRejection(thrown));

  const importText = async (text: string): Promise<{ exports: unknown; url: string }> => {
    files += 1;
    const file = join(folder, `${name}-${files}.mjs`);
    writeFileSync(file, text);
    const url = pathToFileURL(file).href;
    try {
      return { exports: await import(/* @vite-ignore */ url), url };
    } finally {
      rmSync(file, { force: true });
    }
  };

  const handle = createLaneHandler({
    post: (reply, transfer) => port.postMessage(reply, transfer),
    now: () => performance.timeOrigin + performance.now(),
    yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
    importModule: importText,
    async loadLibrary(specifier) {
      const text = texts.get(specifier);
      if (text === undefined) throw new Error(`There is no library “${specifier}”.`);
      return Object.freeze({ ...((await importText(text)).exports as object) });
    },
    every(periodMs, callback) {
      const handle = setInterval(callback, periodMs);
      return () => clearInterval(handle);
    },
    timers,
    codec: laneCodec,
    listen(given) {
      sink = given;
    },
  });
  port.on('message', (request: PortRequest) => {
    if (request.type === 'library') texts.set(request.specifier, request.text);
    else handle(request);
  });
}

startNodeLane();
