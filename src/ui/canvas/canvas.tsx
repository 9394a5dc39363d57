// The canvas: React Flow over nodes and edges that are derived from the document. What React Flow reports
// (moves, selection, connections) goes to the document or the session and comes back from there.

import {
  Background,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  type OnConnectEnd,
  type OnConnectStart,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type MouseEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { connectionProblem } from '#model/commands/connect-assets.ts';
import type { Point } from '#model/document.ts';
import { type AssetId, asAssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { DataFileDrop } from '#ui/import/data-file-drop.tsx';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import { AssetEdge } from './asset-edge.tsx';
import { AssetNode } from './asset-node.tsx';
import css from './canvas.module.css';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { ConnectionTip } from './connection-tip.tsx';
import { EdgeMenu } from './edge-menu.tsx';
import { fitOptions } from './fit-options.ts';
import {
  type AssetFlowEdge,
  type AssetFlowNode,
  createEdgeDeriver,
  createNodeDeriver,
  edgeId,
  pathThrough,
} from './flow-elements.ts';
import { nodeAround } from './new-assets.ts';
import { OverviewLayer } from './overview-layer.tsx';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useOrderOnlyKeys } from './use-order-only-keys.ts';
import { useIsOverview, useOverviewPointer } from './use-overview.ts';
import { useSavedViewport } from './use-saved-viewport.ts';
import { useUnsavedMoves } from './use-unsaved-moves.ts';

const nodeTypes = { asset: AssetNode };
const edgeTypes = { asset: AssetEdge };
const noEdges: AssetFlowEdge[] = [];
const minimapSize = { width: 168, height: 112 };
const manyKeys = ['Shift', 'Meta', 'Control'];

export interface CanvasProps {
  readonly showMinimap: boolean;
  /** Toolbars and controls that float over the canvas. */
  readonly children: ReactNode;
}

export function Canvas({ showMinimap, children }: CanvasProps) {
  const { documents, session } = useServices();
  const canvas = useCanvasStore();
  const actions = useActions();
  const flow = useReactFlow<AssetFlowNode, AssetFlowEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const isOverview = useIsOverview();
  const overview = useOverviewPointer(isOverview);
  const { nodes, edges } = useFlowElements(isOverview);
  const connecting = useCanvas((state) => state.connecting);
  const viewport = useSavedViewport();
  useCanvasKeys(frame);
  useOrderOnlyKeys();
  useUnsavedMoves();

  const onNodesChange = (changes: NodeChange<AssetFlowNode>[]) => {
    const moved: [AssetId, Point][] = [];
    let selected: Set<AssetId> | undefined;
    for (const change of changes) {
      if (change.type === 'position' && change.position) moved.push([asAssetId(change.id), change.position]);
      else if (change.type === 'select') {
        selected ??= new Set(session.getState().selectedAssets);
        if (change.selected) selected.add(asAssetId(change.id));
        else selected.delete(asAssetId(change.id));
      }
    }
    if (moved.length > 0)
      canvas.setState(({ moving }) => ({ moving: new Map([...moving, ...moved]), path: undefined }));
    if (selected) {
      selectAssets(session, selected);
      if (selected.size > 0) canvas.setState({ selectedEdge: undefined });
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
    const kind = canvas.getState().orderOnly ? 'order' : 'value';
    canvas.setState({ connecting: undefined, orderOnly: false });
    if (!fromNode || !fromHandle) return;
    const ends = toNode && (fromHandle.type === 'source' ? [fromNode, toNode] : [toNode, fromNode]);
    if (ends) {
      const [from, to] = [asAssetId(ends[0]!.id), asAssetId(ends[1]!.id)];
      if (!connectionProblem(documents.store.getState().graph, { from, to }, kind))
        actions.connect(from, to, kind);
    } else if (fromHandle.type === 'source' && isPane(event.target)) {
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (point)
        actions.add(
          flow.screenToFlowPosition({ x: point.clientX, y: point.clientY }),
          asAssetId(fromNode.id),
        );
    }
  };
  const hover = (id: AssetId | undefined) => {
    const { connecting: drawing, moving } = canvas.getState();
    if (id !== undefined && (drawing || moving.size > 0)) return;
    canvas.setState({
      path: id === undefined ? undefined : pathThrough(documents.store.getState().graph, id),
    });
  };
  const onDoubleClick = (event: MouseEvent) => {
    if (isPane(event.target) && !overview.onDoubleClick?.(event))
      actions.add(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };

  return (
    <div
      ref={frame}
      className={css.frame}
      data-connecting={connecting}
      role="application"
      aria-label="Asset graph"
    >
      <ReactFlow<AssetFlowNode, AssetFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={() => actions.commitMoves()}
        onSelectionDragStop={() => actions.commitMoves()}
        onNodeMouseEnter={(_event, node) => hover(asAssetId(node.id))}
        onNodeMouseLeave={() => hover(undefined)}
        onNodeDoubleClick={(_event, node) => selectAssets(session, [asAssetId(node.id)], 'body')}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onDoubleClick={onDoubleClick}
        {...(overview.onMouseMove
          ? { onMouseMove: overview.onMouseMove, onPaneClick: overview.onPaneClick }
          : {})}
        isValidConnection={({ source, target }) =>
          !connectionProblem(
            documents.store.getState().graph,
            { from: asAssetId(source), to: asAssetId(target) },
            canvas.getState().orderOnly ? 'order' : 'value',
          )
        }
        onInit={viewport.onInit}
        onMoveEnd={viewport.onMoveEnd}
        {...viewport.initial}
        fitViewOptions={fitOptions}
        onlyRenderVisibleElements
        minZoom={0.02}
        maxZoom={2}
        panOnScroll
        panActivationKeyCode={null}
        zoomOnDoubleClick={false}
        connectOnClick={false}
        connectionRadius={8}
        multiSelectionKeyCode={manyKeys}
        selectionMode={SelectionMode.Partial}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgesFocusable={false}
        elevateNodesOnSelect
        snapToGrid
        snapGrid={[8, 8]}
        nodeDragThreshold={3}
      >
        <Background gap={24} size={1.5} color="var(--hw-canvas-dot)" bgColor="var(--hw-canvas)" />
        {isOverview ? <OverviewLayer /> : showMinimap ? <Overview /> : null}
        <ConnectionTip />
        <SelectedEdge />
        {children}
      </ReactFlow>
      <DataFileDrop
        frame={frame}
        toCanvas={(point) =>
          nodeAround(documents.store.getState().document, flow.screenToFlowPosition(point))
        }
      />
    </div>
  );
}

function useFlowElements(isOverview: boolean) {
  const document = useDocument((state) => state.document);
  const graph = useDocument((state) => state.graph);
  const selectedAssets = useSession((state) => state.selectedAssets);
  const moving = useCanvas((state) => state.moving);
  const selectedEdge = useCanvas((state) => state.selectedEdge);
  const [derive] = useState(() => ({ nodes: createNodeDeriver(), edges: createEdgeDeriver() }));
  const nodes = useMemo(
    () => derive.nodes(document, graph, selectedAssets, moving, isOverview),
    [derive, document, graph, selectedAssets, moving, isOverview],
  );
  const edges = useMemo(
    () => (isOverview ? noEdges : derive.edges(graph, selectedEdge)),
    [derive, graph, selectedEdge, isOverview],
  );
  return { nodes, edges };
}

function SelectedEdge() {
  const selected = useCanvas((state) => state.selectedEdge);
  const graph = useDocument((state) => state.graph);
  const edge = graph.edges.find((candidate) => edgeId(candidate.from, candidate.to) === selected);
  if (!edge) return null;
  return <EdgeMenu edge={edge} canCarry={graph.document.assets.get(edge.to)?.kind === 'asset'} />;
}

function Overview() {
  const document = useDocument((state) => state.document);
  const colour = (node: AssetFlowNode) =>
    groupColour(document, document.assets.get(asAssetId(node.id))?.group);
  return (
    <MiniMap<AssetFlowNode>
      className={css.minimap ?? ''}
      style={minimapSize}
      nodeColor={colour}
      nodeStrokeWidth={0}
      nodeBorderRadius={24}
      bgColor="var(--hw-surface)"
      maskColor="color-mix(in srgb, var(--hw-canvas) 70%, transparent)"
      ariaLabel="Overview of the graph"
      pannable
      zoomable
    />
  );
}

const isPane = (target: EventTarget | null): boolean =>
  target instanceof Element && target.classList.contains('react-flow__pane');
