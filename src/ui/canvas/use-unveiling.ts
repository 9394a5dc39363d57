// From the picture of a graph back to its nodes: those in view come a few each frame, over the picture, for to make
// hundreds at once stops the page.

import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { AssetId } from '#model/ids.ts';
import { useServices } from '#ui/kit/services.tsx';
import type { Shown } from './flow-elements.ts';
import { isWithin, nearArea } from './near-area.ts';
import { placeOf } from './node-places.ts';

const atOnce = 8;
const none: ReadonlySet<AssetId> = new Set();

/** Which nodes are elements by now. */
export function useUnveiling(isOverview: boolean): Shown {
  const { documents } = useServices();
  const flow = useStoreApi();
  const [shown, setShown] = useState<Shown>(isOverview ? none : 'all');
  if (isOverview && shown !== none) setShown(none);

  useEffect(() => {
    if (isOverview || shown === 'all') return;
    const request = requestAnimationFrame(() => {
      const area = nearArea(flow.getState());
      const more: AssetId[] = [];
      const { document } = documents.store.getState();
      for (const asset of document.assets.values()) {
        if (more.length === atOnce) break;
        if (!shown.has(asset.id) && (!area || isWithin(placeOf(document, asset), area))) more.push(asset.id);
      }
      setShown(more.length === 0 ? 'all' : new Set([...shown, ...more]));
    });
    return () => cancelAnimationFrame(request);
  }, [isOverview, shown, documents, flow]);

  return isOverview ? none : shown;
}
