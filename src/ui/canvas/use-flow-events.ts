// What React Flow reports (moves, selection, connections), told to the document, the session or the canvas store.

import {
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  type OnConnectStart,
  useReactFlow,
} from '@xyflow/react';
import type { MouseEvent, DragEvent as ReactDragEvent, MouseEvent as ReactMouseEvent } from 'react';
import { connectionProblem } from '#model/commands/connect-assets.ts';
import type { Point } from '#model/document.ts';
import { type AssetId, asAssetId, asNoteId, asUnitId, type NoteId, type UnitId } from '#model/ids.ts';
import { selectAssets, selectItems } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import type { ItemId } from './canvas-ids.ts';
import { type MenuTarget, useCanvasStore } from './canvas-store.ts';
import { type AssetFlowEdge, assetOfNode, type CanvasFlowNode, pathThrough } from './flow-elements.ts';
import { isRow, moveOf, rowsOf } from './node-places.ts';
import { carriesItem, droppedItem } from './palette.tsx';
import { graphOf, useOpenGraph } from './use-open-graph.ts';
import type { useOverviewPointer } from './use-overview.ts';

export function useFlowEvents(overview: ReturnType<typeof useOverviewPointer>) {
  const { documents, session } = useServices();
  const canvas = useCanvasStore();
  const actions = useActions();
  const openGraph = useOpenGraph();
  const flow = useReactFlow<CanvasFlowNode, AssetFlowEdge>();
  const isNote = (id: string) => documents.store.getState().document.notes.has(asNoteId(id));
  const graph = () => documents.store.getState().graph;
  const document = () => documents.store.getState().document;
  const assetOf = (nodeId: string) => assetOfNode(document(), nodeId);
  /** All that a node stands for: the outputs of a frame. */
  const assetsOf = (nodeId: string): AssetId[] => {
    const rows = rowsOf(document(), asUnitId(nodeId));
    return rows.length > 0 ? rows.map((row) => row.id) : [asAssetId(nodeId)];
  };
  const kind = () => (canvas.getState().orderOnly ? 'order' : 'value');

  const onNodesChange = (changes: NodeChange<CanvasFlowNode>[]) => {
    const moved: (readonly [ItemId, Point])[] = [];
    const frames = new Map<UnitId, boolean>();
    const rows = new Set(changes.flatMap((change) => (change.type === 'select' ? change.id : [])));
    let assets: Set<AssetId> | undefined;
    let notes: Set<NoteId> | undefined;
    const { selectedAssets, selectedNotes } = session.getState();
    for (const change of changes) {
      if (change.type === 'position' && change.position) {
        // A note that is being sized reports its corner too.
        if (canvas.getState().resizing?.id !== change.id)
          moved.push(moveOf(document(), asAssetId(change.id), change.position));
      } else if (change.type === 'select') {
        assets ??= new Set(selectedAssets);
        notes ??= new Set(selectedNotes);
        const unit = asUnitId(change.id);
        if (document().units.has(unit)) frames.set(unit, change.selected);
        else if (isNote(change.id)) setMember(notes, asNoteId(change.id), change.selected);
        else setMember(assets, asAssetId(change.id), change.selected);
      }
    }
    for (const [unit, isIn] of frames) {
      const outputs = rowsOf(document(), unit);
      // A frame is left when one of its rows is chosen: then the rows say themselves what is selected.
      if (isIn || !outputs.some(({ id }) => rows.has(id)))
        for (const { id } of outputs) setMember(assets!, id, isIn);
    }
    if (moved.length > 0)
      canvas.setState(({ moving }) => ({ moving: new Map([...moving, ...moved]), path: undefined }));
    if (assets && notes) {
      selectItems(session, assets, notes);
      if (assets.size + notes.size > 0) canvas.setState({ selectedEdge: undefined });
    }
  };

  const onEdgesChange = (changes: EdgeChange<AssetFlowEdge>[]) => {
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) canvas.setState({ selectedEdge: change.id });
      else if (canvas.getState().selectedEdge === change.id) canvas.setState({ selectedEdge: undefined });
    }
  };

  const onConnectStart: OnConnectStart = (_event, { handleType }) =>
    canvas.setState({ connecting: handleType ?? 'source', path: undefined });

  const onConnectEnd: OnConnectEnd = (event, { fromNode, fromHandle, toNode }) => {
    const drawn = kind();
    canvas.setState({ connecting: undefined, orderOnly: false });
    if (!fromNode || !fromHandle) return;
    const ends = toNode && (fromHandle.type === 'source' ? [fromNode, toNode] : [toNode, fromNode]);
    if (ends) {
      const [from, to] = [assetOf(ends[0]!.id), assetOf(ends[1]!.id)];
      if (!connectionProblem(graph(), { from, to }, drawn)) actions.connect(from, to, drawn);
      return;
    }
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!point || !isCanvas(event.target)) return;
    const at = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY });
    const id = assetOf(fromNode.id);
    if (fromHandle.type === 'source') actions.addConnected(at, { from: id });
    else actions.addConnected(at, { to: id, kind: drawn });
  };

  const hover = (id: string | undefined) => {
    const { connecting, moving } = canvas.getState();
    if (id !== undefined && (connecting || moving.size > 0 || isNote(id))) return;
    canvas.setState({ path: id === undefined ? undefined : pathThrough(graph(), ...assetsOf(id)) });
  };

  const openMenu = (event: MouseEvent | globalThis.MouseEvent, target: MenuTarget) => {
    event.preventDefault();
    let { clientX: x, clientY: y } = event;
    // The menu key has no place of its own.
    if (x === 0 && y === 0 && event.target instanceof Element) {
      const box = event.target.getBoundingClientRect();
      [x, y] = [box.left + 24, box.top + 24];
    }
    canvas.setState({ menu: { x, y, target } });
  };
  const placeOf = (event: { readonly clientX: number; readonly clientY: number }) =>
    flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });

  return {
    onNodesChange,
    onEdgesChange,
    onConnectStart,
    onConnectEnd,
    onNodeDragStop: () => actions.commitMoves(),
    onSelectionDragStop: () => actions.commitMoves(),
    onNodeMouseEnter: (_event: ReactMouseEvent, node: CanvasFlowNode) => hover(node.id),
    onNodeMouseLeave: () => hover(undefined),
    // Of a whole unit that is selected, a click on one row means that row: React Flow leaves what is selected so.
    onNodeClick: (event: ReactMouseEvent, node: CanvasFlowNode) => {
      const asset = document().assets.get(asAssetId(node.id));
      const isMany = event.shiftKey || event.ctrlKey || event.metaKey;
      if (asset && !isMany && isRow(document(), asset)) selectAssets(session, [asset.id]);
    },
    onNodeDoubleClick: (_event: ReactMouseEvent, node: CanvasFlowNode) => {
      if (isNote(node.id)) return;
      const opened = graphOf(document(), assetsOf(node.id));
      if (opened) openGraph(opened.id);
      else selectAssets(session, assetsOf(node.id), 'body');
    },
    onDoubleClick: (event: ReactMouseEvent) => {
      if (isCanvas(event.target) && !overview.onDoubleClick?.(event)) actions.add('asset', placeOf(event));
    },
    isValidConnection: ({ source, target }: { readonly source: string; readonly target: string }) =>
      !connectionProblem(graph(), { from: assetOf(source), to: assetOf(target) }, kind()),
    onNodeContextMenu: (event: ReactMouseEvent, node: CanvasFlowNode) => {
      const { selectedAssets, selectedNotes } = session.getState();
      const isSelected =
        assetsOf(node.id).every((id) => selectedAssets.has(id)) || selectedNotes.has(asNoteId(node.id));
      if (!isSelected) {
        if (isNote(node.id)) selectItems(session, [], [asNoteId(node.id)]);
        else selectAssets(session, assetsOf(node.id));
      }
      openMenu(event, { type: 'items' });
    },
    onSelectionContextMenu: (event: ReactMouseEvent) => openMenu(event, { type: 'items' }),
    onEdgeContextMenu: (event: ReactMouseEvent, edge: AssetFlowEdge) => {
      canvas.setState({ selectedEdge: edge.id });
      openMenu(event, { type: 'edge', id: edge.id });
    },
    onPaneContextMenu: (event: ReactMouseEvent | globalThis.MouseEvent) => {
      const id = overview.assetAt(event);
      if (id === undefined) return openMenu(event, { type: 'canvas', at: placeOf(event) });
      if (!session.getState().selectedAssets.has(id)) selectAssets(session, [id]);
      openMenu(event, { type: 'items' });
    },
    onDragOver: (event: ReactDragEvent) => {
      if (!carriesItem(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: ReactDragEvent) => {
      const item = droppedItem(event);
      if (!item) return;
      event.preventDefault();
      actions.add(item, placeOf(event));
    },
  };
}

function setMember<T>(set: Set<T>, item: T, isIn: boolean): void {
  if (isIn) set.add(item);
  else set.delete(item);
}

/** The bare canvas, or a note: assets may be put on notes. */
const isCanvas = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  (target.classList.contains('react-flow__pane') || target.closest('.react-flow__node-note') !== null);
