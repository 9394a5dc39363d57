// The latest value of an asset, or why there is none and what to do.

import { Button } from '@mantine/core';
import { IconPlayerPlayFilled, IconTable } from '@tabler/icons-react';
import type { Materialization } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { isObservable } from '#model/made-here.ts';
import { formatBytes } from '#ui/kit/format.ts';
import { MetadataTable } from '#ui/kit/metadata-table.tsx';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { BadRowsStrip } from './bad-rows-strip.tsx';
import css from './data-tab.module.css';
import { flushDrafts } from './open-drafts.ts';
import { TestCasesMenu } from './test-cases-menu.tsx';
import { ValueView } from './value-view.tsx';

export function DataTab({ asset }: { readonly asset: Asset }) {
  const latest = useRuns((state) => state.states.get(asset.id)?.latest);
  if (!latest) return <NoData asset={asset} />;
  if (latest.isObservation) return <Observation latest={latest} />;
  if (!latest.value)
    return (
      <div className={css.column}>
        {latest.manager === undefined ? (
          <EmptyState title="Materialized without a value">
            The body said what it did, and returned no value to keep.
          </EmptyState>
        ) : (
          <EmptyState title={`Kept by ${latest.manager}`}>
            An IO manager of the project keeps this value; what it said of it stands below. Assets that read
            it get it from there.
          </EmptyState>
        )}
        <div className={css.metadata}>
          <MetadataTable entries={latest.metadata} />
        </div>
      </div>
    );
  return (
    <div className={css.column}>
      <div className={css.facts}>
        <span>{latest.value.summary.kind}</span>
        <span>{formatBytes(latest.value.length)}</span>
        <span className={css.when}>
          <RelativeTime at={latest.timestamp * 1000} />
        </span>
        {asset.kind === 'asset' ? <TestCasesMenu asset={asset} latest={latest} /> : null}
      </div>
      <BadRowsStrip metadata={latest.metadata} />
      <div className={css.value}>
        <ValueView value={latest.value} assetKey={asset.key} />
      </div>
    </div>
  );
}

function NoData({ asset }: { readonly asset: Asset }) {
  const { documents, session } = useServices();
  const { launch } = useLauncher();
  const status = useRuns((state) => state.states.get(asset.id)?.status);
  const isObserved = useDocument(({ document }) => isObservable(document, asset));
  if (isObserved)
    return (
      <div className={css.column}>
        <EmptyState title="Never observed">
          Its body says what version the data have when it is observed; what reads it is then stale when that
          changes.
        </EmptyState>
      </div>
    );
  if (asset.kind === 'external')
    return <EmptyState title="No data here">An external asset’s data lives where it is made.</EmptyState>;
  if (status === 'queued' || status === 'running')
    return <EmptyState title="On its way">The value appears here when the run has made it.</EmptyState>;
  const materialize = async () => {
    flushDrafts(documents);
    const runId = await launch({ type: 'assets', ids: [asset.id] });
    if (runId !== undefined) session.setState({ watchedRun: runId });
  };
  return (
    <EmptyState
      title="No data yet"
      icon={<IconTable size={24} stroke={1.5} />}
      action={
        <Button leftSection={<IconPlayerPlayFilled size={12} />} onClick={() => void materialize()}>
          Materialize this asset
        </Button>
      }
    >
      {status === 'failed'
        ? 'It failed before it ever made a value. The Body tab says why.'
        : 'Materialize it to see its rows here. Assets it reads need a value first.'}
    </EmptyState>
  );
}

/** What was seen when an asset that is made elsewhere was last looked at. */
function Observation({ latest }: { readonly latest: Materialization }) {
  return (
    <div className={css.column}>
      <div className={css.facts}>
        <span>Version</span>
        <span className="hw-mono">{latest.dataVersion}</span>
        <span className={css.when}>
          Observed <RelativeTime at={latest.timestamp * 1000} />
        </span>
      </div>
      <div className={css.metadata}>
        <MetadataTable entries={latest.metadata} />
      </div>
    </div>
  );
}
