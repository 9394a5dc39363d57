// The words for an event: its message, or what its type says.

import type { FailureReason, LogLevel, RunEvent } from '#model/events.ts';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';

const reasons: Readonly<Record<FailureReason, string>> = {
  COMPUTE_FAILED: 'its body failed',
  UPSTREAM_COMPUTE_FAILED: 'an asset upstream failed',
  SKIPPED_OPTIONAL: 'its body gave no output',
  UPSTREAM_SKIPPED: 'an asset upstream was skipped',
  USER_TERMINATION: 'the run was canceled',
  UNEXPECTED_TERMINATION: 'the run was interrupted',
  UNKNOWN: 'for an unknown reason',
};

export function eventText(event: RunEvent): string {
  const about = event.assetKey ?? event.stepKey ?? '';
  switch (event.type) {
    case 'LOADED_INPUT':
      return `Loaded input “${event.message ?? ''}”`;
    case 'ASSET_FAILED_TO_MATERIALIZE':
      return `Did not materialize: ${reasons[event.reason ?? 'UNKNOWN']}`;
    case 'STEP_SUCCESS':
      return `Finished${event.durationMs === undefined ? '' : ` in ${formatDuration(event.durationMs)}`}`;
    case 'ASSET_MATERIALIZATION': {
      const count = event.value?.summary.count;
      const size =
        count === undefined
          ? ''
          : `: ${formatPlural(count, event.value?.summary.columns === undefined ? 'item' : 'row')}`;
      return `Materialized ${about}${size}`;
    }
  }
  if (event.message !== undefined && event.message !== '') return event.message;
  switch (event.type) {
    case 'RUN_ENQUEUED':
      return 'Run queued';
    case 'RUN_STARTING':
      return 'Run starting';
    case 'RUN_START':
      return 'Run started';
    case 'RUN_SUCCESS':
      return 'Run succeeded';
    case 'RUN_FAILURE':
      return 'Run failed';
    case 'RUN_CANCELING':
      return 'Run canceling';
    case 'RUN_CANCELED':
      return 'Run canceled';
    case 'RUN_INTERRUPTED':
      return 'Run interrupted';
    case 'ASSET_MATERIALIZATION_PLANNED':
      return `Will materialize ${about}`;
    case 'STEP_START':
      return 'Started';
    case 'STEP_RESTARTED':
      return `Started again, try ${(event.retryNumber ?? 0) + 1}`;
    case 'STEP_UP_FOR_RETRY':
      return `Will be tried again in ${formatDuration((event.secondsToWait ?? 0) * 1000)}`;
    case 'STEP_FAILURE':
      return event.error ? `${event.error.name}: ${event.error.message}` : 'Failed';
    case 'STEP_SKIPPED':
      return 'Skipped';
    case 'STEP_INPUT':
      return 'Got an input';
    case 'STEP_OUTPUT':
      return 'Gave an output';
    case 'HANDLED_OUTPUT':
      return 'Stored the output';
    default:
      return '';
  }
}

const failures: ReadonlySet<RunEvent['type']> = new Set([
  'STEP_FAILURE',
  'RUN_FAILURE',
  'ASSET_FAILED_TO_MATERIALIZE',
]);

/** How loud an event is; events that are not log lines are quiet unless they speak of a failure. */
export function eventLevel(event: RunEvent): LogLevel | undefined {
  if (event.level !== undefined) return event.level;
  return failures.has(event.type) ? 'ERROR' : event.type === 'STEP_UP_FOR_RETRY' ? 'WARNING' : undefined;
}

export type LevelFilter = 'everything' | 'log' | 'warnings' | 'errors';

export interface EventFilter {
  readonly text: string;
  readonly step: string | undefined;
  readonly level: LevelFilter;
}

export function matchesFilter(event: RunEvent, { text, step, level }: EventFilter): boolean {
  if (step !== undefined && event.stepKey !== step) return false;
  if (level !== 'everything') {
    const loudness = eventLevel(event);
    if (level === 'log' && event.type !== 'LOG') return false;
    if (level === 'warnings' && loudness !== 'WARNING' && loudness !== 'ERROR') return false;
    if (level === 'errors' && loudness !== 'ERROR') return false;
  }
  if (text === '') return true;
  const sought = text.toLowerCase();
  return [eventText(event), event.type, event.assetKey ?? '', event.error?.message ?? ''].some((place) =>
    place.toLowerCase().includes(sought),
  );
}
