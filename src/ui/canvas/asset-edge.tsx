// One dependency: solid when it passes a value, dashed when it only orders. It lights up on the path of the
// node under the pointer, dots flow along it while its value is read, and it is red, with a mark that says why, when
// what it passes is not what is expected.

import { IconExclamationMark } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getStraightPath } from '@xyflow/react';
import { memo } from 'react';
import type { TypeProblem } from '#engine/types-port.ts';
import { asAssetId } from '#model/ids.ts';
import { revealInBody } from '#state/session-store.ts';
import { useDocument, useRuns, useServices, useTypes } from '#ui/kit/services.tsx';
import { typeProblemText } from '#ui/kit/type-problem-text.ts';
import css from './asset-edge.module.css';
import { useCanvas } from './canvas-store.ts';
import type { AssetFlowEdge } from './flow-elements.ts';
import { useDetail } from './use-detail.ts';

export const AssetEdge = memo(function AssetEdge(props: EdgeProps<AssetFlowEdge>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const place = useCanvas((state) => (state.path ? (state.path.has(id) ? 'on' : 'off') : undefined));
  const problem = useTypes((state) => state.badEdges.get(id));
  const isFar = useDetail() === 'block';
  const flows = useRuns((runs) => runs.states.get(asAssetId(props.target))?.status === 'running');
  const [path, middleX, middleY] = isFar
    ? getStraightPath({ sourceX, sourceY, targetX, targetY })
    : getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, curvature: 0.3 });
  return (
    <g
      className={css.edge}
      data-kind={data?.kind}
      data-path={place}
      data-selected={selected || undefined}
      data-problem={problem ? 'types' : undefined}
    >
      <BaseEdge id={id} path={path} interactionWidth={isFar ? 0 : 16} />
      {flows && !isFar && data?.kind === 'value' ? <path d={path} className={css.flow} /> : null}
      {problem && !isFar ? <TypeMark problem={problem} x={middleX} y={middleY} /> : null}
    </g>
  );
});

interface TypeMarkProps {
  readonly problem: TypeProblem;
  readonly x: number;
  readonly y: number;
}

function TypeMark({ problem, x, y }: TypeMarkProps) {
  const { session } = useServices();
  const makerKey = useDocument((state) =>
    problem.input ? state.document.assets.get(asAssetId(problem.input.from))?.key : undefined,
  );
  const { title, next } = typeProblemText(problem, makerKey);
  const sentence = next === undefined ? title : `${title} ${next}`;
  return (
    <EdgeLabelRenderer>
      <button
        type="button"
        className={`nodrag nopan ${css.mark}`}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        title={sentence}
        aria-label={sentence}
        tabIndex={-1}
        onClick={() => revealInBody(session, problem.assetId, problem.line, problem.column)}
      >
        <IconExclamationMark size={12} stroke={2.5} aria-hidden />
      </button>
    </EdgeLabelRenderer>
  );
}
