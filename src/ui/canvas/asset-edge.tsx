// One dependency: solid when it passes a value, dashed when it only orders. It lights up on the path of the
// node under the pointer.

import { BaseEdge, type EdgeProps, getBezierPath, getStraightPath } from '@xyflow/react';
import { memo } from 'react';
import css from './asset-edge.module.css';
import { useCanvas } from './canvas-store.ts';
import type { AssetFlowEdge } from './flow-elements.ts';
import { useDetail } from './use-detail.ts';

export const AssetEdge = memo(function AssetEdge(props: EdgeProps<AssetFlowEdge>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const place = useCanvas((state) => (state.path ? (state.path.has(id) ? 'on' : 'off') : undefined));
  const isFar = useDetail() === 'block';
  const [path] = isFar
    ? getStraightPath({ sourceX, sourceY, targetX, targetY })
    : getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, curvature: 0.3 });
  return (
    <g className={css.edge} data-kind={data?.kind} data-path={place} data-selected={selected || undefined}>
      <BaseEdge id={id} path={path} interactionWidth={isFar ? 0 : 16} />
    </g>
  );
});
