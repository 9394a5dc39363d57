// The `BodyRunner` over a module: one lane in the module's own thread. When a body does not let go of the thread, the
// thread is ended, and the module is loaded anew for the steps that are left.

import type { LaneRequest } from '#engine/lane-protocol.ts';
import type { BodyRunner, Lane, LaneHandler } from '#engine/ports.ts';
import type { ModulePrepared } from './module-protocol.ts';
import type { ModuleThread } from './module-thread.ts';

export interface ModuleRunner extends BodyRunner {
  /** The thread that is prepared now. */
  readonly thread: ModuleThread;
}

export interface ModuleRunnerOptions {
  /** A thread that is opened and prepared. */
  readonly first: ModuleThread;
  startThread(): ModuleThread;
  prepare(thread: ModuleThread): Promise<ModulePrepared>;
}

export function createModuleRunner({ first, startThread, prepare }: ModuleRunnerOptions): ModuleRunner {
  let thread = first;

  return {
    laneCount: 1,
    get thread() {
      return thread;
    },
    startLane(handler) {
      if (!thread.isOver) return thread.startLane(handler);
      thread = startThread();
      return laneWhenReady(thread, handler, prepare);
    },
  };
}

/** A lane that keeps what it is sent until its thread is prepared. */
function laneWhenReady(
  thread: ModuleThread,
  handler: LaneHandler,
  prepare: ModuleRunnerOptions['prepare'],
): Lane {
  const early: LaneRequest[] = [];
  let lane: Lane | undefined;
  let isOver = false;

  async function start(): Promise<void> {
    const opened = await thread.opened;
    const reply = opened.ok ? await prepare(thread) : undefined;
    if (isOver) return;
    if (reply?.type !== 'prepared') {
      isOver = true;
      const detail = opened.ok ? (reply?.message ?? '') : opened.error.join('\n');
      handler.onDead({ type: 'Crashed', detail });
      return;
    }
    lane = thread.startLane(handler);
    for (const request of early.splice(0)) lane.send(request);
  }

  void start();
  return {
    send(request) {
      if (lane) lane.send(request);
      else early.push(request);
    },
    terminate() {
      isOver = true;
      if (lane) lane.terminate();
      else void thread.end();
    },
  };
}
