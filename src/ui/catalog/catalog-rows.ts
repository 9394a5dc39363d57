// The assets of the project as rows of the catalog, and which of them a search finds.

import type { AssetState, NodeStatus } from '#model/asset-state.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { nodeStatus, sizeText } from '#ui/inspector/asset-facts.ts';
import { statusLabel } from '#ui/kit/status-labels.ts';

export interface CatalogRow {
  readonly asset: Asset;
  readonly status: NodeStatus;
  /** Milliseconds since the epoch. */
  readonly materializedAt?: number;
  /** The size of the latest value: "1,461 rows". */
  readonly size?: string;
}

/** By key. */
export function catalogRows(
  document: ProjectDocument,
  states: ReadonlyMap<AssetId, AssetState>,
): readonly CatalogRow[] {
  return [...document.assets.values()]
    .map((asset): CatalogRow => {
      const state = states.get(asset.id);
      const size = sizeText(state?.latest?.value?.summary);
      return {
        asset,
        status: nodeStatus(asset, state),
        ...(state?.latest ? { materializedAt: state.latest.timestamp * 1000 } : {}),
        ...(size === undefined ? {} : { size }),
      };
    })
    .sort((a, b) => a.asset.key.localeCompare(b.asset.key, 'en', { numeric: true }));
}

/** Every word of the search must be found in the key, group, kinds, tags, owners, description or status. */
export function matchesSearch({ asset, status }: CatalogRow, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [
    asset.key,
    asset.group,
    asset.description,
    statusLabel(status),
    ...(asset.kinds ?? []),
    ...(asset.owners ?? []),
    ...Object.entries(asset.tags ?? {}).flat(),
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
