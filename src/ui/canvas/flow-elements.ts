// From the document to what React Flow draws, one way. Elements that did not change keep their identity, so
// that an edit of one asset costs one node.

import {
  type Edge as FlowEdge,
  type Node as FlowNode,
  Position,
  type ReactFlowInstance,
} from '@xyflow/react';
import type { Asset, Note, Point, ProjectDocument } from '#model/document.ts';
import { type AssetGraph, type Edge, topologicalOrder } from '#model/graph.ts';
import type { AssetId, NoteId } from '#model/ids.ts';
import type { Bounds, Box } from './arrange.ts';
import type { EdgeId, ItemId, ResizedNote } from './canvas-ids.ts';

export const nodeWidth = 224;
export const nodeHeight = 64;

export type AssetFlowNode = FlowNode<Record<string, never>, 'asset'>;
export type NoteFlowNode = FlowNode<Record<string, never>, 'note'>;
export type CanvasFlowNode = AssetFlowNode | NoteFlowNode;
export type AssetFlowEdge = FlowEdge<{ readonly kind: Edge['kind'] }, 'asset'>;

export type AssetFlowInstance = ReactFlowInstance<CanvasFlowNode, AssetFlowEdge>;

/** Which nodes are made into elements; the others are hidden. */
export type Shown = 'all' | ReadonlySet<AssetId>;

export const edgeId = (from: AssetId, to: AssetId): EdgeId => `${from} ${to}`;

const measured = { width: nodeWidth, height: nodeHeight };
// Given, not measured: nodes out of view need not be rendered once for their edges to be right.
const handles: NonNullable<AssetFlowNode['handles']> = [
  { type: 'target', position: Position.Left, x: 0, y: nodeHeight / 2, width: 0, height: 0 },
  { type: 'source', position: Position.Right, x: nodeWidth, y: nodeHeight / 2, width: 0, height: 0 },
];
const noData = {};

/** Derives nodes and remembers the last ones. */
export function createNodeDeriver(): (
  document: ProjectDocument,
  graph: AssetGraph,
  selected: ReadonlySet<AssetId>,
  moving: ReadonlyMap<ItemId, Point>,
  shown: Shown,
) => AssetFlowNode[] {
  let known = new Map<AssetId, AssetFlowNode>();
  let last: AssetFlowNode[] = [];
  let orderedFor: AssetGraph['edges'] | undefined;
  let order: readonly AssetId[] = [];

  return (document, graph, selected, moving, shown) => {
    // Assets that only moved have the edges they had.
    if (orderedFor !== graph.edges) {
      orderedFor = graph.edges;
      order = readingOrder(graph);
    }
    const next = new Map<AssetId, AssetFlowNode>();
    let same = order.length === last.length;
    const nodes = order.flatMap((id, i) => {
      const asset = document.assets.get(id);
      if (!asset) return [];
      const hidden = shown !== 'all' && !shown.has(id);
      const node = nodeOf(asset, moving.get(id) ?? asset.position, selected.has(id), hidden, known.get(id));
      next.set(id, node);
      same &&= node === last[i];
      return [node];
    });
    known = next;
    if (!same) last = nodes;
    return last;
  };
}

function nodeOf(
  asset: Asset,
  position: Point,
  selected: boolean,
  hidden: boolean,
  before: AssetFlowNode | undefined,
): AssetFlowNode {
  if (
    before?.position.x === position.x &&
    before.position.y === position.y &&
    before.selected === selected &&
    before.hidden === hidden &&
    before.ariaLabel === asset.key
  )
    return before;
  return {
    id: asset.id,
    type: 'asset',
    position,
    data: noData,
    selected,
    hidden,
    ariaLabel: asset.key,
    ...measured,
    measured,
    handles,
  };
}

/** Derives the nodes of notes: they lie behind the assets. Remembers the last ones. */
export function createNoteDeriver(): (
  notes: ReadonlyMap<NoteId, Note>,
  selected: ReadonlySet<NoteId>,
  moving: ReadonlyMap<ItemId, Point>,
  resizing: ResizedNote | undefined,
) => NoteFlowNode[] {
  let known = new Map<NoteId, NoteFlowNode>();
  return (notes, selected, moving, resizing) => {
    const next = new Map<NoteId, NoteFlowNode>();
    for (const note of notes.values()) {
      const { x, y, width, height } =
        resizing?.id === note.id ? resizing : { ...note, ...(moving.get(note.id) ?? note.position) };
      const before = known.get(note.id);
      const isSame =
        before?.position.x === x &&
        before.position.y === y &&
        before.width === width &&
        before.height === height &&
        before.selected === selected.has(note.id);
      next.set(
        note.id,
        isSame
          ? before
          : {
              id: note.id,
              type: 'note',
              position: { x, y },
              data: noData,
              selected: selected.has(note.id),
              ariaLabel: 'Note',
              width,
              height,
              measured: { width, height },
              zIndex: -1,
            },
      );
    }
    known = next;
    return [...next.values()];
  };
}

export const assetBounds = ({ position: { x, y } }: Pick<Asset, 'position'>): Bounds => ({
  x,
  y,
  width: nodeWidth,
  height: nodeHeight,
});

/** The boxes of these assets and notes, as far as they exist. */
export function boxesOf(
  document: ProjectDocument,
  assets: Iterable<AssetId>,
  notes: Iterable<NoteId>,
): Box<ItemId>[] {
  const boxes: Box<ItemId>[] = [];
  for (const id of assets) {
    const asset = document.assets.get(id);
    if (asset) boxes.push({ id, ...assetBounds(asset) });
  }
  for (const id of notes) {
    const note = document.notes.get(id);
    if (note) boxes.push({ id, ...note.position, width: note.width, height: note.height });
  }
  return boxes;
}

/** Upstream first: the order in which Tab walks over the nodes. */
export function readingOrder(graph: AssetGraph): readonly AssetId[] {
  const order = topologicalOrder(graph);
  return order.type === 'Ordered' ? order.order : [...graph.document.assets.keys()];
}

/** Derives edges, one for each pair of assets, and remembers the last ones. */
export function createEdgeDeriver(): (graph: AssetGraph, selected: EdgeId | undefined) => AssetFlowEdge[] {
  let known = new Map<EdgeId, AssetFlowEdge>();
  let last: AssetFlowEdge[] = [];
  let madeOf: AssetGraph['edges'] | undefined;
  let madeFor: EdgeId | undefined;
  return (graph, selected) => {
    if (madeOf === graph.edges && madeFor === selected) return last;
    madeOf = graph.edges;
    madeFor = selected;
    const next = new Map<EdgeId, AssetFlowEdge>();
    for (const { from, to, kind } of graph.edges) {
      const id = edgeId(from, to);
      if (next.has(id)) continue;
      const before = known.get(id);
      const isSelected = id === selected;
      next.set(
        id,
        before?.data?.kind === kind && before.selected === isSelected
          ? before
          : { id, type: 'asset', source: from, target: to, data: { kind }, selected: isSelected },
      );
    }
    known = next;
    const edges = [...next.values()];
    if (edges.length !== last.length || edges.some((edge, i) => edge !== last[i])) last = edges;
    return last;
  };
}

/** The edges that lead to an asset from anywhere upstream, and on from it to anywhere downstream. */
export function pathThrough(graph: AssetGraph, id: AssetId): Set<EdgeId> {
  const path = new Set<EdgeId>();
  for (const [direction, end] of [
    ['upstream', 'from'],
    ['downstream', 'to'],
  ] as const) {
    const seen = new Set([id]);
    const queue = [id];
    for (let i = 0; i < queue.length; i++)
      for (const edge of graph[direction].get(queue[i]!) ?? []) {
        path.add(edgeId(edge.from, edge.to));
        if (seen.has(edge[end])) continue;
        seen.add(edge[end]);
        queue.push(edge[end]);
      }
  }
  return path;
}
