// The nodes and edges that React Flow draws now, from the document, what is selected and what is being moved.

import { useMemo, useState } from 'react';
import { useDocument, useSession } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';
import {
  type CanvasFlowNode,
  createEdgeDeriver,
  createNodeDeriver,
  createNoteDeriver,
  createUnitDeriver,
  type Shown,
} from './flow-elements.ts';
import { useNearEdges } from './use-near-edges.ts';

export function useFlowElements(shown: Shown, isLarge: boolean) {
  const document = useDocument((state) => state.document);
  const graph = useDocument((state) => state.graph);
  const selectedAssets = useSession((state) => state.selectedAssets);
  const selectedNotes = useSession((state) => state.selectedNotes);
  const moving = useCanvas((state) => state.moving);
  const resizing = useCanvas((state) => state.resizing);
  const selectedEdge = useCanvas((state) => state.selectedEdge);
  const [derive] = useState(() => ({
    nodes: createNodeDeriver(),
    notes: createNoteDeriver(),
    units: createUnitDeriver(),
    edges: createEdgeDeriver(),
  }));
  const assets = useMemo(
    () => derive.nodes(document, graph, selectedAssets, moving, shown),
    [derive, document, graph, selectedAssets, moving, shown],
  );
  const notes = useMemo(
    () => derive.notes(document.notes, selectedNotes, moving, resizing),
    [derive, document.notes, selectedNotes, moving, resizing],
  );
  const units = useMemo(
    () => derive.units(document, selectedAssets, moving, shown),
    [derive, document, selectedAssets, moving, shown],
  );
  const nodes = useMemo<CanvasFlowNode[]>(
    () => (notes.length + units.length === 0 ? assets : [...units, ...assets, ...notes]),
    [assets, notes, units],
  );
  const allEdges = useMemo(() => derive.edges(graph, selectedEdge), [derive, graph, selectedEdge]);
  const edges = useNearEdges(allEdges, document, shown, isLarge);
  return { nodes, edges };
}
