// The page of one asset: what it is, what it reads and feeds, its latest value, its history.

import { Button } from '@mantine/core';
import { IconChevronLeft, IconPlayerPlay, IconSchema } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Asset } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { similarKeys } from '#model/similar-keys.ts';
import { selectAssets } from '#state/session-store.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { assetKindName } from '#ui/inspector/asset-kind-icon.tsx';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { StaleCauseList } from '#ui/inspector/stale-causes.tsx';
import back from '#ui/kit/back-link.module.css';
import { BodyErrorView } from '#ui/kit/body-error-view.tsx';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { formatCount } from '#ui/kit/format.ts';
import { AssetLink } from '#ui/kit/links.tsx';
import { Markdown } from '#ui/kit/markdown.tsx';
import { entriesOfJson, MetadataTable } from '#ui/kit/metadata-table.tsx';
import { ErrorState } from '#ui/kit/panel-state.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import css from './asset-page.module.css';
import { LatestValue } from './latest-value.tsx';
import { Lineage } from './lineage.tsx';

const MetadataPlots = lazy(async () => ({ default: (await import('./metadata-plots.tsx')).MetadataPlots }));

interface AssetPageProps {
  readonly assetKey: string;
  /** The asset's past materializations; the inspector shows the same. */
  renderHistory(asset: Asset): ReactNode;
}

export function AssetPage({ assetKey, renderHistory }: AssetPageProps) {
  const graph = useDocument((state) => state.graph);
  const projectId = useDocument((state) => state.projectId);
  useTitle(assetKey, 'Catalog', graph.document.info.name);
  const id = graph.idByKey.get(assetKey);
  const asset = id === undefined ? undefined : graph.document.assets.get(id);
  if (projectId === undefined) return null;
  if (!asset) {
    const similar = similarKeys(assetKey, graph.idByKey.keys()).slice(0, 3);
    return (
      <ErrorState
        title={`This project has no asset “${assetKey}”`}
        action={
          <Button
            renderRoot={(props) => <Link to="/p/$projectId/catalog" params={{ projectId }} {...props} />}
            variant="default"
          >
            All assets
          </Button>
        }
      >
        It may have been renamed or deleted.
        {similar.length === 0 ? null : (
          <>
            {' '}
            Did you mean{' '}
            {similar.map((key, index) => (
              <span key={key}>
                {index === 0 ? '' : ' or '}
                <AssetLink assetKey={key} />
              </span>
            ))}
            ?
          </>
        )}
      </ErrorState>
    );
  }
  return (
    <div className={css.page}>
      <AssetHeader asset={asset} projectId={projectId} />
      <div className={css.columns}>
        <div className={css.main}>
          <Standing assetId={asset.id} />
          {asset.description === undefined ? null : (
            <div className={css.description}>
              <Markdown text={asset.description} />
            </div>
          )}
          <Section title="Lineage">
            <Lineage asset={asset} />
          </Section>
          <Section title="Latest value">
            <LatestValue asset={asset} />
          </Section>
          <Section title="Over time">
            <ErrorBoundary name="The plots">
              <Suspense fallback={<p className={css.quiet}>Reading the history…</p>}>
                <MetadataPlots assetId={asset.id} />
              </Suspense>
            </ErrorBoundary>
          </Section>
          <Section title="History">
            <ErrorBoundary name="The history">{renderHistory(asset)}</ErrorBoundary>
          </Section>
        </div>
        <aside className={css.side} aria-label="About this asset">
          <Definition asset={asset} />
        </aside>
      </div>
    </div>
  );
}

function AssetHeader({ asset, projectId }: { readonly asset: Asset; readonly projectId: string }) {
  const { session, documents } = useServices();
  const navigate = useNavigate();
  const launcher = useLauncher();
  const state = useRuns((runs) => runs.states.get(asset.id));
  return (
    <header className={css.head}>
      <Link className={back.back} to="/p/$projectId/catalog" params={{ projectId }}>
        <IconChevronLeft size={16} stroke={1.75} aria-hidden />
        Catalog
      </Link>
      <h1 className={css.title}>{asset.key}</h1>
      <StatusBadge status={nodeStatus(asset, state)} />
      <div className={css.space} />
      <Button
        variant="default"
        leftSection={<IconSchema size={16} stroke={1.5} />}
        onClick={() => {
          selectAssets(session, [asset.id]);
          void navigate({ to: '/p/$projectId/graph', params: { projectId } });
        }}
      >
        Show in graph
      </Button>
      {asset.kind === 'external' ? null : (
        <Button
          leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
          onClick={() => {
            flushDrafts(documents);
            void launcher.launch({ type: 'assets', ids: [asset.id] });
          }}
        >
          Materialize
        </Button>
      )}
    </header>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <h2 className={css.sectionTitle}>{title}</h2>
      {children}
    </section>
  );
}

/** Why it is stale, or what went wrong last. */
function Standing({ assetId }: { readonly assetId: AssetId }) {
  const state = useRuns((runs) => runs.states.get(assetId));
  const error = state?.status === 'failed' ? state.failure?.error : undefined;
  if (error)
    return (
      <div className={css.notice} data-tone="bad">
        <BodyErrorView error={error} />
      </div>
    );
  if (!state || state.staleCauses.length === 0) return null;
  return (
    <div className={css.notice} data-tone="warn">
      <strong>Unsynced ({formatCount(state.staleCauses.length)})</strong>
      <StaleCauseList assetId={assetId} causes={state.staleCauses} leadsTo="catalog" />
    </div>
  );
}

function Definition({ asset }: { readonly asset: Asset }) {
  const document = useDocument((state) => state.document);
  const facts: [string, ReactNode][] = [['Made by', assetKindName(document, asset)]];
  if (asset.group !== undefined)
    facts.push([
      'Group',
      <span key="group" className={css.group}>
        <span className={css.dot} style={{ background: groupColour(document, asset.group) }} />
        {asset.group}
      </span>,
    ]);
  if (asset.kind === 'file')
    facts.push([
      'File',
      <span key="file" className="hw-mono">
        {asset.path}
      </span>,
    ]);
  if (asset.kinds?.length) facts.push(['Kinds', asset.kinds.join(', ')]);
  if (asset.owners?.length) facts.push(['Owners', asset.owners.join(', ')]);
  if (asset.codeVersion !== undefined) facts.push(['Code version', asset.codeVersion]);
  const tags = Object.entries(asset.tags ?? {});
  if (tags.length > 0)
    facts.push(['Tags', tags.map(([name, value]) => (value === '' ? name : `${name}: ${value}`)).join(', ')]);
  return (
    <>
      <Section title="Definition">
        <dl className={css.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {asset.metadata === undefined || Object.keys(asset.metadata).length === 0 ? null : (
        <Section title="Metadata">
          <MetadataTable entries={entriesOfJson(asset.metadata)} />
        </Section>
      )}
    </>
  );
}
