// Several assets are selected: which, how they stand, and what can be done with all of them.

import { Button } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import type { AssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { nodeStatus } from './asset-facts.ts';
import { CloseInspector } from './asset-header.tsx';
import css from './inspector.module.css';
import { flushDrafts } from './open-drafts.ts';

/** More than this are counted, not listed. */
const listed = 200;

export function SelectionSummary({ ids }: { readonly ids: readonly AssetId[] }) {
  const { session, documents } = useServices();
  const { launch } = useLauncher();
  const assets = useDocument((state) => state.document.assets);
  const states = useRuns((state) => state.states);
  const chosen = ids.flatMap((id) => assets.get(id) ?? []);
  const materialize = async () => {
    flushDrafts(documents);
    const runId = await launch({ type: 'assets', ids });
    if (runId !== undefined) session.setState({ watchedRun: runId, dockTab: 'logs', dockOpen: true });
  };
  return (
    <>
      <header className={css.header}>
        <div className={css.headLine}>
          <h2 className={css.title}>{formatPlural(chosen.length, 'asset')} selected</h2>
          <CloseInspector />
        </div>
      </header>
      <div className={css.summary}>
        <Button
          variant="default"
          leftSection={<IconPlayerPlayFilled size={12} />}
          onClick={() => void materialize()}
        >
          Materialize {formatPlural(chosen.length, 'asset')}
        </Button>
        <ul className={css.keys} aria-label="Selected assets">
          {chosen.slice(0, listed).map((asset) => (
            <li key={asset.id}>
              <button
                type="button"
                className={css.keyButton}
                onClick={() => selectAssets(session, [asset.id])}
                title="Select only this one"
              >
                <StatusIcon status={nodeStatus(asset, states.get(asset.id))} />
                <span className={css.ellipsis}>{asset.key}</span>
              </button>
            </li>
          ))}
        </ul>
        {chosen.length > listed ? (
          <p className={css.text}>And {formatPlural(chosen.length - listed, 'more', 'more')}.</p>
        ) : null}
      </div>
    </>
  );
}
