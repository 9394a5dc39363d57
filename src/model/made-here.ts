// Whether a run can make an asset: what is made elsewhere can only be looked at, or not even that.

import type { Asset, ProjectDocument } from './document.ts';

/** Is it only observed, by a body that says what version its data has? */
export const isObservable = (document: ProjectDocument, asset: Asset): boolean =>
  asset.kind === 'observable' ||
  (asset.kind === 'output' && document.units.get(asset.unit)?.kind === 'multi-observable');

export const isMadeHere = (document: ProjectDocument, asset: Asset): boolean =>
  asset.kind !== 'external' && !isObservable(document, asset);
