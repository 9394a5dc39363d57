// What a body may return, yield or throw (reference §1.6).

import { AssetKey } from '#model/asset-key.ts';
import { tagProblem } from '#model/tag-problem.ts';
import type { RawMetadata } from './metadata.ts';

/** Anything that names one asset: a user string, an array of parts, or an AssetKey. */
export type AssetKeyLike = AssetKey | string | readonly string[];

export const toUserString = (key: AssetKeyLike): string =>
  (key instanceof AssetKey ? key : new AssetKey(key)).toString();

/** A version of a value, chosen by the author instead of computed. Dagster: DataVersion. */
export class DataVersion {
  readonly value: string;
  constructor(value: string) {
    if (typeof value !== 'string' || value === '')
      throw new TypeError('DataVersion takes a non-empty string.');
    this.value = value;
  }
}

interface ResultFields {
  assetKey?: AssetKeyLike;
  metadata?: RawMetadata;
  dataVersion?: DataVersion | string;
  tags?: Readonly<Record<string, string>>;
}

interface CheckedResultFields extends ResultFields {
  /** Results of checks that the definition declares. */
  checkResults?: readonly AssetCheckResult[];
}

abstract class AssetResult {
  /** User string. */
  readonly assetKey?: string;
  readonly metadata?: RawMetadata;
  readonly checkResults: readonly AssetCheckResult[];
  readonly dataVersion?: DataVersion;
  readonly tags?: Readonly<Record<string, string>>;

  constructor(fields: CheckedResultFields) {
    if (fields.assetKey !== undefined) this.assetKey = toUserString(fields.assetKey);
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.dataVersion !== undefined) this.dataVersion = toDataVersion(fields.dataVersion);
    if (fields.tags !== undefined) this.tags = checkedTags(fields.tags);
    this.checkResults = [...(fields.checkResults ?? [])];
    if (!this.checkResults.every((result) => result instanceof AssetCheckResult))
      throw new TypeError('checkResults holds AssetCheckResults.');
  }
}

/** The result of materializing an asset. Without `value` nothing is stored. Dagster: MaterializeResult. */
export class MaterializeResult<T = unknown> extends AssetResult {
  /** Was a value given, even `undefined`? */
  readonly hasValue: boolean;
  readonly value?: T;

  constructor(fields: CheckedResultFields & { value?: T } = {}) {
    super(fields);
    this.hasValue = Object.hasOwn(fields, 'value');
    if (this.hasValue) this.value = fields.value as T;
  }
}

/** What was seen of an external asset. Dagster: ObserveResult. */
export class ObserveResult extends AssetResult {
  constructor(fields: CheckedResultFields = {}) {
    super(fields);
  }
}

interface AssetEventFields {
  assetKey: AssetKeyLike;
  description?: string;
  metadata?: RawMetadata;
  partition?: string;
  tags?: Readonly<Record<string, string>>;
}

abstract class AssetEvent {
  /** User string. */
  readonly assetKey: string;
  readonly description?: string;
  readonly metadata?: RawMetadata;
  readonly partition?: string;
  readonly tags?: Readonly<Record<string, string>>;

  constructor(fields: AssetEventFields) {
    this.assetKey = toUserString(fields.assetKey);
    if (fields.description !== undefined) this.description = fields.description;
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.partition !== undefined) this.partition = fields.partition;
    if (fields.tags !== undefined) this.tags = checkedTags(fields.tags);
  }
}

/** Yielded by a body: an asset was made, here or elsewhere. Says nothing of a value. Dagster: AssetMaterialization. */
export class AssetMaterialization extends AssetEvent {}

/** Yielded by a body: something was seen of an asset. Dagster: AssetObservation. */
export class AssetObservation extends AssetEvent {}

/** Whether a failed check is an error, which can block, or a warning. Dagster: AssetCheckSeverity. */
export type AssetCheckSeverity = 'WARN' | 'ERROR';

/** What a check found. Dagster: AssetCheckResult. */
export class AssetCheckResult {
  readonly passed: boolean;
  /** User string; not needed when the body checks one asset. */
  readonly assetKey?: string;
  /** Not needed when the body has one check for the asset. */
  readonly checkName?: string;
  readonly severity: AssetCheckSeverity;
  readonly metadata?: RawMetadata;
  readonly description?: string;

  constructor(fields: {
    passed: boolean;
    checkName?: string;
    assetKey?: AssetKeyLike;
    severity?: AssetCheckSeverity;
    metadata?: RawMetadata;
    description?: string;
  }) {
    if (typeof fields?.passed !== 'boolean')
      throw new TypeError('AssetCheckResult: `passed` is true or false.');
    const { severity = 'ERROR' } = fields;
    if (severity !== 'ERROR' && severity !== 'WARN')
      throw new TypeError(`AssetCheckResult: severity is "WARN" or "ERROR"; got ${String(severity)}.`);
    this.passed = fields.passed;
    this.severity = severity;
    if (fields.assetKey !== undefined) this.assetKey = toUserString(fields.assetKey);
    if (fields.checkName !== undefined) this.checkName = fields.checkName;
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.description !== undefined) this.description = fields.description;
  }
}

/** One of any number of values of a dynamic output. Dagster: DynamicOutput. */
export class DynamicOutput<T = unknown, Name extends string = string> {
  readonly value: T;
  /** Letters, digits and "_"; names the steps that run for this value. */
  readonly mappingKey: string;
  readonly outputName: Name;
  readonly metadata?: RawMetadata;

  constructor(value: T, fields: { mappingKey: string; outputName?: Name; metadata?: RawMetadata }) {
    if (typeof fields?.mappingKey !== 'string' || !/^\w+$/.test(fields.mappingKey))
      throw new TypeError(
        `DynamicOutput: a mappingKey has letters, digits and “_”; got “${String(fields?.mappingKey)}”.`,
      );
    this.value = value;
    this.mappingKey = fields.mappingKey;
    this.outputName = fields.outputName ?? ('result' as Name);
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
  }
}

/** A value with metadata. Dagster: Output. */
export class Output<T = unknown, Name extends string = string> {
  readonly value: T;
  readonly outputName: Name;
  readonly metadata?: RawMetadata;
  readonly dataVersion?: DataVersion;
  readonly tags?: Readonly<Record<string, string>>;

  constructor(value: T, fields: Omit<ResultFields, 'assetKey'> & { outputName?: Name } = {}) {
    this.value = value;
    this.outputName = fields.outputName ?? ('result' as Name);
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.dataVersion !== undefined) this.dataVersion = toDataVersion(fields.dataVersion);
    if (fields.tags !== undefined) this.tags = checkedTags(fields.tags);
  }
}

/** Thrown by a body to fail with a description and metadata. Dagster: Failure. */
export class Failure extends Error {
  readonly metadata?: RawMetadata;
  /** False bypasses the retry policy. */
  readonly allowRetries: boolean;

  constructor(fields: { description?: string; metadata?: RawMetadata; allowRetries?: boolean } = {}) {
    super(fields.description ?? 'The asset failed.');
    Object.defineProperty(this, 'name', { value: 'Failure', configurable: true });
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    this.allowRetries = fields.allowRetries ?? true;
  }
}

/** Thrown by a body to be run again. Dagster: RetryRequested. */
export class RetryRequested extends Error {
  readonly maxRetries: number;
  /** Seconds. */
  readonly secondsToWait: number;

  constructor(fields: { maxRetries?: number; secondsToWait?: number } = {}) {
    super('A retry was requested.');
    Object.defineProperty(this, 'name', { value: 'RetryRequested', configurable: true });
    this.maxRetries = fields.maxRetries ?? 1;
    this.secondsToWait = fields.secondsToWait ?? 0;
  }
}

function checkedTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(tags)) {
    const problem = typeof value === 'string' ? tagProblem(name, value) : `the value of “${name}” is no text`;
    if (problem !== undefined) throw new TypeError(`Tags: ${problem}.`);
  }
  return tags;
}

const toDataVersion = (version: DataVersion | string): DataVersion =>
  version instanceof DataVersion ? version : new DataVersion(version);
