// Assets go by their keys on the command line: FILE may be replaced by another version of it, with other ids, and
// the history in the storage stays with the keys.

import type { Asset, ProjectDocument } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';

/** The document with each asset's key as its id. Keys must not stand twice: see validateDocument. */
export function documentByKey(document: ProjectDocument): ProjectDocument {
  const assets = [...document.assets.values()].map(
    (asset): Asset => ({ ...asset, id: asAssetId(asset.key) }),
  );
  return { ...document, assets: new Map(assets.map((asset) => [asset.id, asset])) };
}
