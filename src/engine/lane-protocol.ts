// The words between the engine and a lane (one realm that runs bodies). Plain cloneable data, shared by
// the browser's body workers, Node's worker threads and the in-process lane.
//
// A segment is a piece of the plan: one module that holds every body of the segment, and the steps in the
// order in which the lane runs them. A lane keeps the values it made, so a step's inputs are either values
// of earlier steps of the same lane or bytes sent beforehand with `values`.

import type { Json } from '#model/document.ts';
import type { LogLevel, MetadataEntries } from '#model/events.ts';
import type { LaneError } from '#model/lane-error.ts';
import type { DataProvenance } from '#sdk/context.ts';
import type { StepOutcome } from '#sdk/run-body.ts';
import type { ShapeOutput, StepShape } from '#sdk/step-shape.ts';

export const LANE_PROTOCOL_VERSION = 3;

/** A step's number in the run's plan; also the id of its first value. */
export type StepNumber = number;
/** Values from outside the run (loaded from the store) have negative ids. */
export type ValueId = number;

/** What a step's input receives: a value, several as an array, or what an IO manager loads. */
export type LaneInput = ValueId | readonly ValueId[] | ManagedInput;

export interface ManagedInput {
  /** Key of the resource that stored it. */
  readonly manager: string;
  /** The asset that is read. */
  readonly assetKey: string;
  /** The asset's definition metadata. */
  readonly metadata?: Readonly<Record<string, Json>>;
  /** The input's own metadata. */
  readonly input?: Readonly<Record<string, Json>>;
}

export interface LaneOutput extends ShapeOutput {
  readonly value: ValueId;
  /** Key of the resource that stores the value; the engine does when left out. */
  readonly manager?: string;
  /** Definition metadata, for the manager. */
  readonly definition?: Readonly<Record<string, Json>>;
}

export interface SegmentStep {
  readonly step: StepNumber;
  readonly stepKey: string;
  /** What `context.assetKey` says: the asset it makes, the first of several, or the checked one. */
  readonly assetKey: string;
  /** What errors call it. */
  readonly label: string;
  readonly shape: Omit<StepShape, 'outputs'>;
  readonly outputs: readonly LaneOutput[];
  /** By key, of the assets that the body makes; sent only where the body asks. */
  readonly provenance?: Readonly<Record<string, DataProvenance>>;
  /** Keys of the resources that `context.resources` offers. */
  readonly resources?: readonly string[];
  /** Index of the body's factory in the segment module's default export. */
  readonly body: number;
  /** The name the body destructures, and the value it receives. */
  readonly inputs: readonly (readonly [name: string, value: LaneInput])[];
  /**
   * Steps that must have succeeded first and may stand in this lane. When one of them failed here, the lane
   * leaves this step out without a report; the engine sees that when the segment is done.
   */
  readonly after: readonly StepNumber[];
  readonly config?: Json;
  /** 0 on the first try. */
  readonly retryNumber: number;
}

/** What a lane needs to make a resource. */
export interface LaneResource {
  readonly key: string;
  /** A module in the form of `segment-module.ts`; its shared module `specifier` has the class. */
  readonly module: string;
  readonly specifier: string;
  readonly libraries: readonly string[];
  /** Where the first line of the author's text stands in the module. */
  readonly firstLine: number;
  /** The fields; `{ "env": "NAME" }` stands for an environment value. */
  readonly config?: Json;
  /** The environment values that the fields name; those that are not set are left out. */
  readonly env: Readonly<Record<string, string>>;
}

export type LaneRequest =
  | {
      readonly type: 'open';
      readonly protocol: number;
      readonly runId: string;
      readonly runTags: Readonly<Record<string, string>>;
      readonly limits: LaneLimits;
    }
  /** Sent once to a lane, before the first segment whose steps need it. */
  | ({ readonly type: 'resource' } & LaneResource)
  | {
      readonly type: 'segment';
      readonly id: number;
      /** JavaScript; see engine/segment-module.ts for its shape. */
      readonly module: string;
      /** Shipped libraries that the module's bodies import, by specifier. */
      readonly libraries: readonly string[];
      readonly steps: readonly SegmentStep[];
    }
  | {
      readonly type: 'values';
      readonly values: readonly { readonly id: ValueId; readonly bytes: Uint8Array }[];
    }
  /** Values that no later step of this lane needs. */
  | { readonly type: 'drop'; readonly values: readonly ValueId[] }
  /** The answer to `read-file`; no bytes when nothing is kept there. */
  | { readonly type: 'file'; readonly id: number; readonly bytes?: Uint8Array }
  /** Nothing more comes: resources are torn down. Answered with `closed`. */
  | { readonly type: 'close' }
  /** Take back steps that have not begun. Answered with `revoked`. */
  | { readonly type: 'revoke'; readonly steps: readonly StepNumber[] }
  /** Fires the `context.signal` of the running step. */
  | { readonly type: 'abort'; readonly reason: string };

export interface LaneLimits {
  /** Log lines that one step may write; the step fails past it. */
  readonly maxLogLines: number;
  /** Bytes that all buffers of a lane may hold at once; the step fails past it. */
  readonly maxBufferBytes: number;
  /** A body that awaits with no timer pending for this long will never settle. */
  readonly idleMs: number;
}

export const defaultLaneLimits: LaneLimits = {
  maxLogLines: 20_000,
  maxBufferBytes: 2 * 1024 ** 3,
  idleMs: 10_000,
};

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: 'log' | 'console';
}

/** A place in the batch's buffer. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** A file that an IO manager keeps. */
export interface ManagedFile {
  readonly path: string;
  readonly bytes?: ByteRange;
}

/** One output of a step; no range means "no value". */
export interface OutputReport {
  readonly type: 'output';
  /** Index in the step's outputs. */
  readonly output: number;
  readonly value?: ByteRange;
  readonly metadata?: MetadataEntries;
  readonly dataVersion?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly mappingKey?: string;
  /** An IO manager has stored it; the range, if any, is for its hash alone. */
  readonly isManaged?: true;
  /** What the IO manager has put under paths; without bytes, what it has deleted. */
  readonly files?: readonly ManagedFile[];
  /** An IO manager should have stored it and failed: the body gave it, and nothing was made. */
  readonly isUnstored?: true;
}

export interface CheckReport {
  readonly type: 'check';
  /** Index in the step's checks. */
  readonly check: number;
  readonly passed: boolean;
  readonly severity: 'WARN' | 'ERROR';
  readonly metadata?: MetadataEntries;
  readonly description?: string;
}

/** An AssetMaterialization or AssetObservation that the body yielded. */
export interface EventReport {
  readonly type: 'event';
  readonly kind: 'materialization' | 'observation';
  readonly assetKey: string;
  readonly metadata?: MetadataEntries;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly partition?: string;
}

export type MadeReport = OutputReport | CheckReport | EventReport;

/** How a hook of the step went. */
export interface HookReport {
  readonly name: string;
  readonly outcome: 'completed' | 'errored' | 'skipped';
  readonly error?: LaneError;
}

/** What a step did. What it made stands even when it failed afterwards. */
export interface StepReport {
  readonly step: StepNumber;
  /** Milliseconds since the epoch, by the lane's clock. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The body did not begin: one of its inputs could not be loaded. */
  readonly inputsFailed?: true;
  /** In the order in which the body gave it. */
  readonly made: readonly MadeReport[];
  readonly logs: readonly LogLine[];
  readonly hooks?: readonly HookReport[];
  readonly outcome: StepOutcome;
}

/**
 * A bare number is the marker: the step whose body begins now, posted before it runs, so that a hang, a crash or
 * a timeout names its step. Markers may skip steps that end quickly; the newest always arrives.
 */
export type LaneReply =
  | StepNumber
  | { readonly type: 'ready' }
  | { readonly type: 'reports'; readonly reports: readonly StepReport[]; readonly bytes: Uint8Array }
  | {
      readonly type: 'progress';
      readonly step: StepNumber;
      readonly fraction: number;
      readonly message?: string;
    }
  | { readonly type: 'logs'; readonly step: StepNumber; readonly logs: readonly LogLine[] }
  | { readonly type: 'revoked'; readonly steps: readonly StepNumber[] }
  /** The module itself did not load: no step of the segment ran. */
  | { readonly type: 'segment-failed'; readonly id: number; readonly error: LaneError }
  /** Every step of the segment has been reported. */
  | { readonly type: 'segment-done'; readonly id: number }
  /** An IO manager asks for what it keeps under a path. Answered with `file`. */
  | { readonly type: 'read-file'; readonly id: number; readonly manager: string; readonly path: string }
  /** Resources have been torn down, with what they said and what went wrong. */
  | { readonly type: 'closed'; readonly logs: readonly LogLine[] };
