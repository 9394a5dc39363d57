// What the scratchpad says: what lines gave, what they printed, or what went wrong.

import type { BodyError, LogLevel } from '#model/events.ts';
import type { PlanError } from './plan-types.ts';
import type { ValuePreview } from './value-preview.ts';

export interface ScratchLine {
  readonly level: LogLevel;
  readonly message: string;
}

/** The newest lines that were printed, oldest first, and how many came before them. */
export interface ScratchPrinted {
  readonly lines: readonly ScratchLine[];
  readonly leftOut: number;
}

export type ScratchOutcome =
  | { readonly type: 'value'; readonly preview: ValuePreview }
  /** The last line is no expression, or gives undefined. */
  | { readonly type: 'nothing' }
  | { readonly type: 'failed'; readonly error: BodyError }
  /** It cannot run, or the value that it loads is not there. */
  | { readonly type: 'refused'; readonly error: PlanError | ScratchRefusal }
  | { readonly type: 'stopped' };

export type ScratchRefusal =
  | { readonly type: 'NoSuchAsset'; readonly key: string; readonly didYouMean: readonly string[] }
  | { readonly type: 'ProjectNotOpen' };

export interface ScratchResult {
  readonly outcome: ScratchOutcome;
  /** In order; what was printed before a failure stays. */
  readonly printed: ScratchPrinted;
  readonly durationMs: number;
}
