// What is shared: a project, and what goes along with it. And why something that arrives may be none.

import type { MetadataEntries, ValueSummary } from '#model/events.ts';
import type { DocumentProblem } from '#model/parse-document.ts';

export interface ShareBundle {
  /** The project exactly as "Save to file" writes it. */
  readonly documentText: string;
  /** The data files that are too large to stand in that text. */
  readonly files?: readonly SharedFile[];
  readonly values?: readonly SharedValue[];
  /** The latest materialization of each asset that has one. */
  readonly results?: readonly SharedResult[];
}

export interface SharedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The latest value of an asset, or its first rows. */
export interface SharedValue {
  /** Key of the asset. */
  readonly key: string;
  /** Whether there is more of it than goes along. */
  readonly isSample: boolean;
  /** As values are stored: see model/values. */
  readonly bytes: Uint8Array;
}

export interface SharedResult {
  /** Key of the asset. */
  readonly key: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly durationMs: number;
  readonly codeVersion: string;
  readonly dataVersion: string;
  readonly summary?: ValueSummary;
  readonly metadata: MetadataEntries;
}

export type ShareProblem =
  /** There is no project in it. */
  | { readonly type: 'NothingShared' }
  | { readonly type: 'ShareNewer'; readonly found: number; readonly known: number }
  | { readonly type: 'ShareTooLarge'; readonly bytes: number; readonly most: number }
  | { readonly type: 'ShareDamaged'; readonly detail: string }
  /** What is in it is not what its hash was taken of. */
  | { readonly type: 'ShareAltered' }
  | { readonly type: 'ShareInvalid'; readonly problems: readonly DocumentProblem[] };
