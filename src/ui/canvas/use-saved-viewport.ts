// Where this browser last looked on a project's canvas. A view in which nothing can be seen is not kept.

import type { Viewport } from '@xyflow/react';
import { useMemo } from 'react';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { fitOptions } from './fit-options.ts';
import type { AssetFlowInstance } from './flow-elements.ts';

const isViewport = (value: unknown): value is Viewport =>
  typeof value === 'object' &&
  value !== null &&
  ['x', 'y', 'zoom'].every((name) => Number.isFinite((value as Record<string, unknown>)[name]));

export function useSavedViewport() {
  const { preferences, documents } = useServices();
  const projectId = useDocument((state) => state.projectId);
  return useMemo(() => {
    const name = `viewport.${projectId}`;
    let saved: Viewport | undefined;
    try {
      const value: unknown = JSON.parse(preferences.read(name) ?? 'null');
      if (isViewport(value)) saved = value;
    } catch {
      // What is stored is not ours to mend: the whole graph is shown instead.
    }
    // To fit a canvas without nodes waits for the first one, and takes it from where it was put.
    const isEmpty = documents.store.getState().document.assets.size === 0;
    return {
      initial: saved ? { defaultViewport: saved } : { fitView: !isEmpty },
      onInit(flow: AssetFlowInstance) {
        if (flow.getNodes().length === 0) return;
        // Of itself it is done only when a node is measured, and a large graph opens without any.
        if (!saved) return void flow.fitView(fitOptions);
        const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
        if (!pane) return;
        const corner = flow.screenToFlowPosition({ x: pane.left, y: pane.top });
        const view = { ...corner, width: pane.width / saved.zoom, height: pane.height / saved.zoom };
        if (flow.getIntersectingNodes(view).length === 0) void flow.fitView(fitOptions);
      },
      onMoveEnd(_event: unknown, viewport: Viewport) {
        preferences.write(name, JSON.stringify(viewport));
      },
    };
  }, [preferences, documents, projectId]);
}
