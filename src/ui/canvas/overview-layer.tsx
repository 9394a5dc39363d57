// The large graph from afar, in place of its nodes: shows status and paths, selects by click, and leads to a
// node by double click.

import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { AssetId } from '#model/ids.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { groupHues } from '#ui/inspector/group-hue.ts';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';
import { edgeId } from './flow-elements.ts';
import { rollUpsOf } from './group-roll-ups.ts';
import css from './overview-layer.module.css';
import type { OverviewBlock, OverviewColours, OverviewLine, OverviewScene } from './overview-scene.ts';
import { paintOverview } from './paint-overview.ts';

export function OverviewLayer() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useScene();
  const flow = useStoreApi();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    let colours = readColours(element);
    let request = 0;
    const paint = () => {
      request = 0;
      paintOverview(context, { width, height, ratio }, flow.getState().transform, scene, colours);
    };
    const paintSoon = () => {
      if (request === 0) request = requestAnimationFrame(paint);
    };
    paint();
    const stopFollowing = flow.subscribe((state, before) => {
      if (state.transform !== before.transform) paintSoon();
    });
    const observer = new MutationObserver(() => {
      colours = readColours(element);
      paintSoon();
    });
    observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      stopFollowing();
      observer.disconnect();
      cancelAnimationFrame(request);
    };
  }, [flow, scene, width, height]);

  return <canvas ref={canvas} className={css.layer} aria-hidden />;
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
    const placeOf = (id: AssetId) => moving.get(id) ?? document.assets.get(id)?.position;
    const blocks: OverviewBlock[] = [...document.assets.values()].map((asset) => ({
      id: asset.id,
      key: asset.key,
      at: moving.get(asset.id) ?? asset.position,
      group: asset.group,
      hue: asset.group === undefined ? undefined : hues.get(asset.group),
      status: nodeStatus(asset, states.get(asset.id)),
      selected: selected.has(asset.id),
    }));
    const lines: OverviewLine[] = graph.edges.flatMap(({ from, to, kind }) => {
      const [start, end] = [placeOf(from), placeOf(to)];
      if (!start || !end) return [];
      return [
        { from: start, to: end, isOrder: kind === 'order', onPath: path?.has(edgeId(from, to)) === true },
      ];
    });
    return { blocks, lines, rollUps: rollUpsOf(blocks), hasPath: path !== undefined };
  }, [document, graph, states, selected, moving, path]);
}

function readColours(element: Element): OverviewColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--hw-${name}`).trim();
  return {
    surface: colour('surface'),
    text: colour('text'),
    line: colour('edge'),
    accent: colour('accent'),
    red: colour('red'),
    neutral: colour('border-strong'),
    groups: Array.from({ length: 10 }, (_, i) => colour(`group-${i}`)),
  };
}
