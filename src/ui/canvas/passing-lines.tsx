// Edges of a large graph that only pass through what is seen of it: painted, for as elements they would cost more
// than all the nodes.

import { useCallback, useMemo } from 'react';
import { useDocument } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';
import type { AssetFlowEdge } from './flow-elements.ts';
import { edgeId } from './flow-elements.ts';
import { placeOf } from './node-places.ts';
import css from './overview-layer.module.css';
import type { OverviewLine } from './overview-scene.ts';
import { paintCurves } from './paint-overview.ts';
import { type Paint, usePainting } from './use-painting.ts';

/** `shown`: the edges that are elements. */
export function PassingLines({ shown }: { readonly shown: readonly AssetFlowEdge[] }) {
  const graph = useDocument((state) => state.graph);
  const path = useCanvas((state) => state.path);
  const lines = useMemo(() => {
    const { document } = graph;
    const isShown = new Set<string>(shown.map((edge) => edge.id));
    return graph.edges.flatMap(({ from, to, kind }): OverviewLine[] => {
      const id = edgeId(from, to);
      const [source, target] = [document.assets.get(from), document.assets.get(to)];
      const [start, end] = [source && placeOf(document, source), target && placeOf(document, target)];
      if (isShown.has(id) || !start || !end) return [];
      return [{ from: start, to: end, isOrder: kind === 'order', onPath: path?.has(id) === true }];
    });
  }, [graph, shown, path]);
  const paint = useCallback<Paint>(
    (context, size, transform, colours) =>
      paintCurves(context, size, transform, { lines, hasPath: path !== undefined }, colours),
    [lines, path],
  );
  return <canvas ref={usePainting(paint)} className={css.layer} aria-hidden />;
}
