// What a body gives, sorted: values of outputs, results of checks, and events of its own.

import type { MetadataEntries } from '#model/events.ts';

/** A value of one of the step's outputs, or the statement that it has none. */
export interface MadeOutput {
  readonly type: 'output';
  /** Index in the shape's outputs. */
  readonly output: number;
  readonly hasValue: boolean;
  readonly value: unknown;
  readonly metadata?: MetadataEntries;
  readonly dataVersion?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a dynamic output. */
  readonly mappingKey?: string;
}

export interface MadeCheck {
  readonly type: 'check';
  /** Index in the shape's checks. */
  readonly check: number;
  readonly passed: boolean;
  readonly severity: 'WARN' | 'ERROR';
  readonly metadata?: MetadataEntries;
  readonly description?: string;
}

/** An AssetMaterialization or AssetObservation that the body yielded. */
export interface MadeEvent {
  readonly type: 'event';
  readonly kind: 'materialization' | 'observation';
  readonly assetKey: string;
  readonly metadata?: MetadataEntries;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly partition?: string;
}

export type Made = MadeOutput | MadeCheck | MadeEvent;
