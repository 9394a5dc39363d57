// The command that turns an asset into another kind of asset.

import type { Unit } from '../document.ts';
import type { AssetId, UnitId } from '../ids.ts';

export type ConvertedKind = 'asset' | 'observable' | 'external' | 'multi' | 'multi-observable' | 'graph';

export type UnitKind = Extract<ConvertedKind, Unit['kind']>;
export const isUnitKind = (kind: ConvertedKind): kind is UnitKind =>
  kind === 'multi' || kind === 'multi-observable' || kind === 'graph';

export interface ConvertCommand {
  readonly type: 'ConvertAsset';
  readonly id: AssetId;
  readonly to: ConvertedKind;
  /** What it becomes the output of, when it is not yet one. */
  readonly unit?: { readonly id: UnitId; readonly name: string };
}

export type ConvertError = { readonly type: 'CannotConvert'; readonly key: string; readonly reason: string };

export const convertWords: Readonly<Record<ConvertedKind, string>> = {
  asset: 'TypeScript asset',
  observable: 'observable asset',
  external: 'external asset',
  multi: 'multi-asset',
  'multi-observable': 'multi-observable',
  graph: 'graph asset',
};
export const convertLabel = ({ to }: Pick<ConvertCommand, 'to'>): string => `Turn into ${convertWords[to]}`;
