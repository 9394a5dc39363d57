// Drives a lane as the engine does, for tests: opens it, sends segments made of body texts, gathers what it says.
// Test code only.

import {
  defaultLaneLimits,
  LANE_PROTOCOL_VERSION,
  type LaneLimits,
  type LaneReply,
  type LaneRequest,
  type LaneResource,
  type SegmentStep,
  type StepReport,
} from '#engine/lane-protocol.ts';
import type { LaneDeath, LaneHandler } from '#engine/ports.ts';
import { decodeValue } from '#model/values/decode-value.ts';

/** A body as module text: what follows `export default`. */
export interface TestSegment {
  readonly bodies: readonly string[];
  readonly shared?: Readonly<Record<string, string>>;
  readonly libraries?: readonly string[];
  /** Inputs of each step, by body. Steps are numbered from `first`. */
  readonly inputs?: Readonly<Record<number, readonly (readonly [string, number])[]>>;
  /** Steps that must have succeeded before, by body. */
  readonly after?: Readonly<Record<number, readonly number[]>>;
  readonly first?: number;
  readonly step?: Partial<SegmentStep>;
}

export interface SegmentOutcome {
  readonly reports: readonly StepReport[];
  readonly replies: readonly LaneReply[];
  /** The value that a step made, decoded from the bytes that came with its report. */
  value(step: number): unknown;
}

export interface LaneDriver {
  readonly handler: LaneHandler;
  readonly replies: readonly LaneReply[];
  open(limits?: Partial<LaneLimits>): void;
  /** Sends what a resource is made from: the text of a module that returns `{ default: … }`. */
  resource(key: string, text: string, more?: Partial<LaneResource>): void;
  close(): void;
  start(segment: TestSegment): number;
  /** Sends a segment and waits until all of it has been reported. */
  run(segment: TestSegment): Promise<SegmentOutcome>;
  /** Resolves when a reply that fits has come. */
  until<T extends LaneReply>(fits: (reply: LaneReply) => reply is T): Promise<T>;
  until(fits: (reply: LaneReply) => boolean): Promise<LaneReply>;
  readonly dead: Promise<LaneDeath>;
}

/** The text of a segment module, as engine/segment-module.ts writes it. */
export function segmentText({ bodies, shared = {} }: TestSegment): string {
  const factories = bodies.map((body) => `function (__load) {\nreturn void 0, ${body}\n}`);
  const modules = Object.entries(shared).map(
    ([name, text]) => `${JSON.stringify(name)}: function (__load) {\n${text}\n}`,
  );
  return `export const bodies = [${factories.join(',\n')}];\nexport const shared = {${modules.join(',\n')}};`;
}

export function createLaneDriver(send: (request: LaneRequest) => void): LaneDriver {
  const replies: LaneReply[] = [];
  const values = new Map<number, Uint8Array>();
  const waiting = new Set<() => void>();
  let lastSegment = 0;
  let die: (reason: LaneDeath) => void = () => undefined;
  const dead = new Promise<LaneDeath>((resolve) => {
    die = resolve;
  });

  const until = (fits: (reply: LaneReply) => boolean): Promise<LaneReply> =>
    new Promise((resolve) => {
      let next = 0;
      const look = (): void => {
        for (; next < replies.length; next += 1) {
          const reply = replies[next] as LaneReply;
          if (!fits(reply)) continue;
          waiting.delete(look);
          resolve(reply);
          return;
        }
      };
      waiting.add(look);
      look();
    });

  const driver: LaneDriver = {
    replies,
    dead,
    handler: {
      onReply(reply) {
        if (typeof reply === 'object' && reply.type === 'reports')
          for (const report of reply.reports)
            for (const item of report.made)
              if (item.type === 'output' && item.value)
                values.set(
                  report.step,
                  reply.bytes.slice(item.value.offset, item.value.offset + item.value.length),
                );
        replies.push(reply);
        for (const look of [...waiting]) look();
      },
      onDead: (reason) => die(reason),
    },
    open(limits = {}) {
      send({
        type: 'open',
        protocol: LANE_PROTOCOL_VERSION,
        runId: 'run-1',
        runTags: { team: 'data' },
        limits: { ...defaultLaneLimits, ...limits },
      });
    },
    resource(key, text, more = {}) {
      const specifier = `#resource/${key}`;
      const module = segmentText({ bodies: [], shared: { [specifier]: text } });
      send({ type: 'resource', key, specifier, module, libraries: [], firstLine: 3, env: {}, ...more });
    },
    close: () => send({ type: 'close' }),
    start(segment) {
      lastSegment += 1;
      const first = segment.first ?? 0;
      send({
        type: 'segment',
        id: lastSegment,
        module: segmentText(segment),
        libraries: segment.libraries ?? [],
        steps: segment.bodies.map((_, body) => ({
          step: first + body,
          stepKey: `s${first + body}`,
          assetKey: `s${first + body}`,
          label: `s${first + body}`,
          shape: { form: 'asset' as const },
          outputs: [
            {
              name: 'result',
              assetKey: segment.step?.assetKey ?? `s${first + body}`,
              value: first + body,
            },
          ],
          body,
          inputs: segment.inputs?.[body] ?? [],
          after: segment.after?.[body] ?? [],
          retryNumber: 0,
          ...segment.step,
        })),
      });
      return lastSegment;
    },
    async run(segment) {
      const from = replies.length;
      const id = driver.start(segment);
      const ended = await until(
        (reply) =>
          typeof reply === 'object' &&
          (reply.type === 'segment-done' || reply.type === 'segment-failed') &&
          reply.id === id,
      );
      const own = replies.slice(from, replies.indexOf(ended) + 1);
      return {
        replies: own,
        reports: own.flatMap((reply) =>
          typeof reply === 'object' && reply.type === 'reports' ? reply.reports : [],
        ),
        value(step) {
          const bytes = values.get(step);
          return bytes === undefined ? undefined : decodeValue(bytes);
        },
      };
    },
    until: until as LaneDriver['until'],
  };
  return driver;
}

/** The failure of a report, in one line; "success" when there is none. */
export function outcomeText(report: StepReport | undefined): string {
  if (report === undefined) return 'no report';
  const { outcome } = report;
  return outcome.type === 'success' ? 'success' : `${outcome.error.name}: ${outcome.error.message}`;
}
