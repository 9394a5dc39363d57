// How far a run has come: a bar of done, failed and skipped, with the numbers beside it.

import type { RunRecord } from '#model/events.ts';
import { formatCount } from '#ui/kit/format.ts';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { stepsText } from './run-facts.ts';
import css from './step-counts.module.css';

export function StepCounts({ run }: { readonly run: RunRecord }) {
  const share = (count: number) => ({ width: `${run.stepCount === 0 ? 0 : (100 * count) / run.stepCount}%` });
  const text = stepsText(run);
  return (
    <span className={css.counts} title={text}>
      <span className="hw-hidden">{text}</span>
      <span className={css.bar} aria-hidden>
        <span className={css.done} style={share(run.succeeded)} />
        <span className={css.failed} style={share(run.failed)} />
        <span className={css.skipped} style={share(run.skipped)} />
      </span>
      <span className={css.number} aria-hidden>
        {formatCount(run.succeeded)}/{formatCount(run.stepCount)}
      </span>
      {run.failed > 0 ? (
        <span className={css.failNumber} aria-hidden>
          <StatusIcon status="failed" size={12} decorative />
          {formatCount(run.failed)}
        </span>
      ) : null}
      {run.skipped > 0 ? (
        <span className={css.skipNumber} aria-hidden>
          <StatusIcon status="skipped" size={12} decorative />
          {formatCount(run.skipped)}
        </span>
      ) : null}
    </span>
  );
}
