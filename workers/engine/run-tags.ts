// The tags under which a run is remembered: whose steps it carries on (reference §7.4), how many were reused.

import type { Plan } from '#engine/plan-types.ts';
import type { LaunchRequest } from '#engine/workspace-port.ts';
import type { RunRecord } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';

export function runTags(
  { reexecution }: LaunchRequest,
  { steps, reused }: Plan,
  runOf: (id: RunId) => RunRecord | undefined,
): Record<string, string> {
  const tags: Record<string, string> = reused.length > 0 ? { 'headwater/reused': String(reused.length) } : {};
  if (!reexecution) return tags;
  const { parentRunId, strategy } = reexecution;
  const selection = steps.map((step) => step.stepKey).join(',');
  return {
    ...tags,
    'dagster/parent_run_id': parentRunId,
    'dagster/root_run_id': runOf(parentRunId)?.tags['dagster/root_run_id'] ?? parentRunId,
    ...(strategy === 'FROM_FAILURE' ? { 'dagster/is_resume_retry': 'true' } : {}),
    ...(strategy === 'SELECTED_STEPS' ? { 'dagster/step_selection': selection } : {}),
  };
}
