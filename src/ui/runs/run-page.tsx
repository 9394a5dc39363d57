// One run: how it went, its steps along time, its errors, its events.

import { Button, SegmentedControl } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { shortId } from '#ui/kit/links.tsx';
import { EmptyState, ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import { EventList } from './event-list.tsx';
import { FailedSteps } from './failed-steps.tsx';
import { RunHeader } from './run-header.tsx';
import css from './run-page.module.css';
import { type StepRow, stepRows } from './step-rows.ts';
import { StepsTable } from './steps-table.tsx';
import { Timeline } from './timeline.tsx';
import { useRun } from './use-run.ts';
import { useRunEvents } from './use-run-events.ts';

export function RunPage() {
  const { runId } = useParams({ from: '/p/$projectId/runs/$runId' });
  const found = useRun(asRunId(runId));
  const projectId = useDocument((state) => state.projectId);
  const projectName = useDocument((state) => state.document.info.name);
  useTitle(`Run ${shortId(asRunId(runId))}`, projectName);
  if (projectId === undefined) return null;
  if (found.type === 'loading') return <LoadingState label="Looking for the run" />;
  if (found.type === 'missing')
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
  return <KnownRun key={found.run.runId} run={found.run} />;
}

const emptySelection: ReadonlySet<string> = new Set();

function KnownRun({ run }: { readonly run: RunRecord }) {
  const isOver = isTerminal(run.status);
  const found = useRunEvents(run.runId, isOver);
  const now = useEverySecond(!isOver);
  const [selected, setSelected] = useState(emptySelection);
  const [step, setStep] = useState<string>();
  const events = found.type === 'ready' ? found.events : undefined;
  const rows = useMemo(() => (events ? stepRows(events) : undefined), [events]);
  const select = (stepKey: string | undefined) => {
    setStep(stepKey);
    setSelected(stepKey === undefined ? emptySelection : new Set([stepKey]));
  };

  return (
    <div className={css.page}>
      <RunHeader run={run} now={now} rows={rows} selected={selected} />
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
              <ErrorBoundary name="The list of steps">
                <Steps
                  rows={rows ?? []}
                  run={run}
                  now={now}
                  step={step}
                  onStep={select}
                  selected={selected}
                  onSelected={setSelected}
                />
              </ErrorBoundary>
            }
            second={
              <ErrorBoundary name="The list of events">
                <EventList events={found.events} followsEnd={!isOver} step={step} onStep={select} />
              </ErrorBoundary>
            }
          />
        </div>
      )}
    </div>
  );
}

interface StepsProps {
  readonly rows: readonly StepRow[];
  readonly run: RunRecord;
  readonly now: number;
  readonly step: string | undefined;
  readonly selected: ReadonlySet<string>;
  onStep(step: string | undefined): void;
  onSelected(selected: ReadonlySet<string>): void;
}

const viewPreference = 'run-steps-view';

function Steps({ rows, run, now, step, selected, onStep, onSelected }: StepsProps) {
  const { preferences } = useServices();
  const [view, setView] = useState(() =>
    preferences.read(viewPreference) === 'table' ? 'table' : 'timeline',
  );
  return (
    <div className={css.steps}>
      <FailedSteps rows={rows} />
      <div className={css.bar}>
        <SegmentedControl
          aria-label="How the steps are shown"
          value={view}
          onChange={(next) => {
            setView(next);
            preferences.write(viewPreference, next);
          }}
          data={[
            { value: 'timeline', label: 'Timeline' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <span className={css.hint}>
          {view === 'timeline'
            ? 'Ctrl and wheel zoom, Shift and wheel pan. Select a step to see its events only.'
            : 'Select steps to re-execute only them.'}
        </span>
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title={isTerminal(run.status) ? 'This run had no steps' : 'The steps are being planned'}
        />
      ) : view === 'timeline' ? (
        <Timeline rows={rows} run={run} now={now} selected={step} onSelect={onStep} />
      ) : (
        <StepsTable rows={rows} run={run} now={now} checked={selected} onCheck={onSelected} />
      )}
    </div>
  );
}
