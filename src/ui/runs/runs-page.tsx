// The list of runs, newest first; changes as they do.

import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';
import { shortId } from '#ui/kit/links.tsx';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import { type Column, VirtualTable } from '#ui/kit/virtual-table.tsx';
import { runDurationMs, targetText, triggerText } from './run-facts.ts';
import css from './runs-page.module.css';
import { StepCounts } from './step-counts.tsx';

export function RunsPage() {
  const runs = useRuns((state) => state.runs);
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
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>Runs</h1>
        <span className={css.count}>{formatPlural(runs.length, 'run')}</span>
      </header>
      <RunTable runs={runs} projectId={projectId} />
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
