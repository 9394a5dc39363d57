// What an asset holds now: how much of what, when, by which run, and a look at it.

import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Asset } from '#model/document.ts';
import { selectAssets } from '#state/session-store.ts';
import { sizeText } from '#ui/inspector/asset-facts.ts';
import { ValueView } from '#ui/inspector/value-view.tsx';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { formatBytes, formatDuration, formatPlural } from '#ui/kit/format.ts';
import { RunLink } from '#ui/kit/links.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import css from './asset-page.module.css';

export function LatestValue({ asset }: { readonly asset: Asset }) {
  const { session } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const latest = useRuns((runs) => runs.states.get(asset.id)?.latest);
  if (!latest || projectId === undefined)
    return (
      <p className={css.quiet}>
        {asset.kind === 'external'
          ? 'This asset is made elsewhere; Headwater holds no value of it.'
          : 'Not materialized yet. Its value appears here after the first run.'}
      </p>
    );
  const { value } = latest;
  return (
    <>
      <div className={css.value}>
        <div>
          <div className={css.size}>
            {value ? (sizeText(value.summary) ?? value.summary.kind) : 'No value, as its body stated'}
          </div>
          <div className={css.quiet}>
            {value ? (
              <>
                {value.summary.kind}
                {value.summary.columns === undefined
                  ? ''
                  : `, ${formatPlural(value.summary.columns, 'column')}`}
                , {formatBytes(value.length)} ·{' '}
              </>
            ) : null}
            materialized <RelativeTime at={latest.timestamp * 1000} /> in {formatDuration(latest.durationMs)}{' '}
            {latest.location ? (
              <>
                in{' '}
                <Link
                  to="/p/$projectId/catalog/$"
                  params={{ projectId: latest.location.projectId, _splat: asset.key }}
                >
                  {latest.location.name}
                </Link>
              </>
            ) : (
              <>
                by run <RunLink runId={latest.runId} />
              </>
            )}
          </div>
        </div>
        {value ? (
          <Button
            size="sm"
            variant="default"
            renderRoot={(props) => <Link to="/p/$projectId/graph" params={{ projectId }} {...props} />}
            onClick={() => selectAssets(session, [asset.id], 'data')}
          >
            Show data
          </Button>
        ) : null}
      </div>
      {value ? (
        <div className={css.preview}>
          <ErrorBoundary name="The preview" resetKey={value.hash}>
            <ValueView value={value} assetKey={asset.key} />
          </ErrorBoundary>
        </div>
      ) : null}
    </>
  );
}
