// The list of runs, newest first, filtered by status and text; changes as they do.

import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { formatCount, formatDuration, formatPlural } from '#ui/kit/format.ts';
import { shortId } from '#ui/kit/links.tsx';
import list from '#ui/kit/list-page.module.css';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import { type Column, VirtualTable } from '#ui/kit/virtual-table.tsx';
import { runDurationMs, targetText, triggerText } from './run-facts.ts';
import { matchesRun, type RunFilter, type StatusFilter } from './run-filter.ts';
import css from './runs-page.module.css';
import { StepCounts } from './step-counts.tsx';
import { useAllRuns } from './use-all-runs.ts';

const choices = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Under way' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'stopped', label: 'Stopped' },
];

export function RunsPage() {
  const { runs, hasMore, isReading, readMore } = useAllRuns();
  const [filter, setFilter] = useState<RunFilter>({ text: '', status: 'all' });
  const sought = useDeferredValue(filter);
  const shown = useMemo(() => runs.filter((run) => matchesRun(run, sought)), [runs, sought]);
  const projectName = useDocument((state) => state.document.info.name);
  const projectId = useDocument((state) => state.projectId);
  useTitle('Runs', projectName);
  if (projectId === undefined) return null;
  if (runs.length === 0)
    return (
      <EmptyState
        icon={<IconPlayerPlay size={24} stroke={1.5} />}
        title="No runs yet"
        action={
          <Button renderRoot={(props) => <Link to="/p/$projectId/graph" params={{ projectId }} {...props} />}>
            Go to the graph
          </Button>
        }
      >
        Each time you materialize assets, the run appears here with its steps, events and errors, and stays.
      </EmptyState>
    );
  return (
    <div className={list.page}>
      <header className={list.head}>
        <h1 className={list.title}>Runs</h1>
        <span className={list.count} role="status">
          {shown.length === runs.length
            ? `${hasMore ? 'the newest ' : ''}${formatPlural(runs.length, 'run')}`
            : `${formatPlural(shown.length, 'run')} of ${formatCount(runs.length)}`}
        </span>
        <div className={list.filters}>
          <SegmentedControl
            aria-label="Status of runs"
            value={filter.status}
            data={choices}
            onChange={(status) => setFilter({ ...filter, status: status as StatusFilter })}
          />
          <TextInput
            className={css.search}
            aria-label="Filter runs by text"
            placeholder="Filter by target, id, trigger"
            leftSection={<IconSearch size={16} stroke={1.5} />}
            value={filter.text}
            onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setFilter({ ...filter, text: '' });
            }}
          />
        </div>
      </header>
      {shown.length === 0 ? (
        <EmptyState
          title="No run matches"
          action={
            <Button variant="default" onClick={() => setFilter({ text: '', status: 'all' })}>
              Show all runs
            </Button>
          }
        >
          Every word is looked for in the target, the id, the status, the trigger and the tags
          {hasMore ? ' of the runs that are read so far' : ''}.
        </EmptyState>
      ) : (
        <RunTable runs={shown} projectId={projectId} />
      )}
      {hasMore ? (
        <footer className={css.foot}>
          <Button size="sm" variant="default" loading={isReading} onClick={readMore}>
            Read older runs
          </Button>
        </footer>
      ) : null}
    </div>
  );
}

function RunTable({ runs, projectId }: { readonly runs: readonly RunRecord[]; readonly projectId: string }) {
  const now = useEverySecond(runs.some((run) => !isTerminal(run.status)));
  const columns: readonly Column<RunRecord>[] = [
    { name: 'status', header: 'Status', cell: (run) => <StatusBadge status={run.status} /> },
    {
      name: 'target',
      header: 'Target',
      cell: (run) => (
        <Link
          className={css.link}
          to="/p/$projectId/runs/$runId"
          params={{ projectId, runId: run.runId }}
          title={run.target}
        >
          {targetText(run)}
        </Link>
      ),
    },
    {
      name: 'run',
      header: 'Run',
      quiet: true,
      cell: (run) => <span className="hw-mono">{shortId(run.runId)}</span>,
    },
    {
      name: 'started',
      header: 'Started',
      quiet: true,
      cell: (run) => <RelativeTime at={run.startedAt ?? run.createdAt} />,
    },
    {
      name: 'duration',
      header: 'Duration',
      quiet: true,
      cell: (run) => {
        const durationMs = runDurationMs(run, now);
        return durationMs === undefined ? '' : formatDuration(durationMs);
      },
    },
    { name: 'steps', header: 'Steps', cell: (run) => <StepCounts run={run} /> },
    { name: 'trigger', header: 'Trigger', quiet: true, cell: (run) => triggerText(run) },
  ];
  return (
    <VirtualTable
      label="Runs"
      className={css.table}
      rows={runs}
      columns={columns}
      rowHeight={44}
      keyOf={(run) => run.runId}
      attributesOf={(run) => ({ 'data-testid': 'run-row', 'data-status': run.status.toLowerCase() })}
    />
  );
}
