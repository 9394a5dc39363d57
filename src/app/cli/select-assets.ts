// `--select`: `*`, or keys with commas between them.

import type { ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { similarKeys } from '#model/validate.ts';

export interface Selection {
  readonly ids: ReadonlySet<AssetId> | 'all';
  /** Keys that no asset has, each with those that may have been meant. */
  readonly unknown: readonly { readonly key: string; readonly didYouMean: readonly string[] }[];
}

export function selectAssets(document: ProjectDocument, select: string): Selection {
  const keys = select
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (keys.includes('*')) return { ids: 'all', unknown: [] };
  const idByKey = new Map([...document.assets.values()].map((asset) => [asset.key, asset.id]));
  const ids = new Set<AssetId>();
  const unknown: { key: string; didYouMean: readonly string[] }[] = [];
  for (const key of keys) {
    const id = idByKey.get(key);
    if (id !== undefined) ids.add(id);
    else unknown.push({ key, didYouMean: similarKeys(key, idByKey.keys()).slice(0, 3) });
  }
  return { ids, unknown };
}

/** "There is no asset “dialy”. Did you mean “daily”?" */
export function unknownKeysText(unknown: Selection['unknown']): string {
  return unknown
    .map(({ key, didYouMean }) => {
      const hint =
        didYouMean.length > 0 ? ` Did you mean ${didYouMean.map((other) => `“${other}”`).join(', ')}?` : '';
      return `There is no asset “${key}”.${hint}`;
    })
    .join(' ');
}
