// The canvas: React Flow over nodes and edges that are derived from the document. What React Flow reports
// (moves, selection, connections) goes to the document or the session and comes back from there.

import { Background, MiniMap, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type ReactNode, useRef } from 'react';
import { readerOf } from '#model/commands/readers.ts';
import { DataFileDrop } from '#ui/import/data-file-drop.tsx';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { AssetEdge } from './asset-edge.tsx';
import { AssetNode } from './asset-node.tsx';
import css from './canvas.module.css';
import { useCanvas } from './canvas-store.ts';
import { ConnectionTip } from './connection-tip.tsx';
import { EdgeMenu } from './edge-menu.tsx';
import { fitOptions } from './fit-options.ts';
import { type AssetFlowEdge, assetOfNode, type CanvasFlowNode, edgeId } from './flow-elements.ts';
import { LargeMinimap } from './large-minimap.tsx';
import { nodeAround } from './new-assets.ts';
import { NoteNode } from './note-node.tsx';
import { OverviewLayer } from './overview-layer.tsx';
import { PassingLines } from './passing-lines.tsx';
import { UnitNode } from './unit-node.tsx';
import { useArrivedAssets } from './use-arrived-assets.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useCanvasView } from './use-canvas-view.ts';
import { useClipboardEvents } from './use-clipboard-events.ts';
import { useFlowElements } from './use-flow-elements.ts';
import { useFlowEvents } from './use-flow-events.ts';
import { useOrderOnlyKeys } from './use-order-only-keys.ts';
import { mostElements, useIsOverview, useOverviewPointer } from './use-overview.ts';
import { useSavedViewport } from './use-saved-viewport.ts';
import { useUnsavedMoves } from './use-unsaved-moves.ts';
import { useUnveiling } from './use-unveiling.ts';

const nodeTypes = { asset: AssetNode, note: NoteNode, unit: UnitNode };
const edgeTypes = { asset: AssetEdge };
const minimapSize = { width: 168, height: 112 };
const manyKeys = ['Shift', 'Meta', 'Control'];
/** While dragging selects, the middle and the right button still pan. */
const panButtons = [1, 2];

export interface CanvasProps {
  readonly showMinimap: boolean;
  /** Toolbars and controls that float over the canvas. */
  readonly children: ReactNode;
}

export function Canvas({ showMinimap, children }: CanvasProps) {
  const { documents } = useServices();
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const isOverview = useIsOverview();
  const overview = useOverviewPointer(isOverview);
  const isLarge = useDocument((state) => state.document.assets.size > mostElements);
  const shown = useUnveiling(isOverview);
  const { nodes, edges } = useFlowElements(shown, isLarge);
  const connecting = useCanvas((state) => state.connecting);
  const dragSelects = useCanvas((state) => state.dragSelects);
  const viewport = useSavedViewport();
  const { onDragOver, onDrop, ...events } = useFlowEvents(overview);
  useCanvasView(frame);
  useCanvasKeys(frame);
  useClipboardEvents(frame);
  useArrivedAssets();
  useOrderOnlyKeys();
  useUnsavedMoves();

  return (
    <div
      ref={frame}
      className={css.frame}
      data-connecting={connecting}
      role="application"
      aria-label="Asset graph"
      onDragOver={onDragOver}
      onDrop={onDrop}
    >
      <ReactFlow<CanvasFlowNode, AssetFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...events}
        {...(overview.onMouseMove
          ? { onMouseMove: overview.onMouseMove, onPaneClick: overview.onPaneClick }
          : {})}
        onInit={viewport.onInit}
        onMoveEnd={viewport.onMoveEnd}
        {...viewport.initial}
        fitViewOptions={fitOptions}
        onlyRenderVisibleElements
        minZoom={0.02}
        maxZoom={2}
        panOnScroll
        panActivationKeyCode={null}
        panOnDrag={dragSelects ? panButtons : true}
        selectionOnDrag={dragSelects}
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
        {shown === 'all' ? null : <OverviewLayer />}
        {shown === 'all' && showMinimap ? isLarge ? <LargeMinimap /> : <Overview /> : null}
        {shown === 'all' && isLarge ? <PassingLines shown={edges} /> : null}
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

function SelectedEdge() {
  const selected = useCanvas((state) => state.selectedEdge);
  const graph = useDocument((state) => state.graph);
  const edge = graph.edges.find((candidate) => edgeId(candidate.from, candidate.to) === selected);
  if (!edge) return null;
  return <EdgeMenu edge={edge} canCarry={readerOf(graph.document, edge.to) !== undefined} />;
}

function Overview() {
  const document = useDocument((state) => state.document);
  const colour = (node: CanvasFlowNode) =>
    node.type === 'note'
      ? 'var(--hw-pressed)'
      : groupColour(document, document.assets.get(assetOfNode(document, node.id))?.group);
  return (
    <MiniMap<CanvasFlowNode>
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
