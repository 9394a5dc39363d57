// The part of the canvas about what is seen of it.

import type { ReactFlowState } from '@xyflow/react';
import type { Point } from '#model/document.ts';
import { nodeHeight, nodeWidth } from './node-places.ts';

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is seen, out to the lines of a grid: the same while one moves about a little. */
export function nearArea({
  transform: [x, y, zoom],
  width,
  height,
}: Pick<ReactFlowState, 'transform' | 'width' | 'height'>): Area | undefined {
  if (width === 0 || height === 0) return undefined;
  const [left, top] = [-x / zoom, -y / zoom];
  const step = 2 ** Math.ceil(Math.log2(Math.max(width, height) / zoom / 4));
  const before = (at: number) => Math.floor(at / step) * step;
  const after = (at: number) => Math.ceil(at / step) * step;
  return {
    left: before(left),
    top: before(top),
    right: after(left + width / zoom),
    bottom: after(top + height / zoom),
  };
}

/** Whether a node at this place can be in it. */
export const isWithin = ({ x, y }: Point, { left, top, right, bottom }: Area): boolean =>
  x + nodeWidth >= left && x <= right && y + nodeHeight >= top && y <= bottom;

export const isSameArea = (a: Area | undefined, b: Area | undefined): boolean =>
  a?.left === b?.left && a?.top === b?.top && a?.right === b?.right && a?.bottom === b?.bottom;
