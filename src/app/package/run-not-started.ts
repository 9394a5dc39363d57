// A run that ended before its first step, because a resource could not be set up.

import { type Plan, plannedAssets } from '#engine/plan-types.ts';
import type { Clock, EventSegment, RunStore } from '#engine/ports.ts';
import { runEvent } from '#engine/step-events.ts';
import type { RunEvent, RunRecord } from '#model/events.ts';
import type { ProjectId, RunId } from '#model/ids.ts';

export async function runFailedToStart(run: {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  readonly fencing: number;
  readonly plan: Plan;
  readonly target: string;
  readonly trigger: RunRecord['trigger'];
  readonly tags: Readonly<Record<string, string>>;
  readonly store: Pick<RunStore, 'commit'>;
  readonly clock: Clock;
  readonly thrown: unknown;
  onCommitted(segment: EventSegment): void;
}): Promise<{ readonly run: RunRecord; readonly events: readonly RunEvent[] }> {
  const { projectId, runId, fencing, plan, target, trigger, tags, clock } = run;
  const at = clock.now();
  const message = run.thrown instanceof Error ? run.thrown.message : String(run.thrown);
  const events = [
    runEvent(runId, 'RUN_ENQUEUED', at),
    runEvent(runId, 'RUN_STARTING', at),
    runEvent(runId, 'RUN_START', at),
    runEvent(runId, 'RESOURCE_INIT_STARTED', at),
    runEvent(runId, 'RESOURCE_INIT_FAILURE', at, message),
    runEvent(runId, 'RUN_FAILURE', at, message),
  ];
  const record: RunRecord = {
    runId,
    status: 'FAILURE',
    target,
    trigger,
    createdAt: at,
    startedAt: at,
    endedAt: at,
    stepCount: plan.steps.length,
    succeeded: 0,
    failed: 0,
    skipped: 0,
    tags,
    fencing,
    assetIds: plannedAssets(plan),
  };
  const written = await run.store.commit({ projectId, runId, fencing, packs: [], events, run: record });
  if (written.ok) run.onCommitted({ seq: written.value, runId, events });
  return { run: record, events };
}
