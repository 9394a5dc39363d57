// What is known of a check now: derived from the event log, never stored as truth (reference §2.4).

import type { CheckEvaluation, EventPointer, MetadataEntries } from '../events.ts';
import type { AssetId, RunId } from '../ids.ts';

export type CheckStatus =
  | 'never'
  | 'in-progress'
  | 'succeeded'
  | 'failed'
  /** The run failed before the check could say anything. */
  | 'execution-failed'
  /** The run ended otherwise without it. */
  | 'skipped';

/** One evaluation of a check. */
export interface CheckRecord {
  readonly runId: RunId;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly passed: boolean;
  readonly severity: 'WARN' | 'ERROR';
  readonly blocking: boolean;
  readonly description?: string;
  readonly metadata: MetadataEntries;
  /** The materialization that was checked; absent when there was none. */
  readonly target?: CheckEvaluation['target'];
  readonly pointer: EventPointer;
}

export interface CheckState {
  readonly assetId: AssetId;
  readonly name: string;
  readonly status: CheckStatus;
  /** The newest evaluation, which may be older than the run that the status speaks of. */
  readonly latest?: CheckRecord;
  /** The newest run that meant to evaluate it. */
  readonly runId?: RunId;
}

/** Where the state of a check is kept. */
export const checkPlace = (asset: AssetId | string, name: string): string => `${asset}\u0000${name}`;
