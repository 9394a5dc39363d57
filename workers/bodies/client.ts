// The `BodyRunner` of the browser: lanes in the runner frame, reached by a port each. What a lane answers is
// untrusted until `createReplyGuard` has let it through; the first reply that it refuses closes the port.

import type { LaneRequest } from '#engine/lane-protocol.ts';
import type { BodyRunner, Lane, LaneDeath, LaneHandler } from '#engine/ports.ts';
import type { LaneId, PortRequest } from './contract.ts';
import type { LaneBroker } from './lane-broker.ts';
import { createReplyGuard } from './reply-guard.ts';

export function createPortRunner(broker: LaneBroker): BodyRunner {
  let lastLane = 0;
  return {
    get laneCount() {
      return broker.laneCount;
    },
    startLane(handler) {
      lastLane += 1;
      return openLane(broker, lastLane, handler);
    },
  };
}

function openLane(broker: LaneBroker, id: LaneId, handler: LaneHandler): Lane {
  const guard = createReplyGuard();
  const givenLibraries = new Set<string>();
  let port: MessagePort | undefined;
  let waiting: PortRequest[] = [];
  let isOver = false;
  // Requests keep their order even when one must wait for the text of a library.
  let inOrder: Promise<void> | undefined;

  const end = (): void => {
    isOver = true;
    port?.close();
    waiting = [];
    broker.terminateLane(id);
  };
  const die = (reason: LaneDeath): void => {
    if (isOver) return;
    end();
    handler.onDead(reason);
  };
  const post = (request: PortRequest): void => {
    if (isOver) return;
    if (port === undefined) waiting.push(request);
    else port.postMessage(request);
  };

  broker.requestLane(
    id,
    (given) => {
      if (isOver) return;
      port = given;
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (isOver) return;
        const checked = guard.check(data);
        if (checked.ok) handler.onReply(checked.value);
        else die(checked.error);
      };
      for (const request of waiting) port.postMessage(request);
      waiting = [];
    },
    die,
  );

  async function postWithLibraries(segment: LaneRequest & { type: 'segment' }): Promise<void> {
    for (const specifier of segment.libraries) {
      if (givenLibraries.has(specifier)) continue;
      const text = await broker.libraryText(specifier);
      // Without its text the lane answers that there is no such library.
      if (text === undefined) continue;
      givenLibraries.add(specifier);
      post({ type: 'library', specifier, text });
    }
    post(segment);
  }

  return {
    send(request) {
      if (isOver) return;
      guard.expect(request);
      const needsLibrary =
        request.type === 'segment' && request.libraries.some((specifier) => !givenLibraries.has(specifier));
      if (inOrder === undefined && !needsLibrary) {
        post(request);
        return;
      }
      const turn: Promise<void> = (inOrder ?? Promise.resolve())
        .then(() => (request.type === 'segment' ? postWithLibraries(request) : post(request)))
        .then(() => {
          if (inOrder === turn) inOrder = undefined;
        });
      inOrder = turn;
    },
    terminate() {
      if (!isOver) end();
    },
  };
}
