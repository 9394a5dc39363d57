// A thrown thing as the realm that ran the body saw it. Positions are those of the module that was run;
// engine/map-error.ts turns them into positions in the user's own source.

import type { MetadataEntries } from './events.ts';

export interface LaneError {
  readonly name: string;
  readonly message: string;
  /** Frames inside the segment module, innermost first; 1-based. */
  readonly frames: readonly LaneFrame[];
  readonly cause?: LaneError;
  readonly metadata?: MetadataEntries;
}
export interface LaneFrame {
  readonly fn: string;
  readonly line: number;
  readonly column: number;
}
