// "Lay out": asks the layout port, moves everything in one undoable step and lets the nodes settle.

import { useEffect, useRef, useState } from 'react';
import type { Point, ProjectDocument } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId, UnitId } from '#model/ids.ts';
import { noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { type Bounds, boundsOf, freeBlockOffset } from './arrange.ts';
import { useCanvasStore } from './canvas-store.ts';
import { moveCommand } from './move-command.ts';
import { ownerOf, placedBoxes, rowsOf } from './node-places.ts';
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
    const chosen = [...document.assets.keys()].filter((id) => !only || only.has(id));
    const boxes = placedBoxes(document, chosen);
    if (boxes.size === 0) return;
    setIsBusy(true);
    try {
      const places = await layout.layout(controller.signal, {
        nodes: [...boxes].map(([id, { width, height }]) => {
          const asset = document.assets.get(id as AssetId) ?? rowsOf(document, id as UnitId)[0];
          return { id, width, height, ...(asset?.group === undefined ? {} : { group: asset.group }) };
        }),
        edges: layoutEdges(graph).filter(([from, to]) => boxes.has(from) && boxes.has(to)),
      });
      if (documents.store.getState().projectId !== projectId) return;
      const offset = only ? offsetOf(document, boxes, places) : { x: 0, y: 0 };
      const targets = places.map(
        ({ id, x, y }) => [id as AssetId | UnitId, { x: x + offset.x, y: y + offset.y }] as const,
      );
      const before = placedBoxes(document, chosen);
      const label = only ? 'Lay out selection' : 'Lay out';
      if (!only) await view.prepare();
      const error = documents.run(moveCommand(document, targets, label));
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
        if (only) canvas.getState().view?.show(targets.map(([id, at]) => ({ ...boxes.get(id)!, ...at })));
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

/** Between units and assets that stand alone: what a unit makes is laid out with it. */
function layoutEdges({ document, edges }: AssetGraph): (readonly [AssetId | UnitId, AssetId | UnitId])[] {
  const seen = new Set<string>();
  return edges.flatMap(({ from, to }) => {
    const ends = [ownerOf(document, from), ownerOf(document, to)] as const;
    if (ends[0] === ends[1] || seen.has(ends.join(' '))) return [];
    seen.add(ends.join(' '));
    return [ends];
  });
}

// The corner of the part stays, unless the part would then lie on the rest.
function offsetOf(
  document: ProjectDocument,
  chosen: ReadonlyMap<AssetId | UnitId, Bounds>,
  places: readonly { readonly id: string; readonly x: number; readonly y: number }[],
): Point {
  const rest = [...placedBoxes(document, document.assets.keys())].filter(([id]) => !chosen.has(id));
  return freeBlockOffset(
    places.map(({ id, x, y }) => ({ ...chosen.get(id as AssetId)!, x, y })),
    rest.map(([, box]) => box),
    boundsOf([...chosen.values()]),
  );
}

const canSlide = (count: number) =>
  count <= maxSliding && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function slide(
  from: ReadonlyMap<AssetId | UnitId, Point>,
  to: ReadonlyMap<AssetId | UnitId, Point>,
  show: (moving: ReadonlyMap<AssetId | UnitId, Point>) => void,
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
      const moving = new Map<AssetId | UnitId, Point>();
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
