// The words between the engine and a lane (one realm that runs bodies). Plain cloneable data, shared by
// the browser's body workers, Node's worker threads and the in-process lane.
//
// A segment is a piece of the plan: one module that holds every body of the segment, and the steps in the
// order in which the lane runs them. A lane keeps the values it made, so a step's inputs are either values
// of earlier steps of the same lane or bytes sent beforehand with `values`.

import type { Json } from '#model/document.ts';
import type { LogLevel, MetadataEntries } from '#model/events.ts';
import type { LaneError } from '#model/lane-error.ts';
import type { StepOutcome } from '#sdk/run-body.ts';

export const LANE_PROTOCOL_VERSION = 1;

/** A step's number in the run's plan; also the id of the value it makes. */
export type StepNumber = number;
/** Values from outside the run (loaded from the store) have negative ids. */
export type ValueId = number;

export interface SegmentStep {
  readonly step: StepNumber;
  readonly stepKey: string;
  readonly assetKey: string;
  /** Index of the body's factory in the segment module's default export. */
  readonly body: number;
  /** The name the body destructures, and the value it receives. */
  readonly inputs: readonly (readonly [name: string, value: ValueId])[];
  /**
   * Steps that must have succeeded first and may stand in this lane. When one of them failed here, the lane
   * leaves this step out without a report; the engine sees that when the segment is done.
   */
  readonly after: readonly StepNumber[];
  readonly config?: Json;
  /** 0 on the first try. */
  readonly retryNumber: number;
}

export type LaneRequest =
  | {
      readonly type: 'open';
      readonly protocol: number;
      readonly runId: string;
      readonly runTags: Readonly<Record<string, string>>;
      readonly limits: LaneLimits;
    }
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

/** One output of a step. Bytes lie in the batch's buffer; no range means "no value". */
export interface OutputReport {
  readonly assetKey: string;
  readonly value?: { readonly offset: number; readonly length: number };
  readonly metadata?: MetadataEntries;
  readonly dataVersion?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a step did. Outputs stand even when the step failed after yielding them. */
export interface StepReport {
  readonly step: StepNumber;
  /** Milliseconds since the epoch, by the lane's clock. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outputs: readonly OutputReport[];
  readonly logs: readonly LogLine[];
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
  | { readonly type: 'segment-done'; readonly id: number };
