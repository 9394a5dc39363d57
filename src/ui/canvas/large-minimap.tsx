// The minimap of a large graph: painted, for an element for each node would cost more than all the rest of the canvas.

import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { Point } from '#model/document.ts';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { boundsOf } from './arrange.ts';
import css from './canvas.module.css';
import { assetBox, nodeHeight, nodeWidth, placeOf } from './node-places.ts';

const width = 168;
const height = 112;
const padding = 6;

export function LargeMinimap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useMap();
  const store = useStoreApi();
  const flow = useReactFlow();

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    let request = 0;
    const paint = () => {
      request = 0;
      element.width = width * ratio;
      element.height = height * ratio;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const style = getComputedStyle(element);
      const colours = new Map<string, string>();
      const colourOf = (name: string) => {
        const known = colours.get(name) ?? style.getPropertyValue(name.slice(4, -1));
        colours.set(name, known);
        return known;
      };
      for (const { at, colour } of map.dots) {
        const [x, y] = map.toMap(at);
        context.fillStyle = colourOf(colour);
        context.fillRect(x, y, Math.max(1.5, nodeWidth * map.scale), Math.max(1.5, nodeHeight * map.scale));
      }
      const { transform, width: seenWidth, height: seenHeight } = store.getState();
      const [panX, panY, zoom] = transform;
      const [left, top] = map.toMap({ x: -panX / zoom, y: -panY / zoom });
      const seen = [left, top, (seenWidth / zoom) * map.scale, (seenHeight / zoom) * map.scale] as const;
      context.fillStyle = colourOf('var(--hw-canvas)');
      context.globalAlpha = 0.7;
      context.beginPath();
      context.rect(0, 0, width, height);
      context.rect(...seen);
      context.fill('evenodd');
      context.globalAlpha = 1;
    };
    const paintSoon = () => {
      if (request === 0) request = requestAnimationFrame(paint);
    };
    paintSoon();
    const stopFollowing = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) paintSoon();
    });
    const observer = new MutationObserver(paintSoon);
    observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      stopFollowing();
      observer.disconnect();
      cancelAnimationFrame(request);
    };
  }, [store, map]);

  const goTo = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const place = map.fromMap(event.clientX - box.left, event.clientY - box.top);
    void flow.setCenter(place.x, place.y, { zoom: flow.getZoom() });
  };
  return (
    <Panel position="bottom-right" className={css.minimap ?? ''}>
      <canvas
        ref={canvas}
        className={css.mapPicture}
        role="img"
        aria-label="Overview of the graph"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={goTo}
      />
    </Panel>
  );
}

function useMap() {
  const document = useDocument((state) => state.document);
  return useMemo(() => {
    const assets = [...document.assets.values()];
    const bounds = boundsOf(assets.map((asset) => assetBox(document, asset)));
    const scale = Math.min((width - 2 * padding) / bounds.width, (height - 2 * padding) / bounds.height);
    const left = (width - bounds.width * scale) / 2;
    const top = (height - bounds.height * scale) / 2;
    return {
      scale,
      dots: assets.map((asset) => ({
        at: placeOf(document, asset),
        colour: groupColour(document, asset.group),
      })),
      toMap: ({ x, y }: Point): readonly [number, number] => [
        left + (x - bounds.x) * scale,
        top + (y - bounds.y) * scale,
      ],
      fromMap: (x: number, y: number): Point => ({
        x: bounds.x + (x - left) / scale,
        y: bounds.y + (y - top) / scale,
      }),
    };
  }, [document]);
}
