// What a body may return, yield or throw (reference §1.6).

import { AssetKey } from '#model/asset-key.ts';
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

/** The result of materializing an asset. Without `value` nothing is stored. Dagster: MaterializeResult. */
export class MaterializeResult<T = unknown> {
  readonly assetKey?: string;
  readonly metadata?: RawMetadata;
  readonly dataVersion?: DataVersion;
  readonly tags?: Readonly<Record<string, string>>;
  /** Was a value given, even `undefined`? */
  readonly hasValue: boolean;
  readonly value?: T;

  constructor(fields: ResultFields & { value?: T } = {}) {
    if (fields.assetKey !== undefined) this.assetKey = toUserString(fields.assetKey);
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.dataVersion !== undefined) this.dataVersion = toDataVersion(fields.dataVersion);
    if (fields.tags !== undefined) this.tags = fields.tags;
    this.hasValue = Object.hasOwn(fields, 'value');
    if (this.hasValue) this.value = fields.value as T;
  }
}

/** A value with metadata. Dagster: Output. */
export class Output<T = unknown> {
  readonly value: T;
  readonly outputName: string;
  readonly metadata?: RawMetadata;
  readonly dataVersion?: DataVersion;
  readonly tags?: Readonly<Record<string, string>>;

  constructor(value: T, fields: Omit<ResultFields, 'assetKey'> & { outputName?: string } = {}) {
    this.value = value;
    this.outputName = fields.outputName ?? 'result';
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.dataVersion !== undefined) this.dataVersion = toDataVersion(fields.dataVersion);
    if (fields.tags !== undefined) this.tags = fields.tags;
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

const toDataVersion = (version: DataVersion | string): DataVersion =>
  version instanceof DataVersion ? version : new DataVersion(version);
