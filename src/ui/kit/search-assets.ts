// Finding assets by what people know of them: name, group, tag, kind or description. Best first.

import type { Asset, ProjectDocument } from '#model/document.ts';

export interface FoundAsset {
  readonly asset: Asset;
  /** Where it was found, when not in the name: "group sales". */
  readonly where: string | undefined;
}

/** Every word must be found somewhere in the asset. An empty text finds nothing. */
export function searchAssets(document: ProjectDocument, text: string, limit: number): FoundAsset[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: (FoundAsset & { readonly rank: number })[] = [];
  for (const asset of document.assets.values()) {
    let rank = 0;
    let where: string | undefined;
    const all = words.every((word) => {
      const hit = findWord(asset, word);
      if (!hit) return false;
      rank += hit.rank;
      where ??= hit.where;
      return true;
    });
    if (all) found.push({ asset, where, rank });
  }
  return found
    .sort(
      (a, b) =>
        a.rank - b.rank || a.asset.key.length - b.asset.key.length || (a.asset.key < b.asset.key ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ asset, where }) => ({ asset, where }));
}

function findWord(
  asset: Asset,
  word: string,
): { readonly rank: number; readonly where?: string } | undefined {
  const key = asset.key.toLowerCase();
  if (key === word) return { rank: 0 };
  if (key.startsWith(word)) return { rank: 1 };
  const at = key.indexOf(word);
  if (at > 0) return { rank: /[_/.-]/.test(key[at - 1]!) ? 2 : 3 };
  if (asset.group?.toLowerCase().includes(word)) return { rank: 4, where: `group ${asset.group}` };
  for (const [name, value] of Object.entries(asset.tags ?? {})) {
    const tag = value === '' ? name : `${name}: ${value}`;
    if (tag.toLowerCase().includes(word) || `${name}=${value}`.toLowerCase().includes(word))
      return { rank: 5, where: `tag ${tag}` };
  }
  const kind = [asset.kind === 'asset' ? 'typescript' : asset.kind, ...(asset.kinds ?? [])].find((name) =>
    name.toLowerCase().includes(word),
  );
  if (kind !== undefined) return { rank: 6, where: `kind ${kind}` };
  const { description } = asset;
  const place = description?.toLowerCase().indexOf(word) ?? -1;
  if (description === undefined || place < 0) return undefined;
  const from = Math.max(0, place - 20);
  const excerpt = description
    .slice(from, place + word.length + 30)
    .replace(/\s+/g, ' ')
    .trim();
  return { rank: 7, where: `${from > 0 ? '…' : ''}${excerpt}` };
}
