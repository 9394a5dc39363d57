// The one status of a check, from its newest evaluation and the newest run that meant to evaluate it
// (reference §2.4).

import type { CheckRecord, CheckState, CheckStatus } from '#model/checks/check-state.ts';
import { type EventPointer, isTerminal, type RunEvent, type RunStatus } from '#model/events.ts';
import type { AssetId } from '#model/ids.ts';
import type { CheckHead } from './asset-index.ts';

/** An ASSET_CHECK_EVALUATION event as the record it states; undefined when it is none. */
export function checkRecord(event: RunEvent, pointer: EventPointer): CheckRecord | undefined {
  const { type, check, runId, timestamp, message, metadata = {} } = event;
  if (type !== 'ASSET_CHECK_EVALUATION' || check?.passed === undefined) return undefined;
  return {
    runId,
    timestamp,
    passed: check.passed,
    severity: check.severity ?? 'ERROR',
    blocking: check.blocking,
    metadata,
    pointer,
    ...(message === undefined ? {} : { description: message }),
    ...(check.target === undefined ? {} : { target: check.target }),
  };
}

/** `run`: the status of the run that meant to evaluate it last; undefined when the run is gone. */
export function checkState(assetId: AssetId, head: CheckHead, run: RunStatus | undefined): CheckState {
  const pointer = head.evaluations.at(-1);
  const latest = head.latest && pointer && checkRecord(head.latest, pointer);
  return {
    assetId,
    name: head.name,
    status: statusOf(head, latest, run),
    ...(latest === undefined ? {} : { latest }),
    ...(head.plannedIn === undefined ? {} : { runId: head.plannedIn }),
  };
}

function statusOf(
  { plannedIn }: CheckHead,
  latest: CheckRecord | undefined,
  run: RunStatus | undefined,
): CheckStatus {
  if (plannedIn === undefined) return 'never';
  if (latest?.runId === plannedIn) return latest.passed ? 'succeeded' : 'failed';
  if (run !== undefined && !isTerminal(run)) return 'in-progress';
  return run === 'FAILURE' ? 'execution-failed' : 'skipped';
}
