// The head of the inspector: the key, which can be typed over, the status and what kind of asset it is.

import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconLayoutSidebarRightCollapse, IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { assetKeyProblem } from '#model/asset-key.ts';
import type { AssetState, NodeStatus } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { isObservable } from '#model/made-here.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { nodeStatus } from './asset-facts.ts';
import { AssetKindIcon } from './asset-kind-icon.tsx';
import { groupColour } from './group-hue.ts';
import css from './inspector.module.css';
import { ObserveButton } from './observe-button.tsx';
import { StaleCauseList, StaleCauses } from './stale-causes.tsx';

/** Reasons that are shown at once; all of them are behind the badge. */
const causesShown = 2;

export function AssetHeader({ asset }: { readonly asset: Asset }) {
  const [renaming, setRenaming] = useState(false);
  const state = useRuns((runs) => runs.states.get(asset.id));
  const colour = useDocument((document) => groupColour(document.document, asset.group));
  const isObserved = useDocument(({ document }) => isObservable(document, asset));
  const status = nodeStatus(asset, state);
  const at = statusTime(status, state);
  const causes = state?.staleCauses ?? [];
  return (
    <header className={css.header}>
      <div className={css.headLine}>
        <AssetKindIcon asset={asset} size={18} />
        {renaming ? (
          <RenameField asset={asset} onEnd={() => setRenaming(false)} />
        ) : (
          <>
            <h2 className={css.title} title={asset.key}>
              {asset.key}
            </h2>
            <Tooltip label="Rename (F2)">
              <ActionIcon aria-label="Rename" onClick={() => setRenaming(true)}>
                <IconPencil size={16} stroke={1.5} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        {isObserved ? <ObserveButton assetIds={[asset.id]} /> : null}
        <CloseInspector />
      </div>
      <div className={css.subLine}>
        <StatusBadge status={status} />
        {at === undefined ? null : <RelativeTime at={at * 1000} />}
        {causes.length > causesShown ? <StaleCauses assetId={asset.id} causes={causes} /> : null}
        {asset.group === undefined ? null : (
          <span className={css.group} title={`Group: ${asset.group}`}>
            <span className={css.groupDot} style={{ background: colour }} />
            {asset.group}
          </span>
        )}
      </div>
      {causes.length === 0 ? null : (
        <div className={css.stale}>
          <StaleCauseList assetId={asset.id} causes={causes.slice(0, causesShown)} />
        </div>
      )}
    </header>
  );
}

/** When the status came about, in seconds. */
function statusTime(status: NodeStatus, state: AssetState | undefined): number | undefined {
  if (status === 'failed') return state?.failure?.timestamp;
  const isCurrent = status === 'materialized' || status === 'stale' || status === 'observed';
  return isCurrent ? state?.latest?.timestamp : undefined;
}

export function CloseInspector() {
  const { session } = useServices();
  return (
    <Tooltip label="Close the inspector" position="bottom-end">
      <ActionIcon aria-label="Close the inspector" onClick={() => session.setState({ inspectorOpen: false })}>
        <IconLayoutSidebarRightCollapse size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}

function RenameField({ asset, onEnd }: { readonly asset: Asset; onEnd(): void }) {
  const { documents } = useServices();
  const [text, setText] = useState(asset.key);
  const owner = useDocument((state) => state.graph.idByKey.get(text));
  const problem =
    assetKeyProblem(text) ??
    (owner !== undefined && owner !== asset.id ? 'Another asset has this name.' : undefined);
  const commit = () => {
    if (problem === undefined && text !== asset.key) {
      const error = documents.run({ type: 'RenameAsset', id: asset.id, key: text });
      if (error) noticeError(error);
    }
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onEnd();
    else if (event.key === 'Enter' && problem === undefined) commit();
    else return;
    event.stopPropagation();
  };
  return (
    <TextInput
      style={{ flex: 1 }}
      aria-label="Asset name"
      value={text}
      error={problem}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
      spellCheck={false}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
