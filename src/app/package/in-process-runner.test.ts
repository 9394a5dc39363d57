import { expect, test } from 'vitest';
import { defaultLaneLimits, LANE_PROTOCOL_VERSION, type LaneReply } from '#engine/lane-protocol.ts';
import { createInProcessRunner } from './in-process-runner.ts';

test('a body that waits for what the lane cannot see is waited for', async () => {
  const body = () => new Promise((resolve) => setTimeout(() => resolve(1), 1500));
  const runner = createInProcessRunner({ bodyOf: () => body, onValue: () => undefined });
  const outcome = await new Promise((resolve) => {
    const lane = runner.startLane({
      onReply(reply: LaneReply) {
        if (typeof reply === 'object' && reply.type === 'reports') resolve(reply.reports[0]?.outcome);
      },
      onDead: resolve,
    });
    const limits = { ...defaultLaneLimits, idleMs: 100 };
    lane.send({ type: 'open', protocol: LANE_PROTOCOL_VERSION, runId: 'run', runTags: {}, limits });
    const step = {
      step: 0,
      stepKey: 'slow',
      assetKey: 'slow',
      label: 'slow',
      shape: { form: 'asset' as const },
      outputs: [{ name: 'result', assetKey: 'slow', isRequired: true, value: 0 }],
      body: 0,
      inputs: [],
      after: [],
      retryNumber: 0,
    };
    lane.send({ type: 'segment', id: 1, module: '', libraries: [], steps: [step] });
  });
  expect(outcome).toMatchObject({ type: 'success' });
});
