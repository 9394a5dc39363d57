// P6 across lanes: the rows are made in one lane, and their bytes go through the engine to another. Drives lanes of
// the real runner as the engine does.

import { defaultLaneLimits, LANE_PROTOCOL_VERSION, type StepReport } from '#engine/lane-protocol.ts';
import { plainStep } from '#engine/plain-step.ts';
import type { BodyRunner } from '#engine/ports.ts';
import { handOffBodies } from './rows-text.ts';

export interface AcrossLanes {
  /** From the report's arrival at the engine to the reader's first line: transfer and decoding. */
  readonly handOffMs: number;
  /** Of the maker: from its return to its report. */
  readonly encodeMs: number;
  readonly isEqual: boolean;
}

interface Made {
  readonly report: StepReport;
  readonly bytes: Uint8Array;
  readonly at: number;
}

export async function measureAcrossLanes(runner: BodyRunner, rows: number): Promise<AcrossLanes> {
  const bodies = handOffBodies(rows);
  const maker = openLane(runner);
  const reader = openLane(runner);
  const made = await maker.run(bodies.rows, [], 0);
  // A lane that has begun, so that its start is no part of the hand-off.
  await reader.run('export default () => 1', [], 1);
  const output = made.report.made[0];
  if (output?.type !== 'output' || !output.value) throw new Error('The rows were not made.');
  const { offset, length } = output.value;
  const sentAt = performance.timeOrigin + performance.now();
  const read = await reader.run(bodies.reader, [['rows', 0]], 2, made.bytes.slice(offset, offset + length));
  maker.end();
  reader.end();
  const madeAt = Number(textOf(made.report, 'at'));
  return {
    handOffMs: Number(textOf(read.report, 'at')) - sentAt,
    encodeMs: made.report.startedAt + made.report.durationMs - madeAt,
    isEqual: numberOf(made.report) === numberOf(read.report),
  };
}

const textOf = (report: StepReport, label: string) => report.made[0]?.metadata?.[label]?.value;
const numberOf = (report: StepReport) => report.made[0]?.metadata?.checksum?.value;

function openLane(runner: BodyRunner) {
  let resolveRun: ((made: Made) => void) | undefined;
  let rejectRun: ((reason: Error) => void) | undefined;
  let segment = 0;
  const lane = runner.startLane({
    onReply(reply) {
      if (typeof reply !== 'object' || reply.type !== 'reports') return;
      const [report] = reply.reports;
      if (report?.outcome.type === 'success')
        resolveRun?.({ report, bytes: reply.bytes, at: performance.timeOrigin + performance.now() });
      else rejectRun?.(new Error(JSON.stringify(report?.outcome)));
    },
    onDead: (reason) => rejectRun?.(new Error(reason.detail)),
  });
  lane.send({
    type: 'open',
    protocol: LANE_PROTOCOL_VERSION,
    runId: 'bench',
    runTags: {},
    limits: defaultLaneLimits,
  });
  return {
    run(
      body: string,
      inputs: readonly (readonly [string, number])[],
      step: number,
      value?: Uint8Array,
    ): Promise<Made> {
      const answer = new Promise<Made>((resolve, reject) => {
        resolveRun = resolve;
        rejectRun = reject;
      });
      if (value) lane.send({ type: 'values', values: [{ id: inputs[0]![1], bytes: value }] });
      segment += 1;
      lane.send({
        type: 'segment',
        id: segment,
        module: moduleOf(body),
        libraries: [],
        steps: [plainStep(step, { inputs })],
      });
      return answer;
    },
    end: () => lane.terminate(),
  };
}

// As engine/segment-module.ts would write it.
const moduleOf = (body: string) =>
  `export const bodies = [function (__load) { const { MaterializeResult } = __load("headwater");\n${body
    .replace(/^import .*\n/, '')
    .replace('export default', 'return void 0,')}\n},];\nexport const shared = {};`;
