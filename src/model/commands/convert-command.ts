// The command that turns an asset into another kind of asset.

import type { AssetId, UnitId } from '../ids.ts';

export type ConvertedKind = 'asset' | 'observable' | 'external' | 'multi';

export interface ConvertCommand {
  readonly type: 'ConvertAsset';
  readonly id: AssetId;
  readonly to: ConvertedKind;
  /** The multi-asset that it becomes. */
  readonly unit?: { readonly id: UnitId; readonly name: string };
}

export type ConvertError = { readonly type: 'CannotConvert'; readonly key: string; readonly reason: string };

export const convertWords: Readonly<Record<ConvertedKind, string>> = {
  asset: 'TypeScript asset',
  observable: 'observable asset',
  external: 'external asset',
  multi: 'multi-asset',
};
export const convertLabel = ({ to }: Pick<ConvertCommand, 'to'>): string => `Turn into ${convertWords[to]}`;
