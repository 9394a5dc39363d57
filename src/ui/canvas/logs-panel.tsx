// What the run says, as it says it: the one that is watched, else the newest.

import { isTerminal } from '#model/events.ts';
import { RunLink } from '#ui/kit/links.tsx';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useRuns, useSession } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { EventList } from '#ui/runs/event-list.tsx';
import { useRunEvents } from '#ui/runs/use-run-events.ts';
import css from './dock.module.css';

export function LogsPanel() {
  const watched = useSession((state) => state.watchedRun);
  const newest = useRuns((state) => state.live?.runId ?? state.runs[0]?.runId);
  const runId = watched ?? newest;
  const run = useRuns((state) => state.runs.find((candidate) => candidate.runId === runId));
  const found = useRunEvents(runId, run !== undefined && isTerminal(run.status));
  if (runId === undefined)
    return (
      <div className={css.quiet}>Nothing has run yet. Logs and events of a run appear here as it goes.</div>
    );
  return (
    <div className={css.logs}>
      {run ? (
        <div className={css.run}>
          <StatusBadge status={run.status} />
          <span>
            Run <RunLink runId={runId} />
          </span>
          <RelativeTime at={run.createdAt} />
        </div>
      ) : null}
      <div className={css.events}>
        {found.type === 'ready' ? (
          <EventList key={runId} events={found.events} emptyText="The run has not said anything yet." />
        ) : found.type === 'loading' ? (
          <LoadingState label="Reading the log" />
        ) : (
          <div className={css.quiet}>The log could not be read: {found.detail}</div>
        )}
      </div>
    </div>
  );
}
