// The second line of an op's node: how it stands in the latest run.

import { formatDuration, formatPlural } from '#ui/kit/format.ts';
import type { OpState } from './op-states.ts';

export interface OpStateText {
  readonly text: string;
  readonly tone: 'plain' | 'accent' | 'amber' | 'red';
}

export function opStateText(state: OpState | undefined): OpStateText {
  if (!state) return { text: 'Not run yet', tone: 'plain' };
  const { steps, status, tries, isWaiting } = state;
  const isMany = steps.some(({ stepKey }) => stepKey.endsWith(']'));
  const done = steps.filter((step) => step.status === 'SUCCESS').length;
  const ofValues = isMany ? `${done} of ${formatPlural(steps.length, 'value')}` : undefined;
  const ofTries = tries > 1 ? `${tries} tries` : undefined;
  const joined = (...parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined).join(' · ');
  switch (status) {
    case 'FAILURE': {
      const error = steps.find((step) => step.error)?.error;
      const words = error ? `${error.name}: ${error.message.split('\n', 1)[0]}` : 'Failed';
      return { text: joined(ofTries, words), tone: 'red' };
    }
    case 'STARTED':
      return isWaiting
        ? { text: `Try ${tries} failed, waiting to retry`, tone: 'amber' }
        : { text: joined(tries > 1 ? `Try ${tries}` : 'Running', ofValues), tone: 'accent' };
    case 'SUCCESS': {
      const ms = steps.reduce((sum, step) => sum + (step.durationMs ?? 0), 0);
      return { text: joined(ofValues, formatDuration(ms), ofTries), tone: 'plain' };
    }
    case 'skipped':
      return { text: 'Skipped', tone: 'plain' };
    case 'QUEUED':
      return { text: 'Queued', tone: 'plain' };
    case 'CANCELED':
      return { text: 'Canceled', tone: 'plain' };
    case 'INTERRUPTED':
      return { text: 'Interrupted', tone: 'plain' };
  }
}
