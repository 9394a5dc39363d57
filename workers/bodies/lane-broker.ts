// The engine worker's hold on the runner frame: asks it for lanes, ends them, and notices when it has died.
// Once the page has handed over a frame's control port, the page has no part in any of this: neither a busy
// nor a hidden page delays a cancel or hides a dead runner.

import type { LaneDeath } from '#engine/ports.ts';
import {
  type EngineToPage,
  type FrameId,
  type FrameReply,
  type FrameRequest,
  type LaneId,
  type PageToEngine,
  RUNNER_PROTOCOL_VERSION,
} from './contract.ts';

export interface LaneBroker {
  readonly laneCount: number;
  /** A new lane; its port comes to `onPort` as soon as there is a frame. */
  requestLane(lane: LaneId, listener: LaneListener): void;
  /** Ends the lane's worker at once. */
  terminateLane(lane: LaneId): void;
  /** The text of a shipped library; undefined when there is none. */
  libraryText(specifier: string): Promise<string | undefined>;
}

export interface LaneListener {
  onPort(port: MessagePort): void;
  /** A step of the lane has begun; markers may be left out and may come late. */
  onMarker(step: unknown): void;
  onDead(reason: LaneDeath): void;
}

interface LaneRow {
  readonly listener: LaneListener;
  isPlaced: boolean;
}

interface Frame {
  readonly id: FrameId;
  readonly control: MessagePort;
  /** When the oldest unanswered ping went out. */
  askedAt: number | undefined;
  onTimeTicks: number;
  /** Has it said a word yet? Until then it may still be loading, on however slow a machine. */
  isUp: boolean;
  readonly receivedAt: number;
}

const beatMs = 150;
const silentMs = 600;
const upWithinMs = 20_000;
const warmAfterMs = 60;

/** `page` is the other end of the port that the page gave to `attachRunnerHost`. */
export function createLaneBroker(page: MessagePort): LaneBroker {
  const lanes = new Map<LaneId, LaneRow>();
  const libraries = new Map<string, ((text: string | undefined) => void)[]>();
  let laneCount = 2;
  let frame: Frame | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let warming: ReturnType<typeof setTimeout> | undefined;
  let tickedAt = 0;

  const tellPage = (message: EngineToPage): void => page.postMessage(message);
  const tell = (request: FrameRequest, transfer: Transferable[] = []): void =>
    frame?.control.postMessage(request, transfer);

  function place(lane: LaneId, row: LaneRow): void {
    if (frame === undefined) return;
    row.isPlaced = true;
    const { port1, port2 } = new MessageChannel();
    tell({ type: 'spawn', lane, port: port2 }, [port2]);
    row.listener.onPort(port1);
    keepWatch();
    warmSoon();
  }

  // A spare takes the processor from the run that has just begun, so it waits a little.
  function warmSoon(): void {
    clearTimeout(warming);
    warming = setTimeout(() => tell({ type: 'warm' }), warmAfterMs);
  }

  function keepWatch(): void {
    if (beat !== undefined) return;
    tickedAt = performance.now();
    beat = setInterval(onBeat, beatMs);
  }

  // Silence counts only over beats that came on time themselves: a busy engine or a machine that slept must not
  // pass for a dead frame.
  function onBeat(): void {
    const now = performance.now();
    const isOnTime = now - tickedAt < beatMs * 2;
    tickedAt = now;
    if (frame === undefined) return;
    if (![...lanes.values()].some((row) => row.isPlaced)) {
      clearInterval(beat);
      beat = undefined;
      frame.askedAt = undefined;
      return;
    }
    if (!frame.isUp) {
      if (now - frame.receivedAt > upWithinMs) onFrameDead(frame.id);
      return;
    }
    if (frame.askedAt === undefined) {
      frame.askedAt = now;
      frame.onTimeTicks = 0;
      tell({ type: 'ping', beat: now });
      return;
    }
    if (isOnTime) frame.onTimeTicks += 1;
    if (frame.onTimeTicks >= silentMs / beatMs) onFrameDead(frame.id);
  }

  function onFrameDead(id: FrameId): void {
    if (frame?.id !== id) return;
    frame.control.close();
    frame = undefined;
    tellPage({ type: 'frame-dead', frame: id });
    failLanes((row) => row.isPlaced, {
      type: 'Crashed',
      detail: 'The process that runs bodies has ended: it ran out of memory, or something outside ended it.',
    });
  }

  function failLanes(which: (row: LaneRow) => boolean, reason: LaneDeath): void {
    for (const [lane, row] of [...lanes]) {
      if (!which(row)) continue;
      lanes.delete(lane);
      row.listener.onDead(reason);
    }
  }

  function onFrame(id: FrameId, control: MessagePort): void {
    frame = {
      id,
      control,
      askedAt: undefined,
      onTimeTicks: 0,
      isUp: false,
      receivedAt: performance.now(),
    };
    control.onmessage = ({ data }: MessageEvent<FrameReply>) => {
      if (frame?.id !== id) return;
      frame.isUp = true;
      if (data.type === 'pong') frame.askedAt = undefined;
      if (data.type === 'marker') lanes.get(data.lane)?.listener.onMarker(data.step);
      if (data.type === 'lane-failed') {
        const row = lanes.get(data.lane);
        lanes.delete(data.lane);
        row?.listener.onDead({ type: 'Crashed', detail: `The body worker failed: ${data.detail}` });
      }
    };
    for (const [lane, row] of lanes) if (!row.isPlaced) place(lane, row);
  }

  page.onmessage = ({ data }: MessageEvent<PageToEngine>) => {
    switch (data.type) {
      case 'hello':
        if (data.protocol === RUNNER_PROTOCOL_VERSION) laneCount = data.laneCount;
        return;
      case 'frame':
        onFrame(data.frame, data.control);
        return;
      case 'frame-failed':
        failLanes(() => true, { type: 'Crashed', detail: data.detail });
        return;
      case 'library':
        for (const resolve of libraries.get(data.specifier) ?? []) resolve(data.text);
        libraries.delete(data.specifier);
        return;
    }
  };

  return {
    get laneCount() {
      return laneCount;
    },
    requestLane(lane, listener) {
      const row: LaneRow = { listener, isPlaced: false };
      lanes.set(lane, row);
      place(lane, row);
    },
    terminateLane(lane) {
      if (!lanes.delete(lane)) return;
      tell({ type: 'kill', lane });
      warmSoon();
    },
    libraryText(specifier) {
      return new Promise((resolve) => {
        const waiting = libraries.get(specifier);
        if (waiting) waiting.push(resolve);
        else {
          libraries.set(specifier, [resolve]);
          tellPage({ type: 'library', specifier });
        }
      });
    },
  };
}
