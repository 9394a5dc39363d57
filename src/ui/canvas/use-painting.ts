// A canvas under the nodes that follows the view: painted once a frame at most, with the colours of the theme.

import { useStore, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import type { OverviewColours, Transform } from './overview-scene.ts';

export interface PaintSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export type Paint = (
  context: CanvasRenderingContext2D,
  size: PaintSize,
  transform: Transform,
  colours: OverviewColours,
) => void;

/** Paints again whenever `paint` is another one: it is to be remembered as long as it paints the same. */
export function usePainting(paint: Paint): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<OverviewColours>(undefined);
  const flow = useStoreApi();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    let request = 0;
    const paintNow = () => {
      request = 0;
      const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
      // To set a size empties the canvas: here, so that it is never seen empty.
      if (element.width !== w) element.width = w;
      if (element.height !== h) element.height = h;
      colours.current ??= readColours(element);
      paint(context, { width, height, ratio }, flow.getState().transform, colours.current);
    };
    // In the next frame: colours that are read now would make the browser work out all styles at once.
    const paintSoon = () => {
      if (request === 0) request = requestAnimationFrame(paintNow);
    };
    paintSoon();
    const stopFollowing = flow.subscribe((state, before) => {
      if (state.transform !== before.transform) paintSoon();
    });
    const observer = new MutationObserver(() => {
      colours.current = undefined;
      paintSoon();
    });
    observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      stopFollowing();
      observer.disconnect();
      cancelAnimationFrame(request);
    };
  }, [flow, paint, width, height]);

  return canvas;
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
