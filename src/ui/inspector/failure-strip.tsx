// Why the latest attempt of an asset failed, with the place in its source.

import type { Asset } from '#model/document.ts';
import { BodyErrorView } from '#ui/kit/body-error-view.tsx';
import { RunLink } from '#ui/kit/links.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useRuns } from '#ui/kit/services.tsx';
import css from './body-tab.module.css';

export function FailureStrip({ asset }: { readonly asset: Asset }) {
  const state = useRuns((runs) => runs.states.get(asset.id));
  if (state?.status !== 'failed' || !state.failure) return null;
  const { runId, timestamp, error } = state.failure;
  return (
    <section className={css.failure} aria-label="Latest failure">
      <div className={css.failureHead}>
        <span>
          Failed <RelativeTime at={timestamp * 1000} /> in run <RunLink runId={runId} />
        </span>
      </div>
      {error ? <BodyErrorView error={error} /> : 'The run does not say why.'}
    </section>
  );
}
