// The `BodyRunner` of the browser: lanes in the runner frame, reached by a port each. What a lane answers is
// untrusted until `createReplyGuard` has let it through; the first reply that it refuses closes the port.

import type { BodyRunner, Lane, LaneDeath, LaneHandler } from '#engine/ports.ts';
import type { LaneId } from './contract.ts';
import type { LaneBroker } from './lane-broker.ts';
import { createOrderedSend } from './ordered-send.ts';
import type { PortRequest } from './port-request.ts';
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
  let port: MessagePort | undefined;
  let waiting: PortRequest[] = [];
  let isOver = false;

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
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (isOver) return;
    const checked = guard.check(data);
    if (checked.ok) handler.onReply(checked.value);
    else die(checked.error);
  };
  const send = createOrderedSend(
    (request) => {
      if (isOver) return;
      if (port === undefined) waiting.push(request);
      else port.postMessage(request);
    },
    (specifier) => broker.libraryText(specifier),
  );

  broker.requestLane(id, {
    onPort(given) {
      if (isOver) return;
      port = given;
      port.onmessage = onMessage;
      for (const request of waiting) port.postMessage(request);
      waiting = [];
    },
    onMarker(step) {
      if (!isOver && guard.isNewMarker(step)) handler.onReply(step);
    },
    onDead: die,
  });
  return {
    send(request) {
      if (isOver) return;
      guard.expect(request);
      send(request);
    },
    terminate() {
      if (!isOver) end();
    },
  };
}
