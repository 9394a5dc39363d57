// Of a large graph seen from near, only edges with an end in or about the view are elements: most others are long
// and would be, wherever one looks.

import { useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { ProjectDocument } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import { type AssetFlowEdge, assetOfNode, type Shown } from './flow-elements.ts';
import { isSameArea, isWithin, nearArea } from './near-area.ts';
import { placeOf } from './node-places.ts';

const noEdges: AssetFlowEdge[] = [];
const everywhere = () => undefined;

/** All of them, unless the graph is large; only those of `shown` nodes while these are not all there. */
export function useNearEdges(
  edges: AssetFlowEdge[],
  document: ProjectDocument,
  shown: Shown,
  isLarge: boolean,
): AssetFlowEdge[] {
  const area = useStore(isLarge && shown === 'all' ? nearArea : everywhere, isSameArea);
  return useMemo(() => {
    if (shown !== 'all') {
      if (shown.size === 0) return noEdges;
      return edges.filter(
        ({ source, target }) => shown.has(asAssetId(source)) || shown.has(assetOfNode(document, target)),
      );
    }
    if (!area) return edges;
    const isNear = (id: string) => {
      const asset = document.assets.get(assetOfNode(document, id));
      return asset !== undefined && isWithin(placeOf(document, asset), area);
    };
    return edges.filter(({ source, target }) => isNear(source) || isNear(target));
  }, [area, shown, edges, document]);
}
