// Makes one resource in a lane of its own, as a run would, and tears it down again: does its class fit its fields?

import type { LogLine, StepReport } from './lane-protocol.ts';
import { defaultLaneLimits, LANE_PROTOCOL_VERSION, type LaneResource } from './lane-protocol.ts';
import type { BodyRunner, Clock } from './ports.ts';
import { createRedactor } from './redact.ts';
import { buildSegmentModule } from './segment-module.ts';

export interface ResourceTrial {
  readonly ok: boolean;
  /** From the first message to the lane to its last. */
  readonly durationMs: number;
  readonly logs: readonly LogLine[];
  /** Why it could not be made, or what ended the lane. */
  readonly problem?: string;
}

const limitMs = 30_000;

/** Never rejects. `secrets` are hidden in all that it says. */
export function tryResource(
  resource: LaneResource,
  secrets: readonly string[],
  { runner, clock }: { readonly runner: BodyRunner; readonly clock: Clock },
): Promise<ResourceTrial> {
  const redact = createRedactor(secrets);
  const startedAt = clock.now();
  return new Promise((resolve) => {
    const logs: LogLine[] = [];
    let problem: string | undefined;
    let isOver = false;
    const end = (last?: string): void => {
      if (isOver) return;
      isOver = true;
      stopWaiting();
      lane.terminate();
      const why = last ?? problem;
      resolve(
        redact({
          ok: why === undefined,
          durationMs: clock.now() - startedAt,
          logs,
          ...(why === undefined ? {} : { problem: why }),
        }),
      );
    };
    const stopWaiting = clock.after(limitMs, () =>
      end(`It took longer than ${limitMs / 1000} s and was stopped.`),
    );
    const lane = runner.startLane({
      onReply(reply) {
        if (typeof reply === 'number') return;
        if (reply.type === 'segment-failed') end(reply.error.message);
        else if (reply.type === 'logs') logs.push(...reply.logs);
        else if (reply.type === 'reports') {
          for (const report of reply.reports) {
            logs.push(...report.logs);
            problem ??= problemOf(report);
          }
        } else if (reply.type === 'segment-done') lane.send({ type: 'close' });
        else if (reply.type === 'closed') {
          logs.push(...reply.logs);
          problem ??= reply.logs.find(({ level, source }) => level === 'ERROR' && source === 'log')?.message;
          end();
        }
      },
      onDead: ({ detail }) => end(detail),
    });
    const code = { js: 'return () => undefined', lineCount: 1, imports: [], tokens: '' };
    const { text } = buildSegmentModule([{ name: resource.key, code }], []);
    lane.send({
      type: 'open',
      protocol: LANE_PROTOCOL_VERSION,
      runId: 'test',
      runTags: {},
      limits: defaultLaneLimits,
    });
    lane.send({ type: 'resource', ...resource });
    lane.send({
      type: 'segment',
      id: 0,
      module: text,
      libraries: [],
      steps: [
        {
          step: 0,
          stepKey: 'test',
          assetKey: resource.key,
          label: resource.key,
          shape: { form: 'op' },
          outputs: [],
          resources: [resource.key],
          body: 0,
          inputs: [],
          after: [],
          retryNumber: 0,
        },
      ],
    });
  });
}

const problemOf = ({ outcome }: StepReport): string | undefined =>
  outcome.type === 'success' ? undefined : `${outcome.error.name}: ${outcome.error.message}`;
