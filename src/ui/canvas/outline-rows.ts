// The graph as a tree: groups, their assets, and what each asset reads and feeds; then the notes. Only what is
// unfolded becomes a row.

import type { Asset, Note, ProjectDocument } from '#model/document.ts';
import type { AssetGraph, Edge } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';

interface Place {
  /** Unlike any other row's. */
  readonly id: string;
  /** 1 for groups. */
  readonly level: number;
  /** 1-based place among its siblings, and how many these are. */
  readonly place: number;
  readonly siblings: number;
  readonly parent: string | undefined;
}

export type OutlineRow = Place &
  (
    | { readonly type: 'group'; readonly name: string; readonly count: number; readonly isOpen: boolean }
    | { readonly type: 'asset'; readonly asset: Asset; readonly isOpen: boolean | undefined }
    | {
        readonly type: 'neighbour';
        readonly asset: Asset;
        readonly relation: 'reads' | 'waits for' | 'feeds';
      }
    | { readonly type: 'note'; readonly note: Note }
  );

export interface OutlineFolds {
  /** Ids of group rows that are folded: groups are open at first. */
  readonly folded: ReadonlySet<string>;
  /** Ids of asset rows that are unfolded. */
  readonly unfolded: ReadonlySet<string>;
}

export const assetRowId = (id: AssetId): string => `asset ${id}`;
const ungrouped = 'No group';
const notes = 'Notes';

/** `text` narrows to assets whose key or group holds it; `order` is the order of assets within a group. */
export function outlineRows(
  graph: AssetGraph,
  order: readonly AssetId[],
  { folded, unfolded }: OutlineFolds,
  text: string,
): readonly OutlineRow[] {
  const { document } = graph;
  const groups = groupedAssets(document, order, text.trim().toLowerCase());
  const shownNotes = text.trim() === '' ? [...document.notes.values()] : [];
  const siblings = groups.length + (shownNotes.length > 0 ? 1 : 0);
  const rows: OutlineRow[] = [];
  groups.forEach(([name, assets], index) => {
    const id = `group ${name ?? ''}`;
    const isOpen = !folded.has(id);
    rows.push({
      type: 'group',
      id,
      level: 1,
      place: index + 1,
      siblings,
      parent: undefined,
      name: name ?? (groups.length === 1 ? 'Assets' : ungrouped),
      count: assets.length,
      isOpen,
    });
    if (isOpen)
      assets.forEach((asset, i) => {
        pushAsset(rows, graph, asset, { parent: id, place: i + 1, siblings: assets.length }, unfolded);
      });
  });
  if (shownNotes.length > 0) {
    const id = 'notes';
    const isOpen = !folded.has(id);
    rows.push({
      type: 'group',
      id,
      level: 1,
      place: siblings,
      siblings,
      parent: undefined,
      name: notes,
      count: shownNotes.length,
      isOpen,
    });
    if (isOpen)
      shownNotes.forEach((note, i) => {
        rows.push({
          type: 'note',
          id: `note ${note.id}`,
          level: 2,
          place: i + 1,
          siblings: shownNotes.length,
          parent: id,
          note,
        });
      });
  }
  return rows;
}

/** Groups in the order in which they first appear; assets without one come last. */
function groupedAssets(
  document: ProjectDocument,
  order: readonly AssetId[],
  text: string,
): [name: string | undefined, assets: Asset[]][] {
  const byGroup = new Map<string | undefined, Asset[]>();
  for (const assetId of order) {
    const asset = document.assets.get(assetId);
    if (!asset) continue;
    const isSought =
      asset.key.toLowerCase().includes(text) || (asset.group?.toLowerCase().includes(text) ?? false);
    if (!isSought) continue;
    const members = byGroup.get(asset.group);
    if (members) members.push(asset);
    else byGroup.set(asset.group, [asset]);
  }
  const loose = byGroup.get(undefined);
  byGroup.delete(undefined);
  return loose ? [...byGroup, [undefined, loose]] : [...byGroup];
}

function pushAsset(
  rows: OutlineRow[],
  graph: AssetGraph,
  asset: Asset,
  at: Pick<Place, 'parent' | 'place' | 'siblings'>,
  unfolded: ReadonlySet<string>,
): void {
  const id = assetRowId(asset.id);
  const upstream = distinct(graph.upstream.get(asset.id), 'from');
  const downstream = distinct(graph.downstream.get(asset.id), 'to');
  const siblings = upstream.length + downstream.length;
  const isOpen = siblings === 0 ? undefined : unfolded.has(id);
  rows.push({ type: 'asset', id, level: 2, ...at, asset, isOpen });
  if (!isOpen) return;
  const neighbour = (edge: Edge, end: 'from' | 'to', place: number) => {
    const other = graph.document.assets.get(edge[end]);
    if (!other) return;
    const relation = end === 'to' ? 'feeds' : edge.kind === 'order' ? 'waits for' : 'reads';
    rows.push({
      type: 'neighbour',
      id: `${id} ${end} ${other.id}`,
      level: 3,
      place,
      siblings,
      parent: id,
      asset: other,
      relation,
    });
  };
  upstream.forEach((edge, i) => {
    neighbour(edge, 'from', i + 1);
  });
  downstream.forEach((edge, i) => {
    neighbour(edge, 'to', upstream.length + i + 1);
  });
}

/** One edge for each neighbour, although it may be read under several names. */
const distinct = (edges: readonly Edge[] | undefined, end: 'from' | 'to'): readonly Edge[] => [
  ...new Map((edges ?? []).map((edge) => [edge[end], edge])).values(),
];
