// A previewed plan in words.

import type { PlanPreview, PreviewReason } from '#engine/plan-preview.ts';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';

const outcomes = {
  failed: 'Failed last time',
  skipped: 'Was skipped last time',
  canceled: 'Was canceled last time',
  interrupted: 'Was interrupted last time',
} as const;

export function reasonText(why: PreviewReason): string {
  switch (why.type) {
    case 'never':
      return 'Never materialized';
    case 'unfinished':
      return outcomes[why.outcome];
    case 'stale': {
      const [first, ...others] = why.causes;
      if (!first) return 'Out of date';
      const about = first.category === 'DATA' ? `${first.dependency} has a new data version` : first.reason;
      const more = others.length > 0 ? `, and ${formatPlural(others.length, 'more reason')}` : '';
      return `${about.charAt(0).toUpperCase()}${about.slice(1)}${more}`;
    }
    case 'upstream-runs':
      return `Depends on ${why.key}, which runs`;
    case 'asked':
      return 'Up to date; runs because it was asked for';
    case 'up-to-date':
      return 'Code and inputs are as in its last materialization';
    case 'external':
      return 'Made elsewhere';
  }
}

/** "3 run, 2 reused, 1 skipped · about 1.3 s, 1 never timed". */
export function previewSummary({ rows, estimateMs, unknownCount }: PlanPreview): string {
  const count = (does: string) => rows.filter((row) => row.does === does).length;
  const runs = count('run');
  const counts = [
    [runs, 'run'],
    [count('reuse'), 'reused'],
    [count('skip'), 'skipped'],
  ] as const;
  const what = counts
    .filter(([n]) => n > 0)
    .map(([n, does]) => `${n.toLocaleString('en-US')} ${does}`)
    .join(', ');
  if (runs === 0) return what;
  const time =
    unknownCount === runs
      ? 'never timed'
      : `${unknownCount > 0 ? 'at least' : 'about'} ${formatDuration(estimateMs)}`;
  return `${what} · ${time}`;
}
