// The steps of a run along time: one row each, its bar where and as long as it ran.

import { useMemo } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { formatClock, formatDuration, formatPlural } from '#ui/kit/format.ts';
import { AssetLink } from '#ui/kit/links.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { statusShape } from '#ui/kit/status-labels.ts';
import { type Column, VirtualTable } from '#ui/kit/virtual-table.tsx';
import type { StepRow } from './step-rows.ts';
import css from './steps-table.module.css';

interface StepsTableProps {
  readonly rows: readonly StepRow[];
  readonly run: RunRecord;
  readonly now: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

export function StepsTable({ rows, run, now }: StepsTableProps) {
  const span = useMemo(() => spanOf(rows, run, now), [rows, run, now]);
  const columns: readonly Column<StepRow>[] = [
    {
      name: 'step',
      header: 'Step',
      title: (row) => row.assetKey,
      cell: (row) => (
        <>
          <AssetLink assetKey={row.assetKey} />
          {row.tries.length > 1 ? (
            <span className={css.tries}> {formatPlural(row.tries.length, 'try', 'tries')}</span>
          ) : null}
        </>
      ),
    },
    {
      name: 'status',
      header: 'Status',
      title: (row) => row.note,
      cell: (row) => <StatusBadge status={row.status} />,
    },
    {
      name: 'duration',
      header: 'Duration',
      quiet: true,
      cell: (row) => {
        const durationMs = stepDurationMs(row, now);
        return durationMs === undefined ? '' : formatDuration(durationMs);
      },
    },
    {
      name: 'time',
      header: <Axis span={span} />,
      cell: (row) => <Lane row={row} span={span} now={now} />,
    },
  ];
  return (
    <VirtualTable
      label="Steps"
      className={css.table}
      rows={rows}
      columns={columns}
      rowHeight={32}
      keyOf={(row) => row.stepKey}
      attributesOf={(row) => ({ 'data-testid': 'step-row', 'data-status': row.status.toLowerCase() })}
    />
  );
}

function Axis({ span }: { readonly span: Span }) {
  return (
    <span className={css.axis} role="img" aria-label={`Time, ${formatDuration(span.to - span.from)} in all`}>
      {[0, 0.25, 0.5, 0.75, 1].map((at) => (
        <span key={at} style={{ left: `${at * 100}%` }} data-last={at === 1 || undefined}>
          {at === 0 ? '0' : formatDuration((span.to - span.from) * at)}
        </span>
      ))}
    </span>
  );
}

function Lane({ row, span, now }: { readonly row: StepRow; readonly span: Span; readonly now: number }) {
  return (
    <span className={css.lane}>
      {row.tries.map(({ startedAt, endedAt, isRetried = false }, index) => (
        <span
          key={startedAt}
          className={css.bar}
          data-shape={statusShape(isRetried ? 'FAILURE' : row.status)}
          data-retried={isRetried || undefined}
          style={placeOf(startedAt, endedAt ?? now, span)}
          title={[
            row.tries.length > 1 ? `Try ${index + 1}: ` : '',
            formatClock(startedAt),
            endedAt === undefined ? '' : ` to ${formatClock(endedAt)}`,
            isRetried ? ', failed and tried again' : '',
          ].join('')}
        />
      ))}
    </span>
  );
}

function stepDurationMs(row: StepRow, now: number): number | undefined {
  if (row.durationMs !== undefined) return row.durationMs;
  if (row.startedAt === undefined) return undefined;
  return Math.max(0, (row.endedAt ?? now) - row.startedAt);
}

function spanOf(rows: readonly StepRow[], run: RunRecord, now: number): Span {
  let from = run.startedAt ?? run.createdAt;
  let to = run.endedAt ?? (isTerminal(run.status) ? from : now);
  for (const { startedAt, endedAt } of rows) {
    if (startedAt !== undefined) from = Math.min(from, startedAt);
    if (endedAt !== undefined) to = Math.max(to, endedAt);
  }
  return { from, to: Math.max(to, from + 1) };
}

const placeOf = (start: number, end: number, { from, to }: Span) => {
  const left = Math.min(1, Math.max(0, (start - from) / (to - from)));
  const width = Math.min(1 - left, Math.max(0, (end - start) / (to - from)));
  return { left: `${left * 100}%`, width: `max(3px, ${width * 100}%)` };
};
