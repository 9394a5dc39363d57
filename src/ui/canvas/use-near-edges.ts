// Of a large graph seen from near, only edges with an end in or about the view are elements: most others are long
// and would be, wherever one looks.

import { type ReactFlowState, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { ProjectDocument } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import { type AssetFlowEdge, nodeHeight, nodeWidth } from './flow-elements.ts';

/** All of them, unless the graph is large. */
export function useNearEdges(
  edges: AssetFlowEdge[],
  document: ProjectDocument,
  isLarge: boolean,
): AssetFlowEdge[] {
  const area = useStore(isLarge ? nearArea : nowhere);
  return useMemo(() => {
    if (area === '') return edges;
    const [left, top, right, bottom] = area.split(' ').map(Number) as [number, number, number, number];
    const isNear = (id: string) => {
      const place = document.assets.get(asAssetId(id))?.position;
      if (!place) return false;
      const { x, y } = place;
      return x + nodeWidth >= left && x <= right && y + nodeHeight >= top && y <= bottom;
    };
    return edges.filter(({ source, target }) => isNear(source) || isNear(target));
  }, [area, edges, document]);
}

const nowhere = () => '';

/** What is seen, out to the lines of a grid: the same while one moves about a little. */
export function nearArea({
  transform: [x, y, zoom],
  width,
  height,
}: Pick<ReactFlowState, 'transform' | 'width' | 'height'>): string {
  if (width === 0 || height === 0) return '';
  const [left, top] = [-x / zoom, -y / zoom];
  const step = 2 ** Math.ceil(Math.log2(Math.max(width, height) / zoom / 2));
  const before = (at: number) => Math.floor(at / step) * step;
  const after = (at: number) => Math.ceil(at / step) * step;
  return [before(left), before(top), after(left + width / zoom), after(top + height / zoom)].join(' ');
}
