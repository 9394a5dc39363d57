// The engine's stand-in: starts lanes through the real client and says what they answered, and when.

import {
  defaultLaneLimits,
  LANE_PROTOCOL_VERSION,
  type LaneLimits,
  type LaneReply,
} from '#engine/lane-protocol.ts';
import { plainStep } from '#engine/plain-step.ts';
import type { BodyRunner, Lane } from '#engine/ports.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { createPortRunner } from '#workers/bodies/client.ts';
import { createLaneBroker } from '#workers/bodies/lane-broker.ts';

export type EngineCommand =
  | { readonly type: 'lane'; readonly lane: string; readonly limits?: Partial<LaneLimits> }
  | {
      readonly type: 'run';
      readonly lane: string;
      /** JavaScript of a whole segment module. */
      readonly module: string;
      readonly steps: number;
      readonly libraries?: readonly string[];
      /** Also settle when this marker comes, or this many milliseconds have passed. */
      readonly untilMarker?: number;
      readonly withinMs?: number;
      /** Leaves out the replies and values, which are much work for the page to read. */
      readonly isQuiet?: boolean;
    }
  | { readonly type: 'terminate'; readonly lane: string }
  /** Ends a lane, starts another, and times it until its first step is reported. */
  | { readonly type: 'restart'; readonly lane: string; readonly module: string };

export interface LaneRecord {
  readonly replies: readonly LaneReply[];
  /** The values of the steps that made one. */
  readonly values: Readonly<Record<number, unknown>>;
  readonly death?: { readonly type: string; readonly detail: string };
  readonly tookMs: number;
  /** Reports, and the time from the first step's start to the last's. */
  readonly reports: number;
  readonly loopMs: number;
  readonly firstStartedAt: number;
}

export interface RestartRecord extends LaneRecord {
  /** From the end of the old lane to the start of the next body. */
  readonly runningMs: number;
}

interface Row {
  lane: Lane;
  replies: LaneReply[];
  death: LaneRecord['death'];
  changed: () => void;
}

let runner: BodyRunner;
const lanes = new Map<string, Row>();
let lastSegment = 0;

function startLane(name: string, limits: Partial<LaneLimits> = {}): Row {
  const row: Row = { lane: undefined as never, replies: [], death: undefined, changed: () => undefined };
  row.lane = runner.startLane({
    onReply(reply) {
      row.replies.push(reply);
      row.changed();
    },
    onDead(reason) {
      row.death = reason;
      row.changed();
    },
  });
  row.lane.send({
    type: 'open',
    protocol: LANE_PROTOCOL_VERSION,
    runId: 'run-1',
    runTags: {},
    limits: { ...defaultLaneLimits, ...limits },
  });
  lanes.set(name, row);
  return row;
}

async function runSegment(
  row: Row,
  command: {
    module: string;
    steps: number;
    libraries?: readonly string[];
    untilMarker?: number;
    withinMs?: number;
    isQuiet?: boolean;
  },
): Promise<LaneRecord> {
  const begunAt = performance.now();
  row.replies = [];
  lastSegment += 1;
  const id = lastSegment;
  row.lane.send({
    type: 'segment',
    id,
    module: command.module,
    libraries: command.libraries ?? [],
    steps: Array.from({ length: command.steps }, (_, step) =>
      plainStep(step, { key: `s${step}`, body: step }),
    ),
  });
  const isOver = (): boolean =>
    row.death !== undefined ||
    (command.untilMarker !== undefined && row.replies.includes(command.untilMarker)) ||
    row.replies.some(
      (reply) =>
        typeof reply === 'object' &&
        (reply.type === 'segment-done' || reply.type === 'segment-failed') &&
        reply.id === id,
    );
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, command.withinMs ?? 60_000));
  const over = new Promise<void>((resolve) => {
    row.changed = () => {
      if (isOver()) resolve();
    };
    row.changed();
  });
  await Promise.race([over, deadline]);
  const reports = row.replies.flatMap((reply) =>
    typeof reply === 'object' && reply.type === 'reports' ? reply.reports : [],
  );
  return {
    replies: command.isQuiet ? [] : row.replies.map(withoutLogs),
    values: command.isQuiet ? {} : decodeValues(row.replies),
    reports: reports.length,
    firstStartedAt: reports[0]?.startedAt ?? Number.NaN,
    loopMs: (reports.at(-1)?.startedAt ?? 0) - (reports[0]?.startedAt ?? 0),
    ...(row.death === undefined ? {} : { death: row.death }),
    tookMs: performance.now() - begunAt,
  };
}

// At most ten lines a step: a flood's thousands would be a load of the harness's own making.
function withoutLogs(reply: LaneReply): LaneReply {
  if (typeof reply !== 'object') return reply;
  if (reply.type === 'logs') return { ...reply, logs: reply.logs.slice(0, 10) };
  if (reply.type !== 'reports') return reply;
  return {
    ...reply,
    reports: reply.reports.map((report) => ({ ...report, logs: report.logs.slice(0, 10) })),
  };
}

function decodeValues(replies: readonly LaneReply[]): Record<number, unknown> {
  const values: Record<number, unknown> = {};
  for (const reply of replies)
    if (typeof reply === 'object' && reply.type === 'reports')
      for (const { step, made } of reply.reports)
        for (const item of made)
          if (item.type === 'output' && item.value)
            values[step] = decodeValue(
              reply.bytes.slice(item.value.offset, item.value.offset + item.value.length),
            );
  return values;
}

function rowOf(name: string): Row {
  return lanes.get(name) ?? startLane(name);
}

async function obey(command: EngineCommand): Promise<unknown> {
  switch (command.type) {
    case 'lane':
      startLane(command.lane, command.limits);
      return undefined;
    case 'run':
      return runSegment(rowOf(command.lane), command);
    case 'terminate':
      lanes.get(command.lane)?.lane.terminate();
      lanes.delete(command.lane);
      return undefined;
    case 'restart': {
      const begunAt = performance.now();
      const begunAtTime = performance.timeOrigin + begunAt;
      lanes.get(command.lane)?.lane.terminate();
      const row = startLane(command.lane);
      const record = await runSegment(row, { module: command.module, steps: 1 });
      return { ...record, runningMs: record.firstStartedAt - begunAtTime };
    }
  }
}

self.onmessage = ({ data }: MessageEvent<{ runner?: MessagePort; id?: number; command?: EngineCommand }>) => {
  if (data.runner) runner = createPortRunner(createLaneBroker(data.runner));
  const { id, command } = data;
  if (command) void obey(command).then((value) => self.postMessage({ id, value }));
};
