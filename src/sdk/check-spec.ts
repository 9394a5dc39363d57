// The declaration of a check.

import { AssetKey } from '#model/asset-key.ts';
import { type CoercibleToAssetDep, type CoercibleToAssetKey, depTexts, keyTextOf } from './asset-spec.ts';
import { coerceMetadata, type RawMetadata } from './metadata.ts';

export interface AssetCheckFields {
  /** Letters, digits and "_". */
  name: string;
  /** The asset that is checked. */
  asset: CoercibleToAssetKey;
  /** Markdown. */
  description?: string;
  /** A failure with severity ERROR keeps what reads the asset from running. */
  blocking?: boolean;
  /** Assets that must be there before the check runs, besides the checked one. */
  additionalDeps?: readonly CoercibleToAssetDep[];
  metadata?: RawMetadata;
}

/** Says that there is a check of an asset, and what it is called. Dagster: AssetCheckSpec. */
export class AssetCheckSpec {
  readonly name: string;
  readonly assetKey: AssetKey;
  readonly description?: string;
  readonly blocking: boolean;
  /** User strings. */
  readonly additionalDeps: readonly string[];
  readonly metadata?: RawMetadata;

  constructor(fields: AssetCheckFields) {
    if (typeof fields?.name !== 'string' || !/^\w+$/.test(fields.name))
      throw new TypeError(`A check’s name has letters, digits and “_”; got “${String(fields?.name)}”.`);
    this.name = fields.name;
    this.assetKey = AssetKey.fromUserString(keyTextOf(fields.asset));
    this.blocking = fields.blocking ?? false;
    this.additionalDeps = depTexts(fields.additionalDeps);
    if (this.additionalDeps.includes(this.assetKey.toString()))
      throw new TypeError(
        `The check “${fields.name}” cannot list its own asset as an additional dependency.`,
      );
    coerceMetadata(fields.metadata);
    if (fields.description !== undefined) this.description = fields.description;
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
  }
}
