// One run: how it went, its steps along time, its errors, its events.

import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { shortId } from '#ui/kit/links.tsx';
import { ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import { EventList } from './event-list.tsx';
import { FailedSteps } from './failed-steps.tsx';
import { RunHeader } from './run-header.tsx';
import css from './run-page.module.css';
import { stepRows } from './step-rows.ts';
import { StepsTable } from './steps-table.tsx';
import { useRunEvents } from './use-run-events.ts';

export function RunPage() {
  const { runId } = useParams({ from: '/p/$projectId/runs/$runId' });
  const run = useRuns((state) => state.runs.find((candidate) => candidate.runId === runId));
  const projectId = useDocument((state) => state.projectId);
  const projectName = useDocument((state) => state.document.info.name);
  useTitle(`Run ${shortId(asRunId(runId))}`, projectName);
  if (projectId === undefined) return null;
  if (!run)
    return (
      <ErrorState
        title="This project has no such run"
        action={
          <Button
            renderRoot={(props) => <Link to="/p/$projectId/runs" params={{ projectId }} {...props} />}
            variant="default"
          >
            All runs
          </Button>
        }
      >
        The link may be of another project, or of another browser: runs stay where they were made.
      </ErrorState>
    );
  return <KnownRun key={run.runId} run={run} />;
}

function KnownRun({ run }: { readonly run: RunRecord }) {
  const isOver = isTerminal(run.status);
  const found = useRunEvents(run.runId, isOver);
  const now = useEverySecond(!isOver);
  const events = found.type === 'ready' ? found.events : undefined;
  const rows = useMemo(() => (events ? stepRows(events) : []), [events]);

  return (
    <div className={css.page}>
      <RunHeader run={run} now={now} />
      {found.type === 'loading' ? (
        <LoadingState label="Reading the events of the run" />
      ) : found.type === 'failed' ? (
        <ErrorState title="The events of this run could not be read">
          {found.detail} The run itself and its values are not affected.
        </ErrorState>
      ) : (
        <div className={css.panes}>
          <Splitter
            name="run-events"
            direction="rows"
            label="Events"
            initialSize={280}
            minSize={120}
            minFirst={280}
            first={
              <div className={css.steps}>
                <ErrorBoundary name="The list of steps">
                  <FailedSteps rows={rows} />
                  <StepsTable rows={rows} run={run} now={now} />
                </ErrorBoundary>
              </div>
            }
            second={
              <ErrorBoundary name="The list of events">
                <EventList events={found.events} followsEnd={!isOver} />
              </ErrorBoundary>
            }
          />
        </div>
      )}
    </div>
  );
}
