// The frame of a unit: its name over its outputs, which are nodes of their own and lie on it. What is wrong with the
// one body shows here.

import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { asUnitId } from '#model/ids.ts';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { unitIcons, unitKindNames } from '#ui/inspector/unit-looks.ts';
import { useDocument } from '#ui/kit/services.tsx';
import nodeCss from './asset-node.module.css';
import { useCanvas } from './canvas-store.ts';
import type { UnitFlowNode } from './flow-elements.ts';
import { frameHeight, rowsOf } from './node-places.ts';
import { OpsChip } from './ops-chip.tsx';
import { ProblemBadge } from './problem-badge.tsx';
import css from './unit-node.module.css';
import { useDetail } from './use-detail.ts';

export const UnitNode = memo(function UnitNode({ id, selected }: NodeProps<UnitFlowNode>) {
  const unitId = asUnitId(id);
  const unit = useDocument((state) => state.document.units.get(unitId));
  const rows = useDocument((state) => rowsOf(state.document, unitId));
  const colour = useDocument((state) => groupColour(state.document, rows[0]?.group));
  const problemCounts = useCanvas((canvas) => canvas.problemCounts);
  const detail = useDetail();
  if (!unit) return null;
  const Icon = unitIcons[unit.kind];
  const bad = rows.find((row) => problemCounts.has(row.id));
  const count = rows.reduce((sum, row) => sum + (problemCounts.get(row.id) ?? 0), 0);
  return (
    <div
      className={`${nodeCss.card} ${css.frame}`}
      style={{ ['--group' as string]: colour, height: frameHeight(rows.length) }}
      data-testid="unit-node"
      data-unit-name={unit.name}
      data-problems={count > 0 || undefined}
      data-selected={selected || undefined}
      data-detail={detail === 'full' ? undefined : detail}
      data-stack={unit.kind === 'graph' || undefined}
      data-observable={unit.kind === 'multi-observable' || undefined}
    >
      <div className={nodeCss.strip} />
      <div className={css.head}>
        <Icon size={16} stroke={1.5} color="var(--hw-text-3)" aria-label={unitKindNames[unit.kind]} />
        <span className={css.name} title={unit.name}>
          {unit.name}
        </span>
        {unit.kind === 'graph' && detail === 'full' ? <OpsChip unit={unit} /> : null}
        {bad ? <ProblemBadge assetId={bad.id} count={count} /> : null}
      </div>
      <Handle
        type="target"
        position={Position.Left}
        className={`${nodeCss.port} ${css.port}`}
        title="Input of all outputs"
      />
      <Handle type="source" position={Position.Right} className={css.none ?? ''} isConnectable={false} />
    </div>
  );
});
