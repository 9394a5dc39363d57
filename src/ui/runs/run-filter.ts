// Which runs a filter shows.

import type { RunRecord, RunStatus } from '#model/events.ts';
import { statusLabel } from '#ui/kit/status-labels.ts';
import { targetText, triggerText } from './run-facts.ts';

export type StatusFilter = 'all' | 'active' | 'succeeded' | 'failed' | 'stopped';

export interface RunFilter {
  readonly text: string;
  readonly status: StatusFilter;
}

const statuses: Readonly<Record<Exclude<StatusFilter, 'all'>, readonly RunStatus[]>> = {
  active: ['QUEUED', 'STARTING', 'STARTED', 'CANCELING'],
  succeeded: ['SUCCESS'],
  failed: ['FAILURE'],
  stopped: ['CANCELED', 'INTERRUPTED'],
};

/** Every word must be found in the target, id, status, trigger or tags. */
export function matchesRun(run: RunRecord, { text, status }: RunFilter): boolean {
  if (status !== 'all' && !statuses[status].includes(run.status)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const place = [
    targetText(run),
    run.runId,
    statusLabel(run.status),
    triggerText(run),
    ...Object.entries(run.tags).flat(),
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => place.includes(word));
}
