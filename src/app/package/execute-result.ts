// What `materialize` gives back: a plain snapshot of the run. Every member is synchronous.

import { AssetKey } from '#model/asset-key.ts';
import type { MetadataEntries, RunEvent, RunRecord } from '#model/events.ts';
import { type CoercibleToAssetKey, keyTextOf } from '#sdk/asset-spec.ts';
import type { KeptOutput } from './step-bodies.ts';

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
  /** Of materializations, observations and check evaluations: what the body says of them. */
  readonly description?: string;
  /** Of check evaluations and of their plans. */
  readonly checkName?: string;
  readonly blocking?: boolean;
  /** Of check evaluations. */
  readonly passed?: boolean;
  readonly severity?: 'WARN' | 'ERROR';
}

/** A result of a check, as the SDK shows it. */
export interface CheckEvaluationEvent extends ResultEvent {
  readonly checkName: string;
  readonly passed: boolean;
  readonly severity: 'WARN' | 'ERROR';
  readonly blocking: boolean;
}

/** The outcome of `materialize`: a snapshot, every member of it synchronous. Dagster: ExecuteInProcessResult. */
export class ExecuteInProcessResult {
  readonly success: boolean;
  readonly runId: string;
  /** Every event of the run, oldest first. */
  readonly allEvents: readonly ResultEvent[];
  /** What went wrong while resources were torn down; the run stands all the same. */
  readonly teardownErrors: readonly unknown[];
  readonly #outputs: readonly KeptOutput[];

  constructor(
    run: RunRecord,
    events: readonly RunEvent[],
    outputs: readonly KeptOutput[],
    teardownErrors: readonly unknown[] = [],
  ) {
    this.teardownErrors = teardownErrors;
    this.success = run.status === 'SUCCESS';
    this.runId = run.runId;
    this.allEvents = events.map(resultEvent);
    this.#outputs = outputs;
  }

  /**
   * The value of an asset that this run materialized; `undefined` when it was materialized without one. Throws for
   * any other.
   */
  assetValue<T = unknown>(key: CoercibleToAssetKey): T {
    const text = keyTextOf(key);
    const found = this.#outputs.find((output) => output.assetKey === text);
    if (!found && !this.getAssetMaterializationEvents().some(({ assetKey }) => assetKey === text))
      throw new Error(`“${text}” has no value in this run.`);
    return found?.value as T;
  }

  /**
   * The value of a step's output; `name` is the step's name: of an asset its key as an identifier or as it is
   * written, of a multi-asset its name, of an op "graph.op". A dynamic output gives an object by mapping key.
   */
  outputForNode<T = unknown>(name: string, outputName?: string): T {
    const own = this.#outputs.filter((output) => isNode(output, name));
    const wanted =
      outputName ??
      (own.length > 0 && own.every(({ output }) => output === own[0]!.output) ? own[0]!.output : 'result');
    const found = own.filter(({ output, assetKey }) => output === wanted || assetKey === wanted);
    if (found.length === 0) throw new Error(`The step “${name}” has no output “${wanted}” in this run.`);
    if (found.length === 1 && found[0]!.mappingKey === undefined) return found[0]!.value as T;
    return Object.fromEntries(found.map(({ mappingKey, value }) => [mappingKey ?? '', value])) as T;
  }

  /** ASSET_MATERIALIZATION events, oldest first. */
  getAssetMaterializationEvents(): readonly ResultEvent[] {
    return this.allEvents.filter((event) => event.type === 'ASSET_MATERIALIZATION');
  }

  /** ASSET_OBSERVATION events, oldest first. */
  getAssetObservationEvents(): readonly ResultEvent[] {
    return this.allEvents.filter((event) => event.type === 'ASSET_OBSERVATION');
  }

  /** The results of checks, oldest first. */
  getAssetCheckEvaluations(): readonly CheckEvaluationEvent[] {
    return this.allEvents.filter(
      (event): event is CheckEvaluationEvent => event.type === 'ASSET_CHECK_EVALUATION',
    );
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

const isNode = ({ stepKey, assetKey }: KeptOutput, name: string): boolean =>
  stepKey === name ||
  assetKey === name ||
  stepKey.startsWith(`${name}.`) ||
  stepKey.replace(/\[\w+\]$/, '') === name;

const described: ReadonlySet<RunEvent['type']> = new Set([
  'ASSET_MATERIALIZATION',
  'ASSET_OBSERVATION',
  'ASSET_CHECK_EVALUATION',
]);

/** The event as callers see it. */
export function resultEvent(event: RunEvent): ResultEvent | CheckEvaluationEvent {
  const { assetId: _assetId, value: _value, previous: _previous, check, message, ...rest } = event;
  const said =
    message === undefined ? {} : described.has(event.type) ? { description: message } : { message };
  if (!check) return { ...rest, ...said };
  const { name, passed, severity, blocking } = check;
  return {
    ...rest,
    ...said,
    checkName: name,
    blocking,
    ...(passed === undefined ? {} : { passed }),
    ...(severity === undefined ? {} : { severity }),
  };
}
