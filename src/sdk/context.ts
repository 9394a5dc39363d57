// What a body is given besides its inputs.

import type { AssetKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { LogLevel, MetadataEntries } from '#model/events.ts';
import type { RawMetadata } from './metadata.ts';

/** Lines that belong to the step; shown live and kept with the run. Values are formatted, never evaluated. */
export interface ContextLog {
  /** A line for those who look closely. */
  debug(...message: unknown[]): void;
  /** A line of what happens. */
  info(...message: unknown[]): void;
  /** A line about something odd. */
  warn(...message: unknown[]): void;
  /** A line about something wrong; the step goes on. */
  error(...message: unknown[]): void;
}

/** The second parameter of a body. Revoked when the step settles. Dagster: AssetExecutionContext. */
export interface AssetContext<Config = unknown, Resources = object> {
  readonly log: ContextLog;
  /** The run's id. */
  readonly runId: string;
  readonly runTags: Readonly<Record<string, string>>;
  readonly assetKey: AssetKey;
  readonly selectedAssetKeys: ReadonlySet<string>;
  /** Names of the outputs that this run wants of a multi-asset. */
  readonly selectedOutputNames: ReadonlySet<string>;
  /** The checks that this run wants, as "orders:is_full". */
  readonly selectedAssetCheckKeys: ReadonlySet<string>;
  readonly config: Config;
  /** By key, what `resources` of the definitions offers. */
  readonly resources: Readonly<Record<string, unknown>> & Resources;
  /** Versions of the latest materialization of an asset that this body makes; undefined before the first. */
  getAssetProvenance(assetKey: AssetKey | string): DataProvenance | undefined;
  /** 0 on the first try. */
  readonly retryNumber: number;
  /** Adds metadata to the materialization; it overrides what the result says. */
  addMetadata(metadata: RawMetadata, target?: { assetKey?: AssetKey | string }): void;
  /** Fires on cancel and on timeout. */
  readonly signal: AbortSignal;
  /** How far the step is, from 0 to 1, with a few words. */
  progress(fraction: number, message?: string): void;
}

/** The versions that a materialization was made with. Dagster: DataProvenance. */
export interface DataProvenance {
  readonly codeVersion: string;
  /** Upstream key to the data version that was read. */
  readonly inputDataVersions: Readonly<Record<string, string>>;
  readonly dataVersion: string;
  readonly isUserProvided: boolean;
}

/** A materialization or observation of the past, as checks look at it. */
export interface AssetRecord {
  readonly type: 'materialization' | 'observation';
  readonly runId: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly metadata: MetadataEntries;
  readonly tags: Readonly<Record<string, string>>;
}

/** What was materialized and observed before, newest first. */
export interface AssetHistory {
  records(assetKey: string, limit: number): Promise<readonly AssetRecord[]>;
}

/** What the machinery behind a context must offer. */
export interface ContextHost {
  readonly runId: string;
  readonly runTags: Readonly<Record<string, string>>;
  readonly assetKey: AssetKey;
  readonly selectedAssetKeys: ReadonlySet<string>;
  readonly selectedOutputNames: ReadonlySet<string>;
  readonly selectedAssetCheckKeys: ReadonlySet<string>;
  readonly resources: Readonly<Record<string, unknown>>;
  /** For checks of our own that look back; bodies do not see it. */
  readonly history?: AssetHistory | undefined;
  provenanceOf(assetKey: string): DataProvenance | undefined;
  readonly config: Json | undefined;
  readonly retryNumber: number;
  readonly signal: AbortSignal;
  onLog(level: LogLevel, message: string): void;
  onMetadata(assetKey: string | undefined, metadata: RawMetadata): void;
  onProgress(fraction: number, message: string | undefined): void;
}
