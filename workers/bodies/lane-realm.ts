// What a lane's logic needs of the realm it lives in. The browser's body worker and Node's worker thread
// each offer one; tests hand in a plain object.

import type { HookReport, LaneReply, SegmentStep } from '#engine/lane-protocol.ts';
import type { AssetHistory, ContextHost } from '#sdk/context.ts';
import type { MadeOutput } from '#sdk/made.ts';
import type { StepOutcome } from '#sdk/run-body.ts';
import type { ConsoleSink } from './body-console.ts';
import type { ValueCodec } from './lane-values.ts';
import type { MadeItem } from './made-item.ts';
import type { ResourceHost } from './step-resources.ts';
import type { StepTimers } from './step-timers.ts';

/** Where a realm reports what happens outside of the running body's own promise. */
export interface RealmSink {
  onConsole: ConsoleSink;
  /** A promise was rejected and nobody handled it. */
  onUnhandledRejection(reason: unknown): void;
  /** More buffer bytes are wanted than the lane may hold; what to throw, if that is to be refused. */
  onBufferBytes(held: number): Error | undefined;
}

export interface LaneDeps {
  post(reply: LaneReply, transfer?: ArrayBuffer[]): void;
  /** Milliseconds since the epoch, fractions allowed. */
  now(): number;
  /** Resolves after the messages that have arrived were handled. */
  yieldToMessages(): Promise<void>;
  importModule(text: string): Promise<{ readonly exports: unknown; readonly url: string }>;
  /** The namespace of a shipped library, hardened where the realm is. */
  loadLibrary(specifier: string): Promise<unknown>;
  /** The realm's own interval, which no body can see or clear. Returns what stops it. */
  every(periodMs: number, callback: () => void): () => void;
  readonly timers: StepTimers;
  readonly codec: ValueCodec;
  /** Where resources and IO managers come from; absent where there are none. */
  readonly resources?: ResourceHost;
  /** What was materialized before; absent where no body may ask. */
  readonly history?: AssetHistory;
  /** Sees each value as the body made it; for callers in the same realm. */
  onValue?(step: SegmentStep, made: MadeOutput): void;
  /** Sees each thing that was made before the body goes on; for callers in the same realm. */
  onMade?(step: SegmentStep, item: MadeItem): void | Promise<void>;
  /** A step has ended: calls its hooks and says how they went; for callers in the same realm. */
  onStepEnd?(
    step: SegmentStep,
    outcome: StepOutcome,
    host: ContextHost,
  ): readonly HookReport[] | Promise<readonly HookReport[]>;
  /** Called once, when the lane is made. */
  listen(sink: RealmSink): void;
}
