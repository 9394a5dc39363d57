// What is known of an asset now: derived from the event log and the document, never stored as truth.

import type { BodyError, EventPointer, MetadataEntries, ValueRef } from './events.ts';
import type { AssetId, ProjectId, RunId } from './ids.ts';

/** What a node shows. Exactly one at a time; see `engine/asset-status.ts` for the order of precedence. */
export type NodeStatus =
  | 'never'
  | 'queued'
  | 'running'
  | 'materialized'
  | 'failed'
  | 'stale'
  | 'skipped'
  | 'canceled'
  | 'interrupted'
  | 'external'
  | 'observed';

/** One materialization, with its provenance (reference §3.1). */
export interface Materialization {
  readonly pointer: EventPointer;
  readonly previous?: EventPointer;
  readonly runId: RunId;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly durationMs: number;
  readonly codeVersion: string;
  readonly dataVersion: string;
  readonly dataVersionIsUserProvided: boolean;
  /** Upstream key to the data version that was read. */
  readonly inputVersions: Readonly<Record<string, string>>;
  readonly metadata: MetadataEntries;
  /** Of a restored value: the materialization that made it, and when that was, in seconds since the epoch. */
  readonly restoredFrom?: { readonly pointer: EventPointer; readonly timestamp: number };
  /** Absent when the body stated that it has no value. */
  readonly value?: ValueRef;
  /** Key of the IO manager of the project that keeps the value. */
  readonly manager?: string;
  /** Of an external asset: it was looked at, not made. */
  readonly isObservation?: true;
  /** Of an external asset: the project that made it. */
  readonly location?: { readonly projectId: ProjectId; readonly name: string };
}

export type StaleCategory = 'CODE' | 'DATA' | 'DEPENDENCIES';

/** Why an asset is unsynced (reference §3.2). */
export interface StaleCause {
  readonly category: StaleCategory;
  /** The asset that is stale. */
  readonly key: string;
  /** The upstream that the reason is about. */
  readonly dependency?: string;
  /** In Dagster's words: "has a new code version". */
  readonly reason: string;
  readonly children?: readonly StaleCause[];
}

export interface AssetState {
  readonly assetId: AssetId;
  readonly status: NodeStatus;
  readonly staleCauses: readonly StaleCause[];
  readonly latest?: Materialization;
  /** Of the latest attempt, when it failed. */
  readonly failure?: { readonly runId: RunId; readonly timestamp: number; readonly error?: BodyError };
  /** Of the running step. */
  readonly progress?: { readonly fraction: number; readonly message?: string };
}
