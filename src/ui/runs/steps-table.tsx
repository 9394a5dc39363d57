// The steps of a run as a table of numbers, sorted by any of them.

import { Checkbox } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RunRecord } from '#model/events.ts';
import { formatClock, formatDuration, formatExact } from '#ui/kit/format.ts';
import { StepLink } from '#ui/kit/links.tsx';
import { SortHeader, type Sorting } from '#ui/kit/sort-header.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { type Column, VirtualTable } from '#ui/kit/virtual-table.tsx';
import { stepDurationMs } from './step-duration.ts';
import type { StepRow } from './step-rows.ts';
import css from './steps-table.module.css';

interface StepsTableProps {
  readonly rows: readonly StepRow[];
  readonly run: RunRecord;
  readonly now: number;
  readonly checked: ReadonlySet<string>;
  onCheck(checked: ReadonlySet<string>): void;
}

type By = 'plan' | 'step' | 'status' | 'started' | 'waited' | 'duration' | 'tries';

export function StepsTable({ rows, run, now, checked, onCheck }: StepsTableProps) {
  const [sorting, setSorting] = useState<Sorting<By>>({ by: 'plan', isDescending: false });
  const runStart = run.startedAt ?? run.createdAt;
  const sorted = useMemo(() => sortedSteps(rows, sorting, now), [rows, sorting, now]);
  const head = (name: By, text: string, descendsFirst = false) => (
    <SortHeader name={name} sorting={sorting} onSort={setSorting} descendsFirst={descendsFirst}>
      {text}
    </SortHeader>
  );
  const columns: readonly Column<StepRow>[] = [
    {
      name: 'check',
      header: (
        <Checkbox
          size="xs"
          aria-label="Select all steps"
          checked={rows.length > 0 && checked.size === rows.length}
          indeterminate={checked.size > 0 && checked.size < rows.length}
          onChange={(event) =>
            onCheck(new Set(event.currentTarget.checked ? rows.map(({ stepKey }) => stepKey) : []))
          }
        />
      ),
      cell: ({ stepKey, assetKey }) => (
        <Checkbox
          size="xs"
          aria-label={`Select ${assetKey}`}
          checked={checked.has(stepKey)}
          onChange={() => {
            const next = new Set(checked);
            if (!next.delete(stepKey)) next.add(stepKey);
            onCheck(next);
          }}
        />
      ),
    },
    {
      name: 'step',
      header: head('step', 'Step'),
      title: ({ assetKey }) => assetKey,
      cell: (row) => <StepLink stepKey={row.stepKey} assetKey={row.assetKey} />,
    },
    {
      name: 'status',
      header: head('status', 'Status'),
      title: ({ note }) => note,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      name: 'started',
      header: head('started', 'Started'),
      quiet: true,
      title: ({ startedAt }) => (startedAt === undefined ? undefined : formatExact(startedAt)),
      cell: ({ startedAt }) => (startedAt === undefined ? '' : formatClock(startedAt)),
    },
    {
      name: 'waited',
      header: head('waited', 'Into the run', true),
      quiet: true,
      align: 'end',
      cell: ({ startedAt }) => (startedAt === undefined ? '' : formatDuration(startedAt - runStart)),
    },
    {
      name: 'duration',
      header: head('duration', 'Duration', true),
      quiet: true,
      align: 'end',
      cell: (row) => {
        const durationMs = stepDurationMs(row, now);
        return durationMs === undefined ? '' : formatDuration(durationMs);
      },
    },
    {
      name: 'tries',
      header: head('tries', 'Tries', true),
      quiet: true,
      align: 'end',
      cell: ({ tries }) => (tries.length === 0 ? '' : tries.length),
    },
  ];
  return (
    <VirtualTable
      label="Steps"
      className={css.table}
      rows={sorted}
      columns={columns}
      rowHeight={32}
      keyOf={(row) => row.stepKey}
      attributesOf={(row) => ({ 'data-testid': 'step-row', 'data-status': row.status.toLowerCase() })}
    />
  );
}

function sortedSteps(
  rows: readonly StepRow[],
  { by, isDescending }: Sorting<By>,
  now: number,
): readonly StepRow[] {
  const way = isDescending ? -1 : 1;
  if (by === 'plan') return rows;
  const number = (row: StepRow): number | undefined =>
    by === 'duration' ? stepDurationMs(row, now) : by === 'tries' ? row.tries.length : row.startedAt;
  return [...rows].sort((a, b) => {
    if (by === 'step') return way * a.assetKey.localeCompare(b.assetKey, 'en', { numeric: true });
    if (by === 'status') return way * a.status.localeCompare(b.status);
    const [x, y] = [number(a), number(b)];
    // What has no number stands last, whichever way.
    if (x === undefined || y === undefined) return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0);
    return way * (x - y);
  });
}
