// What `materialize` gives back: a plain snapshot of the run. Every member is synchronous.

import { AssetKey, keyToStepKey } from '#model/asset-key.ts';
import type { MetadataEntries, RunEvent, RunRecord } from '#model/events.ts';
import { type CoercibleToAssetKey, keyTextOf } from '#sdk/asset.ts';

/** An event as the SDK shows it. `timestamp` is seconds since the epoch, `assetKey` a user string. */
export interface ResultEvent {
  readonly type: RunEvent['type'];
  readonly runId: string;
  readonly timestamp: number;
  readonly assetKey?: string;
  readonly stepKey?: string;
  readonly message?: string;
  readonly metadata?: MetadataEntries;
  readonly tags?: Readonly<Record<string, string>>;
  readonly error?: RunEvent['error'];
}

/** The outcome of `materialize`. Dagster: ExecuteInProcessResult. */
export class ExecuteInProcessResult {
  readonly success: boolean;
  readonly runId: string;
  /** Every event of the run, oldest first. */
  readonly allEvents: readonly ResultEvent[];
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(run: RunRecord, events: readonly RunEvent[], values: ReadonlyMap<string, unknown>) {
    this.success = run.status === 'SUCCESS';
    this.runId = run.runId;
    this.allEvents = events.map(
      ({ assetId: _assetId, value: _value, previous: _previous, ...event }) => event,
    );
    this.#values = values;
  }

  /** The value of an asset that this run materialized. Throws for any other. */
  assetValue(key: CoercibleToAssetKey): unknown {
    const text = keyTextOf(key);
    if (!this.#values.has(text)) throw new Error(`“${text}” has no value in this run.`);
    return this.#values.get(text);
  }

  /** The value of a step's output; `name` is the step key. */
  outputForNode(name: string, outputName = 'result'): unknown {
    for (const [key, value] of this.#values)
      if (outputName === 'result' && (keyToStepKey(key) === name || key === name)) return value;
    throw new Error(`The step “${name}” has no output “${outputName}” in this run.`);
  }

  /** ASSET_MATERIALIZATION events, oldest first. */
  getAssetMaterializationEvents(): readonly ResultEvent[] {
    return this.allEvents.filter((event) => event.type === 'ASSET_MATERIALIZATION');
  }

  /** ASSET_OBSERVATION events, oldest first. */
  getAssetObservationEvents(): readonly ResultEvent[] {
    return this.allEvents.filter((event) => event.type === 'ASSET_OBSERVATION');
  }

  /** Step keys whose steps failed. */
  getFailedStepKeys(): ReadonlySet<string> {
    return new Set(
      this.allEvents.flatMap((event) => (event.type === 'STEP_FAILURE' ? (event.stepKey ?? []) : [])),
    );
  }

  /** The materializations of one step. */
  materializationsForNode(name: string): readonly ResultEvent[] {
    return this.getAssetMaterializationEvents().filter(
      (event) => event.stepKey === name || event.assetKey === new AssetKey(name).toString(),
    );
  }
}
