// What can be said of a run from its record alone.

import { isTerminal, type RunRecord, type RunStatus } from '#model/events.ts';
import { formatPlural } from '#ui/kit/format.ts';

/** Until now for runs under way; undefined before the start. */
export function runDurationMs(run: RunRecord, now: number): number | undefined {
  if (run.startedAt === undefined) return undefined;
  return Math.max(0, (run.endedAt ?? (isTerminal(run.status) ? run.startedAt : now)) - run.startedAt);
}

const triggers: Readonly<Record<RunRecord['trigger'], string>> = {
  manual: 'Manual',
  'command line': 'Command line',
  api: 'API',
  retry: 'Re-execution',
};

export const triggerText = (run: RunRecord): string => triggers[run.trigger];

export const targetText = (run: RunRecord): string =>
  run.target === 'all' ? `All assets (${run.assetIds.length.toLocaleString('en-US')})` : run.target;

export const isResumable = (status: RunStatus): boolean =>
  status === 'FAILURE' || status === 'INTERRUPTED' || status === 'CANCELED';

/** "12 of 14 steps done, 1 failed, 1 skipped". */
export function stepsText(run: RunRecord): string {
  const parts = [`${run.succeeded.toLocaleString('en-US')} of ${formatPlural(run.stepCount, 'step')} done`];
  if (run.failed > 0) parts.push(`${run.failed.toLocaleString('en-US')} failed`);
  if (run.skipped > 0) parts.push(`${run.skipped.toLocaleString('en-US')} skipped`);
  return parts.join(', ');
}
