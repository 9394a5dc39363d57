import type { StepRow } from './step-rows.ts';

/** How long the body of a step ran, or runs until now. */
export function stepDurationMs(row: StepRow, now: number): number | undefined {
  if (row.durationMs !== undefined) return row.durationMs;
  if (row.startedAt === undefined) return undefined;
  return Math.max(0, (row.endedAt ?? now) - row.startedAt);
}
