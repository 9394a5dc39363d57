// What a lane needs to give bodies resources and to have IO managers keep their values.

import type { LaneOutput, ManagedInput, SegmentStep } from '#engine/lane-protocol.ts';
import type { MetadataEntries } from '#model/events.ts';
import type { ContextHost } from '#sdk/context.ts';

/** The resources of one step. */
export interface StepResources {
  /** What `context.resources` offers. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** Has a manager keep a value; gives the metadata that it adds. */
  store(manager: string, output: LaneOutput, value: unknown): Promise<MetadataEntries | undefined>;
  /** Has a manager load the value of an input. */
  load(name: string, input: ManagedInput): unknown;
}

export interface ResourceHost {
  /** Rejects when a resource that the step needs cannot be set up. */
  open(step: SegmentStep, host: ContextHost): Promise<StepResources>;
}
