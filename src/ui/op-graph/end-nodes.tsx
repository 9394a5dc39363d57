// What comes into a graph of ops and what it makes: assets, at its borders.

import { IconLogin2, IconLogout } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { graphUnit } from '#model/commands/op-commands.ts';
import { unitInputs } from '#model/graph.ts';
import nodeCss from '#ui/canvas/asset-node.module.css';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { type EndFlowNode, inputOfPlace, outputOfPlace } from './op-elements.ts';
import { useOpGraph } from './op-graph-context.ts';
import css from './op-node.module.css';

/** The asset that an input of the graph reads; undefined when no asset has its key. */
export function useInputAsset(input: string) {
  const { unitId } = useOpGraph();
  const id = useDocument(({ graph, document }) => {
    const first = rowsOf(document, unitId)[0];
    return first && graph.upstream.get(first.id)?.find((edge) => edge.input === input)?.from;
  });
  const asset = useDocument(({ document }) => (id === undefined ? undefined : document.assets.get(id)));
  const key = useDocument(({ document }) => {
    const unit = graphUnit(document, unitId);
    return unit && unitInputs(unit).find(({ name }) => name === input)?.key;
  });
  return { asset, key: asset?.key ?? key ?? input };
}

export const InputEnd = memo(function InputEnd({ id, selected }: NodeProps<EndFlowNode>) {
  const input = inputOfPlace(id) ?? '';
  const { asset, key } = useInputAsset(input);
  const state = useRuns((runs) => (asset ? runs.states.get(asset.id) : undefined));
  return (
    <div
      className={`${nodeCss.card} ${css.end}`}
      data-testid="graph-input"
      data-key={key}
      data-selected={selected || undefined}
      data-missing={!asset || undefined}
      data-detail="full"
    >
      <IconLogin2
        size={16}
        stroke={1.5}
        color="var(--hw-text-3)"
        aria-label="Input"
        style={{ flex: 'none' }}
      />
      <span className={css.endName} title={asset ? `Input: the value of ${key}` : `No asset makes ${key}`}>
        {key}
      </span>
      {asset ? <StatusIcon status={nodeStatus(asset, state)} /> : null}
      <Handle
        type="source"
        position={Position.Right}
        className={nodeCss.port ?? ''}
        title="Drag to an op that reads it"
      />
    </div>
  );
});

export const OutputEnd = memo(function OutputEnd({ id, selected }: NodeProps<EndFlowNode>) {
  const { unitId } = useOpGraph();
  const output = outputOfPlace(id) ?? '';
  const asset = useDocument(({ document }) => rowsOf(document, unitId).find((row) => row.output === output));
  const isMade = useDocument(({ document }) => graphUnit(document, unitId)?.results[output] !== undefined);
  const state = useRuns((runs) => (asset ? runs.states.get(asset.id) : undefined));
  if (!asset) return null;
  return (
    <div
      className={`${nodeCss.card} ${css.end}`}
      data-testid="graph-output"
      data-key={asset.key}
      data-selected={selected || undefined}
      data-unmade={!isMade || undefined}
      data-detail="full"
    >
      <Handle
        type="target"
        position={Position.Left}
        className={nodeCss.port ?? ''}
        title="Becomes this asset"
      />
      <IconLogout
        size={16}
        stroke={1.5}
        color="var(--hw-text-3)"
        aria-label="Asset"
        style={{ flex: 'none' }}
      />
      <span
        className={css.endName}
        title={isMade ? `The asset ${asset.key}` : `Drag from the op whose value ${asset.key} is`}
      >
        {asset.key}
      </span>
      <StatusIcon status={nodeStatus(asset, state)} />
    </div>
  );
});
