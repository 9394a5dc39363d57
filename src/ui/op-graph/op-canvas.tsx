// The canvas of a graph asset: its ops, wired. What React Flow reports (moves, selection, wires) goes to the document
// or the view and comes back from there.

import {
  Background,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  type OnConnectStart,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { graphUnit, opConnectionProblem } from '#model/commands/op-commands.ts';
import type { GraphUnit, Point } from '#model/document.ts';
import canvasCss from '#ui/canvas/canvas.module.css';
import { fitOptions } from '#ui/canvas/fit-options.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { InputEnd, OutputEnd } from './end-nodes.tsx';
import {
  type GraphFlowNode,
  graphElements,
  opOfPlace,
  sourceOf,
  targetOf,
  type WireFlowEdge,
} from './op-elements.ts';
import { useOpGraph, useOpView } from './op-graph-context.ts';
import { OpNodeCard } from './op-node.tsx';
import { select } from './op-view.ts';
import { type OpPageKeys, useOpKeys } from './use-op-keys.ts';
import { WireEdge } from './wire-edge.tsx';
import { WireTip } from './wire-tip.tsx';

const nodeTypes = { op: OpNodeCard, 'graph-input': InputEnd, 'graph-output': OutputEnd };
const edgeTypes = { wire: WireEdge };
const manyKeys = ['Shift', 'Meta', 'Control'];

interface OpCanvasProps {
  readonly unit: GraphUnit;
  readonly keys: OpPageKeys;
  /** Toolbars that float over the canvas. */
  readonly children: ReactNode;
}

export function OpCanvas({ unit, keys, children }: OpCanvasProps) {
  const { documents, session } = useServices();
  const { view, actions } = useOpGraph();
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const outputs = useDocument((state) => rowsOf(state.document, unit.id));
  const selected = useOpView((state) => state.selected);
  const selectedWire = useOpView((state) => state.selectedWire);
  const moving = useOpView((state) => state.moving);
  const connecting = useOpView((state) => state.connecting);
  const { nodes, edges } = useMemo(
    () => graphElements(unit, outputs, moving, selected, selectedWire),
    [unit, outputs, moving, selected, selectedWire],
  );
  useOpKeys(frame, keys);
  const count = nodes.length;
  const wasCount = useRef(count);
  useEffect(() => {
    // What is new may stand out of sight.
    if (count > wasCount.current) void flow.fitView({ ...fitOptions, duration: 140 });
    wasCount.current = count;
  }, [count, flow]);

  const onNodesChange = (changes: NodeChange<GraphFlowNode>[]) => {
    const moved: (readonly [string, Point])[] = [];
    let ids: Set<string> | undefined;
    for (const change of changes) {
      if (change.type === 'position' && change.position) {
        const op = opOfPlace(change.id);
        if (op !== undefined) moved.push([op, change.position]);
      } else if (change.type === 'select') {
        ids ??= new Set(view.getState().selected);
        if (change.selected) ids.add(change.id);
        else ids.delete(change.id);
      }
    }
    if (moved.length > 0) view.setState((state) => ({ moving: new Map([...state.moving, ...moved]) }));
    if (ids) view.setState(ids.size > 0 ? { selected: ids, selectedWire: undefined } : { selected: ids });
  };
  const onEdgesChange = (changes: EdgeChange<WireFlowEdge>[]) => {
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) view.setState({ selectedWire: change.id, selected: new Set() });
      else if (view.getState().selectedWire === change.id) view.setState({ selectedWire: undefined });
    }
  };
  const onConnectStart: OnConnectStart = (_event, { handleType }) =>
    view.setState({ connecting: handleType ?? 'source' });
  const onConnectEnd: OnConnectEnd = (event, { fromNode, fromHandle, toNode, toHandle }) => {
    view.setState({ connecting: undefined });
    if (!fromNode || !fromHandle) return;
    if (toNode) {
      const forward = fromHandle.type === 'source';
      const [start, startHandle, end] = forward
        ? [fromNode.id, fromHandle.id, toNode.id]
        : [toNode.id, toHandle?.id, fromNode.id];
      const [from, to] = [sourceOf(start, startHandle), targetOf(end)];
      const now = graphUnit(documents.store.getState().document, unit.id);
      if (from && to && now && !opConnectionProblem(now, from, to)) actions.connect(from, to);
      return;
    }
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!point || !isPane(event.target)) return;
    const at = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY });
    if (fromHandle.type === 'source') {
      const from = sourceOf(fromNode.id, fromHandle.id);
      if (from) actions.addConnected(at, { from });
      return;
    }
    const to = targetOf(fromNode.id);
    if (to) actions.addConnected(at, { to });
  };

  return (
    <div
      ref={frame}
      className={canvasCss.frame}
      data-connecting={connecting}
      role="application"
      aria-label={`Ops of ${unit.name}`}
    >
      <ReactFlow<GraphFlowNode, WireFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onNodeDragStop={() => actions.commitMoves()}
        onSelectionDragStop={() => actions.commitMoves()}
        onNodeDoubleClick={(_event: MouseEvent, node: GraphFlowNode) => {
          if (opOfPlace(node.id) === undefined) return keys.openEnd(node.id);
          select(view, [node.id]);
          view.setState({ tab: 'body' });
          session.setState({ inspectorOpen: true });
        }}
        onDoubleClick={(event: MouseEvent) => {
          if (isPane(event.target))
            actions.add(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
        }}
        isValidConnection={({ source, sourceHandle, target }) => {
          const [from, to] = [sourceOf(source, sourceHandle), targetOf(target)];
          return from !== undefined && to !== undefined && !opConnectionProblem(unit, from, to);
        }}
        fitView
        fitViewOptions={fitOptions}
        minZoom={0.2}
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
        snapToGrid
        snapGrid={[8, 8]}
        nodeDragThreshold={3}
      >
        <Background gap={24} size={1.5} color="var(--hw-canvas-dot)" bgColor="var(--hw-canvas)" />
        <WireTip unit={unit} />
        {children}
      </ReactFlow>
    </div>
  );
}

const isPane = (target: EventTarget | null): boolean =>
  target instanceof Element && target.classList.contains('react-flow__pane');
