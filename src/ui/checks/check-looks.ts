// How a check stands, as it is shown: a warning is a failure that is not meant to stop anything.

import type { CheckState } from '#model/checks/check-state.ts';

export type CheckLook =
  | 'never'
  | 'running'
  | 'passed'
  | 'failed'
  | 'warning'
  /** The run failed before the check could say anything. */
  | 'broken'
  | 'skipped';

export function checkLook(state: CheckState | undefined): CheckLook {
  switch (state?.status) {
    case undefined:
    case 'never':
      return 'never';
    case 'in-progress':
      return 'running';
    case 'succeeded':
      return 'passed';
    case 'failed':
      return state.latest?.severity === 'WARN' ? 'warning' : 'failed';
    case 'execution-failed':
      return 'broken';
    case 'skipped':
      return 'skipped';
  }
}

export const checkWords: Readonly<Record<CheckLook, string>> = {
  never: 'Never run',
  running: 'Running',
  passed: 'Passed',
  failed: 'Failed',
  warning: 'Warning',
  broken: 'Could not run',
  skipped: 'Skipped',
};

/** How many of an asset's checks stand well, badly, and neither. */
export interface CheckCounts {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly open: number;
}

export function countLooks(looks: readonly CheckLook[]): CheckCounts {
  const count = (...wanted: CheckLook[]) => looks.filter((look) => wanted.includes(look)).length;
  return {
    passed: count('passed'),
    warned: count('warning'),
    failed: count('failed', 'broken'),
    open: count('never', 'running', 'skipped'),
  };
}

/** "2 passed, 1 failed, 1 not run". */
export function countsText({ passed, warned, failed, open }: CheckCounts): string {
  const parts = [
    [passed, 'passed'],
    [warned, 'with a warning'],
    [failed, 'failed'],
    [open, 'not run'],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, words]) => `${n} ${words}`)
    .join(', ');
}
