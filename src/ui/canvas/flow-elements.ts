// From the document to what React Flow draws, one way. Elements that did not change keep their identity, so
// that an edit of one asset costs one node.

import {
  type Edge as FlowEdge,
  type Node as FlowNode,
  Position,
  type ReactFlowInstance,
} from '@xyflow/react';
import type { Asset, Note, Point, ProjectDocument, Unit } from '#model/document.ts';
import { type AssetGraph, type Edge, topologicalOrder } from '#model/graph.ts';
import { type AssetId, asUnitId, type NoteId, type UnitId } from '#model/ids.ts';
import type { Box } from './arrange.ts';
import type { EdgeId, ItemId, ResizedNote } from './canvas-ids.ts';
import {
  frameHead,
  hasFrame,
  heightOf,
  isRow,
  nodeHeight,
  nodeWidth,
  placedBoxes,
  placeOf,
  rowHeight,
  rowsOf,
  unitBox,
} from './node-places.ts';

export type AssetFlowNode = FlowNode<Record<string, never>, 'asset'>;
export type NoteFlowNode = FlowNode<Record<string, never>, 'note'>;
/** The frame of a unit; its outputs lie on it as nodes of their own. */
export type UnitFlowNode = FlowNode<Record<string, never>, 'unit'>;
export type CanvasFlowNode = AssetFlowNode | NoteFlowNode | UnitFlowNode;
export type AssetFlowEdge = FlowEdge<{ readonly kind: Edge['kind'] }, 'asset'>;

export type AssetFlowInstance = ReactFlowInstance<CanvasFlowNode, AssetFlowEdge>;

/** Which nodes are made into elements; the others are hidden. */
export type Shown = 'all' | ReadonlySet<AssetId>;

export const edgeId = (from: AssetId, to: AssetId): EdgeId => `${from} ${to}`;

// Given, not measured: nodes out of view need not be rendered once for their edges to be right.
const shapeOf = (height: number, middle = height / 2) => {
  const handles: NonNullable<AssetFlowNode['handles']> = [
    { type: 'target', position: Position.Left, x: 0, y: middle, width: 0, height: 0 },
    { type: 'source', position: Position.Right, x: nodeWidth, y: middle, width: 0, height: 0 },
  ];
  const size = { width: nodeWidth, height };
  return { ...size, measured: size, handles };
};
const nodeShape = shapeOf(nodeHeight);
const rowShape = shapeOf(rowHeight);
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
      const shape = heightOf(document, asset) === rowHeight ? rowShape : nodeShape;
      const place = placeOf(document, asset, moving);
      const node = nodeOf(asset, place, shape, selected.has(id), hidden, known.get(id));
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
  shape: typeof nodeShape,
  selected: boolean,
  hidden: boolean,
  before: AssetFlowNode | undefined,
): AssetFlowNode {
  if (
    before?.position.x === position.x &&
    before.position.y === position.y &&
    before.height === shape.height &&
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
    ...shape,
    // Above the frame that it lies on.
    ...(shape === rowShape ? { zIndex: 1 } : {}),
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

/** Derives the frames of units, which lie behind their outputs. Remembers the last ones. */
export function createUnitDeriver(): (
  document: ProjectDocument,
  selected: ReadonlySet<AssetId>,
  moving: ReadonlyMap<ItemId, Point>,
  shown: Shown,
) => UnitFlowNode[] {
  let known = new Map<UnitId, UnitFlowNode>();
  return (document, selected, moving, shown) => {
    const next = new Map<UnitId, UnitFlowNode>();
    for (const unit of document.units.values()) {
      const rows = rowsOf(document, unit.id);
      if (rows.length === 0 || !hasFrame(document, unit)) continue;
      const hidden = shown !== 'all' && !rows.some(({ id }) => shown.has(id));
      const isSelected = rows.length > 1 && rows.every(({ id }) => selected.has(id));
      next.set(unit.id, frameOf(document, unit, moving, isSelected, hidden, known.get(unit.id)));
    }
    known = next;
    return [...next.values()];
  };
}

function frameOf(
  document: ProjectDocument,
  unit: Unit,
  moving: ReadonlyMap<ItemId, Point>,
  selected: boolean,
  hidden: boolean,
  before: UnitFlowNode | undefined,
): UnitFlowNode {
  const { x, y, height } = unitBox(document, unit, moving);
  if (
    before?.position.x === x &&
    before.position.y === y &&
    before.height === height &&
    before.selected === selected &&
    before.hidden === hidden &&
    before.ariaLabel === unit.name
  )
    return before;
  return {
    id: unit.id,
    type: 'unit',
    position: { x, y },
    data: noData,
    selected,
    hidden,
    ariaLabel: unit.name,
    ...shapeOf(height, frameHead / 2),
  };
}

/** The asset that a node of the canvas stands for when it is read or reads: a frame, for any of its outputs. */
export const assetOfNode = (document: ProjectDocument, nodeId: string): AssetId =>
  rowsOf(document, asUnitId(nodeId))[0]?.id ?? (nodeId as AssetId);

/** The boxes of these assets and notes, as far as they exist; what a unit makes has its unit's. */
export function boxesOf(
  document: ProjectDocument,
  assets: Iterable<AssetId>,
  notes: Iterable<NoteId>,
): Box<ItemId>[] {
  const boxes: Box<ItemId>[] = [];
  for (const [id, box] of placedBoxes(document, assets)) boxes.push({ id, ...box });
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
    const framed = new Set<string>();
    for (const { from, to, kind, isInternal } of graph.edges) {
      const id = edgeId(from, to);
      if (next.has(id) || isInternal) continue;
      const frame = frameOfRow(graph.document, to);
      // What a body reads, all of its outputs read: one edge to the frame says it.
      if (frame !== undefined) {
        if (framed.has(`${from} ${frame}`)) continue;
        framed.add(`${from} ${frame}`);
      }
      const before = known.get(id);
      const isSelected = id === selected;
      next.set(
        id,
        before?.data?.kind === kind && before.selected === isSelected && before.target === (frame ?? to)
          ? before
          : { id, type: 'asset', source: from, target: frame ?? to, data: { kind }, selected: isSelected },
      );
    }
    known = next;
    const edges = [...next.values()];
    if (edges.length !== last.length || edges.some((edge, i) => edge !== last[i])) last = edges;
    return last;
  };
}

function frameOfRow(document: ProjectDocument, id: AssetId): UnitId | undefined {
  const asset = document.assets.get(id);
  return asset?.kind === 'output' && isRow(document, asset) ? asset.unit : undefined;
}

/** The edges that lead to an asset from anywhere upstream, and on from it to anywhere downstream. */
export function pathThrough(graph: AssetGraph, ...ids: readonly AssetId[]): Set<EdgeId> {
  const path = new Set<EdgeId>();
  const add = (from: AssetId, to: AssetId) => {
    path.add(edgeId(from, to));
    // The edge that is drawn to a frame is called after one of its outputs.
    const asset = graph.document.assets.get(to);
    if (asset?.kind === 'output')
      for (const row of rowsOf(graph.document, asset.unit)) path.add(edgeId(from, row.id));
  };
  for (const [direction, end] of [
    ['upstream', 'from'],
    ['downstream', 'to'],
  ] as const) {
    const seen = new Set(ids);
    const queue = [...ids];
    for (let i = 0; i < queue.length; i++)
      for (const edge of graph[direction].get(queue[i]!) ?? []) {
        add(edge.from, edge.to);
        if (seen.has(edge[end])) continue;
        seen.add(edge[end]);
        queue.push(edge[end]);
      }
  }
  return path;
}
