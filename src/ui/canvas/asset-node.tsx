// One asset on the canvas. It listens to its own asset and its own state, and to nothing else.

import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Fragment, memo, type ReactNode } from 'react';
import type { AssetState } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import { CheckBadge } from '#ui/checks/check-badge.tsx';
import { nodeStatus, sizeText } from '#ui/inspector/asset-facts.ts';
import { AssetKindIcon } from '#ui/inspector/asset-kind-icon.tsx';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { StaleCauses } from '#ui/inspector/stale-causes.tsx';
import { formatExact } from '#ui/kit/format.ts';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { useNow } from '#ui/kit/use-now.ts';
import css from './asset-node.module.css';
import { useCanvas } from './canvas-store.ts';
import type { AssetFlowNode } from './flow-elements.ts';
import { KindBadges } from './kind-badges.tsx';
import { NodeName } from './node-name.tsx';
import { isRow, rowsOf, unitOf } from './node-places.ts';
import { nodeText } from './node-text.ts';
import { OpsChip } from './ops-chip.tsx';
import { ProblemBadge } from './problem-badge.tsx';
import { useDetail } from './use-detail.ts';
import { valueLine } from './value-line.ts';

export const AssetNode = memo(function AssetNode({ id, selected }: NodeProps<AssetFlowNode>) {
  const assetId = asAssetId(id);
  const asset = useDocument((state) => state.document.assets.get(assetId));
  const colour = useDocument((state) => groupColour(state.document, asset?.group));
  const state = useRuns((runs) => runs.states.get(assetId));
  const detail = useDetail();
  const renaming = useCanvas((canvas) => canvas.renaming === assetId);
  const isInFrame = useDocument((state) => asset !== undefined && isRow(state.document, asset));
  const isWhole = useWholeFrame(isInFrame && selected ? asset : undefined);
  const withValue = useCanvas((canvas) => canvas.showValues && !isInFrame);
  if (!asset) return null;
  const status = nodeStatus(asset, state);
  const isNear = detail === 'full' || renaming;
  return (
    <div
      className={css.card}
      style={{ ['--group' as string]: colour }}
      data-testid="asset-node"
      data-asset-key={asset.key}
      data-status={status}
      data-selected={selected || undefined}
      data-detail={detail}
      data-kind={asset.kind}
      data-row={isInFrame || undefined}
      data-whole={isWhole || undefined}
      data-stack={(!isInFrame && asset.kind === 'output') || undefined}
      data-tall={(isNear && withValue) || undefined}
    >
      <div className={css.strip} />
      {isNear ? (
        isInFrame ? (
          <Row asset={asset} state={state} />
        ) : (
          <Near asset={asset} state={state} withValue={withValue} />
        )
      ) : (
        <>
          <div className={css.farName} title={asset.key}>
            {breakable(asset.key)}
          </div>
          {detail === 'name' ? (
            <StatusIcon status={status} size={isInFrame ? 20 : 24} {...progressOf(state)} />
          ) : null}
        </>
      )}
      <Handle type="target" position={Position.Left} className={css.port ?? ''} title="Input" />
      <Handle
        type="source"
        position={Position.Right}
        className={css.port ?? ''}
        title="Drag to another asset"
      />
    </div>
  );
});

/** Whether the other rows of its frame are selected too. */
function useWholeFrame(asset: Asset | undefined): boolean {
  const rows = useDocument((state) =>
    asset?.kind === 'output' ? rowsOf(state.document, asset.unit) : undefined,
  );
  return useSession(
    (session) =>
      rows !== undefined && rows.length > 1 && rows.every(({ id }) => session.selectedAssets.has(id)),
  );
}

/** One line of a frame: the name, when and how much, the status. */
function Row({ asset, state }: Pick<NearProps, 'asset' | 'state'>) {
  const now = useNow();
  const status = nodeStatus(asset, state);
  const { text, tone } = nodeText(asset, state, now);
  const at = state?.latest?.timestamp;
  return (
    <div className={css.first} data-tone={tone}>
      <NodeName asset={asset} />
      <span className={css.rowWords} title={at === undefined ? text : `${text}\n${formatExact(at * 1000)}`}>
        {rowWords(status, state) ?? text}
      </span>
      {state && state.staleCauses.length > 0 && status === 'stale' ? (
        <StaleCauses assetId={asset.id} causes={state.staleCauses} />
      ) : null}
      <StatusIcon status={status} {...progressOf(state)} />
    </div>
  );
}

/** What a row says instead of the words of a node: it has room for little. */
function rowWords(status: ReturnType<typeof nodeStatus>, state: AssetState | undefined): string | undefined {
  if (status === 'never' || status === 'stale') return '';
  return status === 'materialized' ? sizeText(state?.latest?.value?.summary) : undefined;
}

interface NearProps {
  readonly asset: Asset;
  readonly state: AssetState | undefined;
  readonly withValue: boolean;
}

function Near({ asset, state, withValue }: NearProps) {
  const problems = useCanvas((canvas) => canvas.problemCounts.get(asset.id) ?? 0);
  const unit = useDocument((document) => unitOf(document.document, asset));
  const now = useNow();
  const status = nodeStatus(asset, state);
  const { text, tone } = nodeText(asset, state, now);
  const at = state?.latest?.timestamp;
  return (
    <>
      <div className={css.first}>
        <AssetKindIcon asset={asset} />
        <NodeName asset={asset} />
        <StatusIcon status={status} {...progressOf(state)} />
      </div>
      <div className={css.second} data-tone={tone}>
        <span className={css.words} title={at === undefined ? text : `${text}\n${formatExact(at * 1000)}`}>
          {text}
        </span>
        {state && state.staleCauses.length > 0 && status !== 'queued' && status !== 'running' ? (
          <StaleCauses assetId={asset.id} causes={state.staleCauses} />
        ) : null}
        {unit?.kind === 'graph' ? <OpsChip unit={unit} /> : null}
        {tone === 'plain' ? <KindBadges asset={asset} /> : null}
        <CheckBadge assetId={asset.id} />
        {problems > 0 ? <ProblemBadge assetId={asset.id} count={problems} /> : null}
      </div>
      {withValue ? <div className={css.third}>{valueLine(state?.latest)}</div> : null}
    </>
  );
}

/** How far a running step says it is. */
function progressOf(state: AssetState | undefined): { readonly progress?: number } {
  const fraction = state?.status === 'running' ? state.progress?.fraction : undefined;
  return fraction === undefined ? {} : { progress: fraction };
}

/** A key that may break after its separators, and elsewhere only when it must. */
function breakable(key: string): ReactNode {
  return [...key.matchAll(/[^_/.-]*[_/.-]|[^_/.-]+$/g)].map(({ 0: part, index }) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
