// On a selected edge: what kind of dependency it is, and how to take it away.

import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { EdgeToolbar, useInternalNode } from '@xyflow/react';
import type { Edge } from '#model/graph.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { useActions } from './actions-context.ts';
import css from './edge-menu.module.css';
import { edgeId } from './flow-elements.ts';
import { hasFrame, nodeHeight, nodeWidth, unitOf } from './node-places.ts';

export function EdgeMenu({ edge, canCarry }: { readonly edge: Edge; readonly canCarry: boolean }) {
  const actions = useActions();
  const from = useInternalNode(edge.from)?.internals.positionAbsolute;
  const document = useDocument((state) => state.document);
  const asset = document.assets.get(edge.to);
  const unit = unitOf(document, asset);
  const target = unit && hasFrame(document, unit) ? unit.id : edge.to;
  const to = useInternalNode(target)?.internals.positionAbsolute;
  if (!from || !to) return null;
  const id = edgeId(edge.from, edge.to);
  const change = (kind: string) => {
    if (kind !== edge.kind) actions.changeKind(edge.from, edge.to, kind === 'order' ? 'order' : 'value');
  };
  return (
    <EdgeToolbar
      edgeId={id}
      x={(from.x + nodeWidth + to.x) / 2}
      y={(from.y + to.y + nodeHeight) / 2}
      alignY="bottom"
      isVisible
      className={`nodrag nopan ${css.menu}`}
    >
      {canCarry ? (
        <SegmentedControl
          aria-label="Kind of dependency"
          value={edge.kind}
          onChange={change}
          data={[
            { value: 'value', label: 'Value' },
            { value: 'order', label: 'Order only' },
          ]}
        />
      ) : null}
      <Tooltip label="Disconnect (Del)">
        <ActionIcon aria-label="Disconnect" onClick={() => actions.disconnect(edge.from, edge.to)}>
          <IconTrash size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </EdgeToolbar>
  );
}
