// What happened: the events of runs, under Dagster's names (reference §7.3). Append-only plain data.

import type { Json } from './document.ts';
import type { AssetId, RunId } from './ids.ts';

export type RunStatus =
  | 'QUEUED'
  | 'STARTING'
  | 'STARTED'
  | 'SUCCESS'
  | 'FAILURE'
  | 'CANCELING'
  | 'CANCELED'
  /** Ours: the leader of the run is gone; finished steps stand, the rest can be resumed. */
  | 'INTERRUPTED';

export const isTerminal = (status: RunStatus): boolean =>
  status === 'SUCCESS' || status === 'FAILURE' || status === 'CANCELED' || status === 'INTERRUPTED';

export type EventType =
  | 'RUN_ENQUEUED'
  | 'RUN_STARTING'
  | 'RUN_START'
  | 'RUN_SUCCESS'
  | 'RUN_FAILURE'
  | 'RUN_CANCELING'
  | 'RUN_CANCELED'
  /** Ours. */
  | 'RUN_INTERRUPTED'
  | 'STEP_START'
  | 'STEP_INPUT'
  | 'STEP_OUTPUT'
  | 'STEP_SUCCESS'
  | 'STEP_FAILURE'
  | 'STEP_SKIPPED'
  | 'STEP_UP_FOR_RETRY'
  | 'STEP_RESTARTED'
  | 'LOADED_INPUT'
  | 'HANDLED_OUTPUT'
  | 'ASSET_MATERIALIZATION_PLANNED'
  | 'ASSET_MATERIALIZATION'
  | 'ASSET_FAILED_TO_MATERIALIZE'
  | 'ASSET_OBSERVATION'
  /** What went before no longer counts for the asset. */
  | 'ASSET_WIPED'
  | 'ASSET_CHECK_EVALUATION_PLANNED'
  | 'ASSET_CHECK_EVALUATION'
  | 'RESOURCE_INIT_STARTED'
  | 'RESOURCE_INIT_SUCCESS'
  | 'RESOURCE_INIT_FAILURE'
  | 'HOOK_COMPLETED'
  | 'HOOK_SKIPPED'
  | 'HOOK_ERRORED'
  | 'ENGINE_EVENT'
  /** A line of `context.log` or `console`. */
  | 'LOG';

/** How loud a line of the log is. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** The constructor's name of a MetadataValue, and its plain value (api.md, "Results and events"). */
export interface MetadataEntry {
  readonly type: MetadataType;
  readonly value: Json;
}
export type MetadataType =
  | 'text'
  | 'url'
  | 'path'
  | 'notebook'
  | 'json'
  | 'md'
  | 'float'
  | 'int'
  | 'bool'
  | 'timestamp'
  | 'dagsterRun'
  | 'job'
  | 'asset'
  | 'table'
  | 'tableSchema'
  | 'columnLineage'
  | 'null'
  | 'codeReferences'
  | 'image'
  | 'chart';
/** Metadata by label. */
export type MetadataEntries = Readonly<Record<string, MetadataEntry>>;

/** Where a stored value lies. Values are immutable; `hash` is over their canonical bytes. */
export interface ValueRef {
  /** Lower-case hex SHA-256 of the value's canonical bytes. */
  readonly hash: string;
  /** The pack of bytes that holds the value, and the value's place in it. */
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
  readonly summary: ValueSummary;
}

/** What an IO manager of the project keeps for an asset. */
export interface ManagedValue {
  /** Key of the manager. */
  readonly manager: string;
  /** What it put under paths; without bytes, what it deleted. */
  readonly files: readonly { readonly path: string; readonly bytes?: BytesRef }[];
}

/** Bytes in a pack. */
export interface BytesRef {
  readonly pack: string;
  readonly offset: number;
  readonly length: number;
}

/** Enough to say what a value is without decoding it. */
export interface ValueSummary {
  readonly kind: string;
  /** Rows of a table, items of an array, entries of a map or set. */
  readonly count?: number;
  /** Columns of a table. */
  readonly columns?: number;
  /** At most 80 characters: a scalar's text. */
  readonly text?: string;
}

/** A position in the user's own source: 1-based line and column. */
export interface SourcePosition {
  readonly assetKey?: string;
  readonly module?: string;
  readonly line: number;
  readonly column: number;
}

/** A failure of a body or of the machinery around it, as data. */
export interface BodyError {
  /** The error's class name, or the name of our own failure, e.g. "StepTimeout". */
  readonly name: string;
  readonly message: string;
  readonly position?: SourcePosition;
  /** Frames in the user's own source, innermost first: "at fn (asset body:3:5)". */
  readonly stack?: readonly string[];
  readonly cause?: BodyError;
  /** A `Failure`'s metadata. */
  readonly metadata?: MetadataEntries;
}

/** A place in the event log: a segment of one commit, and the event's index in it. */
export interface EventPointer {
  readonly seq: number;
  readonly index: number;
}

export interface RunEvent {
  readonly type: EventType;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly runId: RunId;
  readonly stepKey?: string;
  /** User string. */
  readonly assetKey?: string;
  readonly assetId?: AssetId;
  readonly message?: string;
  readonly level?: LogLevel;
  readonly metadata?: MetadataEntries;
  readonly tags?: Readonly<Record<string, string>>;
  /** The stored value of an ASSET_MATERIALIZATION; absent when it states that it has none. */
  readonly value?: ValueRef;
  /** ASSET_MATERIALIZATION: the IO manager that keeps the value, and what it keeps of it here. */
  readonly managed?: ManagedValue;
  /** ASSET_MATERIALIZATION: the asset's materialization before this one. */
  readonly previous?: EventPointer;
  /** ASSET_CHECK_EVALUATION and its PLANNED: which check, and what it found. */
  readonly check?: CheckEvaluation;
  /** ASSET_MATERIALIZATION, ASSET_OBSERVATION: as the body gave it. */
  readonly partition?: string;
  readonly error?: BodyError;
  /** ASSET_FAILED_TO_MATERIALIZE: reference §1.5. */
  readonly reason?: FailureReason;
  /** STEP_SUCCESS, STEP_FAILURE: how long the body ran. */
  readonly durationMs?: number;
  /** STEP_UP_FOR_RETRY: seconds until the next try. STEP_RESTARTED: the try, from 1. */
  readonly secondsToWait?: number;
  readonly retryNumber?: number;
}

export interface CheckEvaluation {
  readonly name: string;
  readonly blocking: boolean;
  /** Absent while it is only planned. */
  readonly passed?: boolean;
  readonly severity?: 'WARN' | 'ERROR';
  /** The materialization that was checked; absent when there was none. */
  readonly target?: { readonly runId: RunId; readonly timestamp: number };
}

export type FailureReason =
  | 'COMPUTE_FAILED'
  | 'UPSTREAM_COMPUTE_FAILED'
  | 'SKIPPED_OPTIONAL'
  | 'UPSTREAM_SKIPPED'
  | 'USER_TERMINATION'
  | 'UNEXPECTED_TERMINATION'
  | 'UNKNOWN';

/** Tags that carry versions and provenance on a materialization (reference §3.1). */
export const VersionTag = {
  code: 'dagster/code_version',
  data: 'dagster/data_version',
  dataIsUserProvided: 'dagster/data_version_is_user_provided',
  inputPrefix: 'dagster/input_data_version/',
  pointerPrefix: 'dagster/input_event_pointer/',
  /** Ours: the place in the log of the materialization whose value this one brings back. */
  restoredFrom: 'headwater/restored_from',
  /** Ours: when that was made, in seconds since the epoch. */
  restoredTime: 'headwater/restored_timestamp',
} as const;

/** What a launch gives in place of defaults, by asset key or step name. Dagster: run config. */
export interface RunConfig {
  readonly assets?: Readonly<Record<string, Json>>;
  /** By key of the resource: its fields. */
  readonly resources?: Readonly<Record<string, Json>>;
}

/** A run as the list of runs shows it; the row a store keeps of it. */
export interface RunRecord {
  readonly runId: RunId;
  readonly status: RunStatus;
  /** "all", or the keys asked for, as typed or clicked. */
  readonly target: string;
  readonly trigger: 'manual' | 'command line' | 'api' | 'retry';
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly stepCount: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tags: Readonly<Record<string, string>>;
  /** What the launch gave in place of defaults. */
  readonly config?: RunConfig;
  /** The leader's fencing number under which the run was written last. */
  readonly fencing: number;
  /** The assets of the run, in plan order. */
  readonly assetIds: readonly AssetId[];
}
