// Whether the canvas shows blocks in place of nodes, and what a pointer over them means.

import { type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { type MouseEvent, useRef, useState } from 'react';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { pathThrough } from './flow-elements.ts';
import { rollUpsBelow } from './group-roll-ups.ts';
import { assetBox } from './node-places.ts';

/** Up to this many nodes are cheap enough to be elements at any zoom. */
export const mostElements = 400;

/** Nearer than this even a large graph has nodes: below, a view of it holds hundreds. */
const nodesFrom = 0.5;

/** Until then the zoom is 1, whatever is going to be shown. */
const isPlaced = ({ panZoom, fitViewQueued }: ReactFlowState): boolean => panZoom !== null && !fitViewQueued;

export function useIsOverview(): boolean {
  const isLarge = useDocument((state) => state.document.assets.size > mostElements);
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < nodesFrom);
  const isPicture = useCanvas((state) => state.isPicture);
  const isPlacedNow = useStore(isPlaced);
  const isVeryFar = useStore(({ transform: [, , zoom] }) => zoom < rollUpsBelow);
  const [wasPlaced, setWasPlaced] = useState(false);
  if (isPlacedNow && !wasPlaced) setWasPlaced(true);
  // Nodes that the first view is going to hide would all be made, and thrown away.
  return (isLarge && (!wasPlaced || isPicture || isFar)) || isVeryFar;
}

const noAsset = (_event: Pick<MouseEvent, 'clientX' | 'clientY'>): AssetId | undefined => undefined;

export function useOverviewPointer(isOverview: boolean) {
  const { documents, session } = useServices();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  const under = useRef<AssetId>(undefined);

  const assetAt = (event: Pick<MouseEvent, 'clientX' | 'clientY'>): AssetId | undefined => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    let found: AssetId | undefined;
    const { document } = documents.store.getState();
    for (const asset of document.assets.values()) {
      const box = assetBox(document, asset);
      if (x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) found = asset.id;
    }
    return found;
  };
  if (!isOverview) return { assetAt: noAsset };
  return {
    assetAt,
    onMouseMove(event: MouseEvent) {
      const id = event.buttons === 0 ? assetAt(event) : undefined;
      if (id === under.current) return;
      under.current = id;
      canvas.setState({
        path: id === undefined ? undefined : pathThrough(documents.store.getState().graph, id),
      });
    },
    onPaneClick(event: MouseEvent) {
      const id = assetAt(event);
      if (id === undefined) return;
      const { selectedAssets } = session.getState();
      const isMany = event.shiftKey || event.ctrlKey || event.metaKey;
      const wanted = isMany ? new Set(selectedAssets).add(id) : new Set([id]);
      // React Flow clears the selection on a click beside its nodes; this comes after.
      queueMicrotask(() => selectAssets(session, wanted));
    },
    /** True when there was a node to go to. */
    onDoubleClick(event: MouseEvent): boolean {
      const id = assetAt(event);
      if (id === undefined) return false;
      void flow.fitView({ nodes: [{ id }], includeHiddenNodes: true, maxZoom: 1, duration: 140 });
      return true;
    },
  };
}
