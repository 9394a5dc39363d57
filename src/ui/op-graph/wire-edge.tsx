// One wire between ops. What it brings many of is said on it; selected, it can be changed and taken away.

import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, EdgeToolbar, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import edgeCss from '#ui/canvas/asset-edge.module.css';
import { opOfPlace, type WireFlowEdge, type WireMode } from './op-elements.ts';
import { useOpGraph } from './op-graph-context.ts';
import css from './op-node.module.css';

const chips: Readonly<Record<WireMode, string | undefined>> = {
  once: undefined,
  each: 'each',
  all: 'all at once',
};

export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>) {
  const { id, data, selected, source, target } = props;
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const { actions, states } = useOpGraph();
  const [path, x, y] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    curvature: 0.3,
  });
  const wire = data?.wire;
  const chip = wire && chips[wire.mode];
  const flows = states.byOp.get(opOfPlace(target) ?? '')?.status === 'STARTED';
  const { from, to } = wire ?? {};
  return (
    <g className={edgeCss.edge} data-kind="value" data-selected={selected || undefined} data-wire={id}>
      <BaseEdge id={id} path={path} interactionWidth={16} />
      {flows ? <path d={path} className={edgeCss.flow} /> : null}
      {chip && !selected ? (
        <EdgeLabelRenderer>
          <span className={css.chip} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            {chip}
          </span>
        </EdgeLabelRenderer>
      ) : null}
      {selected && wire ? (
        <EdgeToolbar edgeId={id} x={x} y={y} alignY="bottom" isVisible className={`nodrag nopan ${css.menu}`}>
          {wire.mode !== 'once' && from && 'op' in from && to && 'op' in to ? (
            <SegmentedControl
              aria-label={`How ${to.op} takes the values of ${source.slice(3)}`}
              value={wire.mode}
              onChange={(mode) => actions.collect(to.op, from, mode === 'all')}
              data={[
                { value: 'each', label: 'Once per value' },
                { value: 'all', label: 'All at once' },
              ]}
            />
          ) : null}
          <Tooltip label="Disconnect (Del)">
            <ActionIcon aria-label="Disconnect" onClick={() => actions.disconnect(wire)}>
              <IconTrash size={16} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        </EdgeToolbar>
      ) : null}
    </g>
  );
});
