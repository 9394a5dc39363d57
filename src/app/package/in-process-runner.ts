// A lane in the caller's own realm, for `materialize` over functions: the segment's text is not evaluated,
// the functions themselves are called. One lane: steps run one after another.

import type { LaneRequest, SegmentStep } from '#engine/lane-protocol.ts';
import type { BodyRunner } from '#engine/ports.ts';
import type { AnyBody } from '#sdk/assets-definition.ts';
import type { MadeOutput } from '#sdk/made.ts';
import { createLaneHandler } from '#workers/bodies/handler.ts';
import { laneCodec } from '#workers/bodies/lane-codec.ts';
import type { LaneDeps } from '#workers/bodies/lane-realm.ts';
import { createStepTimers } from '#workers/bodies/step-timers.ts';

export interface InProcessHost extends Pick<LaneDeps, 'resources' | 'history' | 'onStepEnd' | 'onMade'> {
  bodyOf(step: SegmentStep): AnyBody;
  onValue(step: SegmentStep, made: MadeOutput): void;
}

/** Runs the bodies that the host has for steps. */
export function createInProcessRunner(host: InProcessHost): BodyRunner {
  return {
    laneCount: 1,
    startLane(handler) {
      let ended = false;
      // Segments load in the order in which they are sent.
      const segments: Extract<LaneRequest, { type: 'segment' }>[] = [];
      const handle = createLaneHandler({
        ...host,
        post: (reply) => {
          if (!ended) handler.onReply(reply);
        },
        now: () => performance.timeOrigin + performance.now(),
        yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
        importModule: async () => {
          const segment = segments.shift();
          const bodies = (segment?.steps ?? []).map((step) => () => host.bodyOf(step));
          return { exports: { bodies, shared: {} }, url: 'in-process' };
        },
        loadLibrary: (specifier) => Promise.reject(new Error(`There is no library “${specifier}”.`)),
        every(periodMs, callback) {
          const interval = setInterval(callback, periodMs);
          interval.unref();
          return () => clearInterval(interval);
        },
        timers: createStepTimers({
          setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
          clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
          setInterval: (callback, delayMs) => setInterval(callback, delayMs),
          clearInterval: (timer) => clearInterval(timer as NodeJS.Timeout),
        }),
        codec: laneCodec,
        listen: () => undefined,
      });
      return {
        send(request) {
          if (request.type === 'segment') segments.push(request);
          // The realm's own timers and sockets are not seen here, so quiet says nothing about a body.
          handle(
            request.type === 'open'
              ? { ...request, limits: { ...request.limits, idleMs: Number.POSITIVE_INFINITY } }
              : request,
          );
        },
        terminate() {
          ended = true;
        },
      };
    },
  };
}
