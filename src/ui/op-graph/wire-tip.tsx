// Beside the pointer while a wire is drawn: what letting go would do, or why it would do nothing.

import { type ConnectionState, useConnection } from '@xyflow/react';
import { opConnectionProblem } from '#model/commands/op-commands.ts';
import type { GraphUnit } from '#model/document.ts';
import tipCss from '#ui/canvas/connection-tip.module.css';
import { messageOf } from '#ui/kit/messages.ts';
import { sourceOf, targetOf } from './op-elements.ts';

const drawn = (connection: ConnectionState) => {
  if (!connection.inProgress) return undefined;
  const { fromNode, fromHandle, toNode, toHandle, pointer } = connection;
  const forward = fromHandle.type === 'source';
  const [start, handle, end] = forward
    ? [fromNode.id, fromHandle.id, toNode?.id]
    : [toNode?.id, toHandle?.id, fromNode.id];
  return { start, handle, end, x: pointer.x, y: pointer.y };
};

export function WireTip({ unit }: { readonly unit: GraphUnit }) {
  const ends = useConnection(drawn);
  if (!ends) return null;
  const from = ends.start === undefined ? undefined : sourceOf(ends.start, ends.handle);
  const to = ends.end === undefined ? undefined : targetOf(ends.end);
  const problem = from && to ? opConnectionProblem(unit, from, to) : undefined;
  const source = from && ('op' in from ? from.op : from.input);
  let words = 'Drop on an op, or on the canvas for a new one';
  if (problem) words = messageOf(problem).title;
  else if (from && to && 'op' in to) words = `${to.op} takes the value of ${source}`;
  else if (from && to && 'output' in to) words = `The value of ${source} becomes the asset`;
  return (
    <div
      className={tipCss.tip}
      data-refused={problem !== undefined || undefined}
      role="status"
      style={{ transform: `translate(${ends.x + 16}px, ${ends.y + 16}px)` }}
    >
      {words}
    </div>
  );
}
