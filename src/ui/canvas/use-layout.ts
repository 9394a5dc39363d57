// "Lay out": asks the layout port, moves everything in one undoable step and lets the nodes settle.

import { useEffect, useRef, useState } from 'react';
import type { Asset, Point, ProjectDocument } from '#model/document.ts';
import { type AssetId, asAssetId } from '#model/ids.ts';
import { noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { boundsOf, freeBlockOffset } from './arrange.ts';
import { useCanvasStore } from './canvas-store.ts';
import { assetBounds, nodeHeight, nodeWidth } from './flow-elements.ts';
import { useFit } from './use-fit.ts';

const settleMs = 150;
/** Above this many nodes a slide would stutter. */
const maxSliding = 400;

export interface LayOut {
  readonly isBusy: boolean;
  /** Lays out everything, or these assets among themselves, about where they stand. */
  run(only?: ReadonlySet<AssetId>): Promise<void>;
}

export function useLayout(): LayOut {
  const { documents, layout } = useServices();
  const canvas = useCanvasStore();
  const view = useFit();
  const [isBusy, setIsBusy] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async (only?: ReadonlySet<AssetId>) => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    const { document, graph, projectId } = documents.store.getState();
    const chosen = [...document.assets.values()].filter(({ id }) => !only || only.has(id));
    if (chosen.length === 0) return;
    setIsBusy(true);
    try {
      const places = await layout.layout(controller.signal, {
        nodes: chosen.map(({ id, group }) => ({
          id,
          width: nodeWidth,
          height: nodeHeight,
          ...(group === undefined ? {} : { group }),
        })),
        edges: graph.edges
          .filter(({ from, to }) => !only || (only.has(from) && only.has(to)))
          .map(({ from, to }) => [from, to] as const),
      });
      if (documents.store.getState().projectId !== projectId) return;
      const offset = only ? offsetOf(document, chosen, places) : { x: 0, y: 0 };
      const targets = places.map(
        ({ id, x, y }) => [asAssetId(id), { x: x + offset.x, y: y + offset.y }] as const,
      );
      const before = new Map([...document.assets.values()].map((asset) => [asset.id, asset.position]));
      const label = only ? 'Lay out selection' : 'Lay out';
      if (!only) await view.prepare();
      const error = documents.run({ type: 'MoveItems', assets: targets, label });
      if (error) {
        view.giveUp();
        return noticeError(error);
      }
      if (canSlide(targets.length))
        await slide(before, new Map(targets), (moving) =>
          canvas.setState({ moving, settling: moving.size > 0 }),
        );
      // One frame later React Flow has the new places.
      requestAnimationFrame(() => {
        if (only) canvas.getState().view?.show(targets.map(([, position]) => assetBounds({ position })));
        else void view.zoomToFit();
      });
    } catch (fault) {
      if (!controller.signal.aborted) noticeFault('The graph could not be laid out', fault);
    } finally {
      if (stop.current === controller) setIsBusy(false);
    }
  };
  return { isBusy, run };
}

// The corner of the part stays, unless the part would then lie on the rest.
function offsetOf(
  document: ProjectDocument,
  chosen: readonly Asset[],
  places: readonly { readonly x: number; readonly y: number }[],
): Point {
  const ids = new Set(chosen.map((asset) => asset.id));
  const rest = [...document.assets.values()].filter((asset) => !ids.has(asset.id));
  const corner = boundsOf(chosen.map(assetBounds));
  return freeBlockOffset(
    places.map((position) => assetBounds({ position })),
    rest.map(assetBounds),
    corner,
  );
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
