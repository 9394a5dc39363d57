// Tells the canvas store what the canvas shows: what lies under toolbars, the palette or the inspector is not
// seen.

import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import type { Point } from '#model/document.ts';
import { type Bounds, boundsOf, panToShow } from './arrange.ts';
import { useCanvasStore } from './canvas-store.ts';

const margin = { top: 60, right: 16, bottom: 16, left: 16 };

export function useCanvasView(frame: RefObject<HTMLDivElement | null>): void {
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let pointer: Point | undefined;
    const follow = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
    };
    const leave = () => {
      pointer = undefined;
    };
    element.addEventListener('pointermove', follow);
    element.addEventListener('pointerleave', leave);

    const place = (point: Point) => flow.screenToFlowPosition(point, { snapToGrid: false });
    const visible = (): Bounds => {
      const box = element.getBoundingClientRect();
      let left = box.left + margin.left;
      let right = box.right - margin.right;
      for (const overlay of document.querySelectorAll<HTMLElement>('[data-overlay]')) {
        const side = overlay.getBoundingClientRect();
        if (side.width === 0) continue;
        if (overlay.dataset.overlay === 'left') left = Math.max(left, side.right + margin.left);
        else right = Math.min(right, side.left - margin.right);
      }
      const start = place({ x: left, y: box.top + margin.top });
      const end = place({ x: Math.max(left, right), y: Math.max(box.top, box.bottom - margin.bottom) });
      return { ...start, width: end.x - start.x, height: end.y - start.y };
    };
    canvas.setState({
      view: {
        visible,
        show(boxes) {
          if (boxes.length === 0) return;
          const pan = panToShow(boundsOf(boxes), visible());
          if (!pan) return;
          const { x, y, zoom } = flow.getViewport();
          void flow.setViewport({ x: x + pan.x * zoom, y: y + pan.y * zoom, zoom }, { duration: 140 });
        },
        pointer: () => pointer && place(pointer),
      },
    });
    return () => {
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('pointerleave', leave);
      canvas.setState({ view: undefined });
    };
  }, [canvas, flow, frame]);
}
