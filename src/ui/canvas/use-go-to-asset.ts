// Selects an asset, brings it into view large enough to read, and gives it the focus.

import { useReactFlow } from '@xyflow/react';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useCanvasStore } from './canvas-store.ts';

const glideMs = 140;
const readableZoom = 0.75;

export function useGoToAsset(): (id: AssetId) => void {
  const { session, clock } = useServices();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  return (id) => {
    selectAssets(session, [id]);
    canvas.setState({ selectedEdge: undefined });
    const zoom = Math.max(readableZoom, Math.min(1, flow.getZoom()));
    void flow.fitView({
      nodes: [{ id }],
      includeHiddenNodes: true,
      minZoom: zoom,
      maxZoom: zoom,
      duration: glideMs,
    });
    // Nodes out of view are not on the page: it is there once the view has arrived.
    clock.after(glideMs + 40, () =>
      document
        .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true }),
    );
  };
}
