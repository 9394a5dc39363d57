// What went wrong in a run, first thing on its page: each failed step with the place in its source.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { BodyErrorView } from '#ui/kit/body-error-view.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { StepLink } from '#ui/kit/links.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import css from './failed-steps.module.css';
import type { StepRow } from './step-rows.ts';

const shownAtFirst = 3;

export function FailedSteps({ rows }: { readonly rows: readonly StepRow[] }) {
  const failed = rows.filter((row) => row.status === 'FAILURE');
  const [showsAll, setShowsAll] = useState(false);
  if (failed.length === 0) return null;
  const shown = showsAll ? failed : failed.slice(0, shownAtFirst);
  return (
    <section className={css.failures} aria-label="Failed steps">
      {shown.map((row) => (
        <article key={row.stepKey} className={css.failure}>
          <div className={css.head}>
            <StatusIcon status="failed" size={14} decorative />
            <StepLink stepKey={row.stepKey} assetKey={row.assetKey} />
            <span className={css.quiet}>
              failed{row.tries.length > 1 ? ` after ${formatPlural(row.tries.length, 'try', 'tries')}` : ''}
            </span>
          </div>
          {row.error ? <BodyErrorView error={row.error} /> : (row.note ?? null)}
        </article>
      ))}
      {failed.length > shown.length ? (
        <Button size="sm" variant="subtle" onClick={() => setShowsAll(true)}>
          Show all {formatPlural(failed.length, 'failed step')}
        </Button>
      ) : null}
    </section>
  );
}
