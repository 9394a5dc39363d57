// The graph of a project that is looked at and nothing more: the canvas's own nodes and edges, which can be panned,
// zoomed and chosen. Wants the canvas store, React Flow and services of `inertServices` above it.

import { ActionIcon } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { Background, type NodeProps, Panel, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type KeyboardEvent, memo, useEffect } from 'react';
import { type AssetId, asNoteId } from '#model/ids.ts';
import { AssetEdge } from '#ui/canvas/asset-edge.tsx';
import { AssetNode } from '#ui/canvas/asset-node.tsx';
import canvasCss from '#ui/canvas/canvas.module.css';
import { fitOptions } from '#ui/canvas/fit-options.ts';
import {
  type AssetFlowEdge,
  type AssetFlowInstance,
  assetOfNode,
  type CanvasFlowNode,
  type NoteFlowNode,
} from '#ui/canvas/flow-elements.ts';
import { assetBox } from '#ui/canvas/node-places.ts';
import noteCss from '#ui/canvas/note-node.module.css';
import { hueColour, NoteText } from '#ui/canvas/note-node.tsx';
import { OverviewLayer } from '#ui/canvas/overview-layer.tsx';
import { PassingLines } from '#ui/canvas/passing-lines.tsx';
import toolbarCss from '#ui/canvas/toolbar.module.css';
import { UnitNode } from '#ui/canvas/unit-node.tsx';
import { useFlowElements } from '#ui/canvas/use-flow-elements.ts';
import { mostElements, useIsOverview, useOverviewPointer } from '#ui/canvas/use-overview.ts';
import { useUnveiling } from '#ui/canvas/use-unveiling.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './inert-canvas.module.css';

/** Formatting a text that was made to take long would hold the page. */
const maxFormatted = 10_000;

const InertNote = memo(function InertNote({ id }: NodeProps<NoteFlowNode>) {
  const note = useDocument((state) => state.document.notes.get(asNoteId(id)));
  if (!note) return null;
  return (
    <div className={noteCss.note} style={{ ['--note' as string]: hueColour(note.hue) }}>
      {note.text.length <= maxFormatted ? (
        <NoteText text={note.text} />
      ) : (
        <div className={noteCss.text}>{note.text}</div>
      )}
    </div>
  );
});

const nodeTypes = { asset: AssetNode, note: InertNote, unit: UnitNode };
const edgeTypes = { asset: AssetEdge };

interface InertCanvasProps {
  /** The asset that is read, which stays in view. */
  readonly chosen: AssetId | undefined;
  /** An asset was chosen, by pointer or by Enter. */
  onAsset(id: AssetId): void;
}

export function InertCanvas({ chosen, onAsset }: InertCanvasProps) {
  const isOverview = useIsOverview();
  const overview = useOverviewPointer(isOverview);
  const isLarge = useDocument((state) => state.document.assets.size > mostElements);
  const document = useDocument((state) => state.document);
  const shown = useUnveiling(isOverview);
  const { nodes, edges } = useFlowElements(shown, isLarge);

  const chooseNode = (nodeId: string) => {
    const id = assetOfNode(document, nodeId);
    if (document.assets.has(id)) onAsset(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    const node = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node');
    if (!node?.dataset.id) return;
    event.preventDefault();
    chooseNode(node.dataset.id);
  };

  return (
    <div
      className={`${canvasCss.frame} ${css.frame}`}
      role="application"
      aria-label="Asset graph"
      onKeyDown={onKeyDown}
      // Names are typed by double click on the canvas proper.
      onDoubleClickCapture={(event) => event.stopPropagation()}
    >
      <ReactFlow<CanvasFlowNode, AssetFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={(flow: AssetFlowInstance) => void flow.fitView(fitOptions)}
        onNodeClick={(_event, node) => chooseNode(node.id)}
        onPaneClick={(event) => {
          const id = overview.assetAt(event);
          if (id !== undefined) onAsset(id);
        }}
        fitView={document.assets.size > 0}
        fitViewOptions={fitOptions}
        onlyRenderVisibleElements
        minZoom={0.02}
        maxZoom={2}
        panOnScroll
        panActivationKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        connectOnClick={false}
        disableKeyboardA11y
        edgesFocusable={false}
      >
        <Background gap={24} size={1.5} color="var(--hw-canvas-dot)" bgColor="var(--hw-canvas)" />
        {shown === 'all' ? null : <OverviewLayer />}
        {shown === 'all' && isLarge ? <PassingLines shown={edges} /> : null}
        <Controls />
        {chosen === undefined ? null : <KeepInView id={chosen} />}
      </ReactFlow>
    </div>
  );
}

function Controls() {
  const flow = useReactFlow();
  const controls = [
    { label: 'Zoom in', Icon: IconPlus, act: () => flow.zoomIn() },
    { label: 'Zoom out', Icon: IconMinus, act: () => flow.zoomOut() },
    { label: 'Zoom to fit', Icon: IconFocusCentered, act: () => flow.fitView(fitOptions) },
  ];
  return (
    <Panel position="bottom-left" className={toolbarCss.controls ?? ''}>
      {controls.map(({ label, Icon, act }) => (
        <ActionIcon key={label} size="md" aria-label={label} title={label} onClick={() => void act()}>
          <Icon size={16} stroke={1.5} />
        </ActionIcon>
      ))}
    </Panel>
  );
}

/** Centres an asset when it is chosen, and again when the canvas takes another size. */
function KeepInView({ id }: { readonly id: AssetId }) {
  const flow = useReactFlow();
  const paneWidth = useStore(({ width }) => width);
  const paneHeight = useStore(({ height }) => height);
  const { documents } = useServices();
  useEffect(() => {
    const { document } = documents.store.getState();
    const asset = document.assets.get(id);
    if (!asset || paneWidth * paneHeight === 0) return;
    const { x, y, width, height } = assetBox(document, asset);
    void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom(), duration: 140 });
  }, [flow, documents, id, paneWidth, paneHeight]);
  return null;
}
