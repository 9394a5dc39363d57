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
  /** Rows, items or entries of the latest value. */
  readonly count?: number;
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
      const summary = state?.latest?.value?.summary;
      const size = sizeText(summary);
      return {
        asset,
        status: nodeStatus(asset, state),
        ...(state?.latest ? { materializedAt: state.latest.timestamp * 1000 } : {}),
        ...(summary?.count === undefined ? {} : { count: summary.count }),
        ...(size === undefined ? {} : { size }),
      };
    })
    .sort((a, b) => a.asset.key.localeCompare(b.asset.key, 'en', { numeric: true }));
}

export type CatalogColumn = 'asset' | 'group' | 'kinds' | 'status' | 'materialized' | 'size';

const statusOrder: readonly NodeStatus[] = [
  'failed',
  'interrupted',
  'canceled',
  'running',
  'queued',
  'stale',
  'skipped',
  'never',
  'materialized',
  'observed',
  'external',
];

/** Rows that have nothing in the column stand last, whichever way; equal ones stay in the order of their keys. */
export function sortedRows(
  rows: readonly CatalogRow[],
  by: CatalogColumn,
  isDescending: boolean,
): readonly CatalogRow[] {
  const way = isDescending ? -1 : 1;
  const place = (row: CatalogRow): string | number | undefined => {
    switch (by) {
      case 'asset':
        return row.asset.key;
      case 'group':
        return row.asset.group;
      case 'kinds':
        return row.asset.kinds?.length ? row.asset.kinds.join(', ') : undefined;
      case 'status':
        return statusOrder.indexOf(row.status);
      case 'materialized':
        return row.materializedAt;
      default:
        return row.count;
    }
  };
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true });
  return [...rows].sort((a, b) => {
    const [x, y] = [place(a), place(b)];
    if (x === undefined || y === undefined) return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0);
    return way * compare(x, y);
  });
}

export interface CatalogFilter {
  readonly search: string;
  readonly group: string | undefined;
  readonly kind: string | undefined;
  readonly status: NodeStatus | undefined;
}

export function matchesFilter(row: CatalogRow, { search, group, kind, status }: CatalogFilter): boolean {
  if (group !== undefined && row.asset.group !== group) return false;
  if (kind !== undefined && !row.asset.kinds?.includes(kind)) return false;
  if (status !== undefined && row.status !== status) return false;
  return matchesSearch(row, search);
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
