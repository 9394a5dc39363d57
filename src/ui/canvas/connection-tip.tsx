// Beside the pointer while a connection is drawn: what letting go would do, or why it would do nothing.

import { type ConnectionState, useConnection } from '@xyflow/react';
import { connectionProblem } from '#model/commands/connect-assets.ts';
import type { AssetId } from '#model/ids.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';
import { connectWords } from './connect-words.ts';
import css from './connection-tip.module.css';
import { assetOfNode } from './flow-elements.ts';
import { unitOf } from './node-places.ts';

interface Drawn {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly x: number;
  readonly y: number;
}

const drawn = (connection: ConnectionState): Drawn | undefined => {
  if (!connection.inProgress) return undefined;
  const { fromNode, fromHandle, toNode, pointer } = connection;
  const [from, to] = fromHandle.type === 'source' ? [fromNode, toNode] : [toNode, fromNode];
  return { from: from?.id, to: to?.id, x: pointer.x, y: pointer.y };
};

export function ConnectionTip() {
  const ends = useConnection(drawn);
  const graph = useDocument((state) => state.graph);
  const orderOnly = useCanvas((state) => state.orderOnly);
  if (!ends) return null;
  const { document } = graph;
  const kind = orderOnly ? 'order' : 'value';
  let words: string;
  let refused = false;
  if (ends.from === undefined || ends.to === undefined) {
    words =
      ends.from === undefined
        ? 'Drop on the asset to read'
        : 'Drop on an asset, or on the canvas for a new one';
  } else {
    const [from, to] = [assetOfNode(document, ends.from), assetOfNode(document, ends.to)];
    const problem = connectionProblem(graph, { from, to }, kind);
    refused = problem !== undefined;
    const key = (id: AssetId) => {
      const asset = document.assets.get(id);
      return (unitOf(document, asset)?.name ?? asset?.key) || '';
    };
    if (problem) words = connectWords(problem);
    else if (orderOnly) words = `${key(to)} waits for ${document.assets.get(from)?.key}, without its value`;
    else words = `${key(to)} reads ${document.assets.get(from)?.key} · Alt: order only`;
  }
  return (
    <div
      className={css.tip}
      data-refused={refused || undefined}
      role="status"
      style={{ transform: `translate(${ends.x + 16}px, ${ends.y + 16}px)` }}
    >
      {words}
    </div>
  );
}
