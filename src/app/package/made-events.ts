// What bodies give as the events that the run will record of it, told while the body still runs.

import type { Plan } from '#engine/plan-types.ts';
import { createStepResults, type StepResultsDeps } from '#engine/step-results.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { LaneDeps } from '#workers/bodies/lane-realm.ts';
import { createReportBatch, madeReport } from '#workers/bodies/report-batch.ts';
import { type ResultEvent, resultEvent } from './execute-result.ts';
import { sha256Hex } from './sha256.ts';

/** Something that a body gave: the event that tells of it, and the value if it has one. */
export interface MadeEvent {
  readonly event: ResultEvent;
  readonly hasValue: boolean;
  readonly value: unknown;
}

const told: ReadonlySet<string> = new Set([
  'ASSET_MATERIALIZATION',
  'ASSET_OBSERVATION',
  'ASSET_CHECK_EVALUATION',
]);

/** For the lane of a run: has `onMade` told of each thing. The run itself records it once more, when the step ends. */
export function createMadeEvents(
  run: Pick<StepResultsDeps, 'runId' | 'latestOf' | 'assetIdOf'> & { readonly plan: Plan },
  onMade: (made: MadeEvent) => void | Promise<void>,
): NonNullable<LaneDeps['onMade']> {
  const results = createStepResults({ ...run, sha256: sha256Hex, values: valueFacts });
  return async ({ step: number }, item) => {
    const step = run.plan.steps[number];
    // One for each value of a dynamic result makes no asset.
    if (!step) return;
    let bytes: Uint8Array = new Uint8Array();
    const batch = createReportBatch((reply) => {
      if (typeof reply === 'object' && reply.type === 'reports') ({ bytes } = reply);
    });
    const report = {
      step: number,
      startedAt: performance.timeOrigin + performance.now(),
      durationMs: 0,
      made: [madeReport(item, batch)],
      logs: [],
      outcome: { type: 'success' as const },
    };
    batch.addReport(report);
    batch.flush();
    // Nobody reads its value here.
    const recorded = results.record({ ...step, downstream: [] }, report, bytes, '');
    if (!('events' in recorded)) throw new Error(recorded.message);
    const hasValue = recorded.events.some(({ type }) => type === 'HANDLED_OUTPUT');
    const value = item.made.type === 'output' ? item.made.value : undefined;
    // How long the step took is not known yet.
    for (const { durationMs: _, ...event } of recorded.events)
      if (told.has(event.type)) await onMade({ event: resultEvent(event), hasValue, value });
  };
}
