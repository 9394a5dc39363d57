// What a body is given besides its inputs.

import type { AssetKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { LogLevel } from '#model/events.ts';
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
export interface AssetContext<Config = unknown> {
  readonly log: ContextLog;
  /** The run's id. */
  readonly runId: string;
  readonly runTags: Readonly<Record<string, string>>;
  readonly assetKey: AssetKey;
  readonly selectedAssetKeys: ReadonlySet<string>;
  readonly config: Config;
  /** 0 on the first try. */
  readonly retryNumber: number;
  /** Adds metadata to the materialization; it overrides what the result says. */
  addMetadata(metadata: RawMetadata, target?: { assetKey?: AssetKey | string }): void;
  /** Fires on cancel and on timeout. */
  readonly signal: AbortSignal;
  /** How far the step is, from 0 to 1, with a few words. */
  progress(fraction: number, message?: string): void;
}

/** What the machinery behind a context must offer. */
export interface ContextHost {
  readonly runId: string;
  readonly runTags: Readonly<Record<string, string>>;
  readonly assetKey: AssetKey;
  readonly selectedAssetKeys: ReadonlySet<string>;
  readonly config: Json | undefined;
  readonly retryNumber: number;
  readonly signal: AbortSignal;
  onLog(level: LogLevel, message: string): void;
  onMetadata(assetKey: string | undefined, metadata: RawMetadata): void;
  onProgress(fraction: number, message: string | undefined): void;
}
