// The large graph from afar, in place of its nodes: shows status and paths, selects by click, and leads to a
// node by double click.

import { useCallback, useMemo } from 'react';
import type { AssetId } from '#model/ids.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { groupHues } from '#ui/inspector/group-hue.ts';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';
import { edgeId } from './flow-elements.ts';
import { rollUpsOf } from './group-roll-ups.ts';
import { heightOf, placeOf } from './node-places.ts';
import css from './overview-layer.module.css';
import type { OverviewBlock, OverviewLine, OverviewScene } from './overview-scene.ts';
import { paintOverview } from './paint-overview.ts';
import { type Paint, usePainting } from './use-painting.ts';

export function OverviewLayer() {
  const scene = useScene();
  const paint = useCallback<Paint>(
    (context, size, transform, colours) => paintOverview(context, size, transform, scene, colours),
    [scene],
  );
  return <canvas ref={usePainting(paint)} className={css.layer} aria-hidden />;
}

/** Everything that is drawn, from the document and the runs. */
export function useScene(): OverviewScene {
  const document = useDocument((state) => state.document);
  const graph = useDocument((state) => state.graph);
  const states = useRuns((state) => state.states);
  const selected = useSession((state) => state.selectedAssets);
  const moving = useCanvas((state) => state.moving);
  const path = useCanvas((state) => state.path);
  return useMemo(() => {
    const hues = groupHues(document);
    const cornerOf = (id: AssetId) => {
      const asset = document.assets.get(id);
      return asset && placeOf(document, asset, moving);
    };
    const blocks: OverviewBlock[] = [...document.assets.values()].map((asset) => ({
      id: asset.id,
      key: asset.key,
      at: placeOf(document, asset, moving),
      height: heightOf(document, asset),
      group: asset.group,
      hue: asset.group === undefined ? undefined : hues.get(asset.group),
      status: nodeStatus(asset, states.get(asset.id)),
      selected: selected.has(asset.id),
    }));
    const lines: OverviewLine[] = graph.edges.flatMap(({ from, to, kind }) => {
      const [start, end] = [cornerOf(from), cornerOf(to)];
      if (!start || !end) return [];
      return [
        { from: start, to: end, isOrder: kind === 'order', onPath: path?.has(edgeId(from, to)) === true },
      ];
    });
    return { blocks, lines, rollUps: rollUpsOf(blocks), hasPath: path !== undefined };
  }, [document, graph, states, selected, moving, path]);
}
