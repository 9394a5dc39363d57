import { expect, test } from 'vitest';
import { ok } from '#base/result.ts';
import type { RunRecord } from '#model/events.ts';
import { asProjectId, asRunId } from '#model/ids.ts';
import { createCommitQueue } from './commit-queue.ts';
import { runEvent } from './step-events.ts';

const runId = asRunId('run');
const record: RunRecord = {
  runId,
  status: 'STARTED',
  target: 'all',
  trigger: 'manual',
  createdAt: 0,
  stepCount: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  tags: {},
  fencing: 1,
  assetIds: [],
};

test('what is added just when the queue has run dry is written too', async () => {
  for (let turns = 0; turns < 12; turns += 1) {
    const written: string[] = [];
    const queue = createCommitQueue({
      commit: async ({ events }) => {
        written.push(...events.map(({ type }) => type));
        return ok(1);
      },
      currentRun: () => record,
      header: { projectId: asProjectId('p'), runId, fencing: 1 },
      onCommitted: () => undefined,
      onFailed: () => undefined,
    });
    queue.add([]);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    queue.add([runEvent(runId, 'RUN_SUCCESS', 0)]);
    await queue.drain();
    expect(written).toEqual(['RUN_SUCCESS']);
  }
});
