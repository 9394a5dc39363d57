// A thread with a user's module in it, as the command sees it: opened, prepared for a run, a lane, torn down.

import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '#base/result.ts';
import type { Lane, LaneDeath, LaneHandler } from '#engine/ports.ts';
import type { AssetHistory } from '#sdk/context.ts';
import type {
  ModuleLaunch,
  ModulePrepared,
  ModuleReply,
  ModuleRequest,
  ModuleThreadData,
  OpenedModule,
} from './module-protocol.ts';

export interface ModuleThread {
  /** What the module defines, or the lines that say why it cannot be used. */
  readonly opened: Promise<Result<OpenedModule, readonly string[]>>;
  prepare(launch: ModuleLaunch): Promise<ModulePrepared>;
  /** A lane of a prepared run. Ending it ends the thread, unless it has nothing to do. */
  startLane(handler: LaneHandler): Lane;
  readonly isOver: boolean;
  /** Tears down the resources of the prepared run, and says what went wrong with that. */
  tearDown(): Promise<readonly string[]>;
  end(): Promise<void>;
}

export interface ModuleThreadOptions {
  /** URL of the thread's script. */
  readonly script: URL;
  readonly data: ModuleThreadData;
  readonly history: () => AssetHistory | undefined;
  onThrown(stepKey: string, stack: readonly string[]): void;
}

const maxHeapMb = 4096;

export function startModuleThread(options: ModuleThreadOptions): ModuleThread {
  // What the module prints is no result.
  const worker = new Worker(options.script, {
    workerData: options.data,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  worker.stdout.pipe(process.stderr, { end: false });
  let over: string | undefined;
  let lane: { readonly handler: LaneHandler; openSegments: number } | undefined;
  const opened = promiseOf<Result<OpenedModule, readonly string[]>>();
  const prepared = promiseOf<ModulePrepared>();
  const tornDown = promiseOf<readonly string[]>();

  const post = (request: ModuleRequest): void => {
    if (over === undefined) worker.postMessage(request);
  };
  const die = (detail: string): void => {
    if (over !== undefined) return;
    over = detail;
    opened.resolve(err([detail]));
    prepared.resolve({ type: 'setup-failed', message: detail, details: [] });
    tornDown.resolve([]);
    const reason: LaneDeath = { type: 'Crashed', detail };
    lane?.handler.onDead(reason);
    lane = undefined;
  };

  worker.on('error', (error: NodeJS.ErrnoException) =>
    die(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? 'The thread of the module ran out of memory.'
        : `The thread of the module failed: ${error.message ?? String(error)}`,
    ),
  );
  worker.on('exit', (code) => die(`The thread of the module ended with code ${code}.`));
  worker.on('message', async (reply: ModuleReply) => {
    switch (reply.type) {
      case 'opened':
        opened.resolve(ok(reply));
        return;
      case 'refused':
        opened.resolve(err(reply.lines));
        return;
      case 'prepared':
      case 'config-refused':
      case 'setup-failed':
        prepared.resolve(reply);
        return;
      case 'lane':
        takeReply(reply);
        return;
      case 'thrown':
        options.onThrown(reply.stepKey, reply.stack);
        return;
      case 'read-records': {
        const records = (await options.history()?.records(reply.assetKey, reply.limit)) ?? [];
        post({ type: 'records', id: reply.id, records });
        return;
      }
      case 'torn-down':
        tornDown.resolve(reply.problems);
    }
  });

  function takeReply({ reply }: Extract<ModuleReply, { type: 'lane' }>): void {
    if (!lane) return;
    if (typeof reply === 'object' && (reply.type === 'segment-done' || reply.type === 'segment-failed'))
      lane.openSegments -= 1;
    lane.handler.onReply(reply);
  }

  return {
    opened: opened.promise,
    get isOver() {
      return over !== undefined;
    },
    prepare(launch) {
      post({ type: 'prepare', launch });
      return prepared.promise;
    },
    startLane(handler) {
      const own = { handler, openSegments: 0 };
      lane = own;
      post({ type: 'start-lane' });
      return {
        send(request) {
          if (lane !== own) return;
          if (request.type === 'segment') own.openSegments += 1;
          post({ type: 'lane', request });
        },
        terminate() {
          if (lane !== own) return;
          lane = undefined;
          if (own.openSegments === 0) return;
          die('The thread of the module was ended.');
          void worker.terminate();
        },
      };
    },
    tearDown() {
      post({ type: 'tear-down' });
      return tornDown.promise;
    },
    async end() {
      die('The thread of the module has ended.');
      await worker.terminate();
    },
  };
}

function promiseOf<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
