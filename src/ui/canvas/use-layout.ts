// "Lay out": asks the layout port, moves everything in one undoable step and lets the nodes settle.

import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import type { Point } from '#model/document.ts';
import { type AssetId, asAssetId } from '#model/ids.ts';
import { noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { useCanvasStore } from './canvas-store.ts';
import { fitOptions } from './fit-options.ts';
import { nodeHeight, nodeWidth } from './flow-elements.ts';

const settleMs = 150;
/** Above this many nodes a slide would stutter. */
const maxSliding = 400;

export function useLayout(): { readonly isBusy: boolean; run(): Promise<void> } {
  const { documents, layout } = useServices();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  const [isBusy, setIsBusy] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async () => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    const { document, graph, projectId } = documents.store.getState();
    setIsBusy(true);
    try {
      const places = await layout.layout(controller.signal, {
        nodes: [...document.assets.values()].map(({ id, group }) => ({
          id,
          width: nodeWidth,
          height: nodeHeight,
          ...(group === undefined ? {} : { group }),
        })),
        edges: graph.edges.map(({ from, to }) => [from, to] as const),
      });
      if (documents.store.getState().projectId !== projectId) return;
      const targets = places.map(({ id, x, y }) => [asAssetId(id), { x, y }] as const);
      const before = new Map([...document.assets.values()].map((asset) => [asset.id, asset.position]));
      const error = documents.run({ type: 'MoveItems', assets: targets, label: 'Lay out' });
      if (error) return noticeError(error);
      if (canSlide(targets.length))
        await slide(before, new Map(targets), (moving) =>
          canvas.setState({ moving, settling: moving.size > 0 }),
        );
      // One frame later React Flow has the new places.
      requestAnimationFrame(() => void flow.fitView({ ...fitOptions, duration: settleMs }));
    } catch (fault) {
      if (!controller.signal.aborted) noticeFault('The graph could not be laid out', fault);
    } finally {
      if (stop.current === controller) setIsBusy(false);
    }
  };
  return { isBusy, run };
}

const canSlide = (count: number) =>
  count <= maxSliding && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function slide(
  from: ReadonlyMap<AssetId, Point>,
  to: ReadonlyMap<AssetId, Point>,
  show: (moving: ReadonlyMap<AssetId, Point>) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const start = performance.now();
    const frame = (now: number) => {
      const part = Math.min(1, Math.max(0, now - start) / settleMs);
      if (part === 1) {
        show(new Map());
        return resolve();
      }
      const eased = 1 - (1 - part) ** 3;
      const moving = new Map<AssetId, Point>();
      for (const [id, end] of to) {
        const begin = from.get(id) ?? end;
        moving.set(id, { x: begin.x + (end.x - begin.x) * eased, y: begin.y + (end.y - begin.y) * eased });
      }
      show(moving);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
