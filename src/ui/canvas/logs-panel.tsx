// What the run says, as it says it: the one that is watched, else the newest.

import { isTerminal, type RunRecord } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';
import { activeRun } from '#state/runs-store.ts';
import { RunLink } from '#ui/kit/links.tsx';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useRuns, useSession } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { EventList } from '#ui/runs/event-list.tsx';
import { useRunEvents } from '#ui/runs/use-run-events.ts';
import css from './dock.module.css';

export function LogsPanel() {
  const { runId, run } = useShownRun();
  const found = useRunEvents(runId, run !== undefined && isTerminal(run.status));
  if (runId === undefined)
    return (
      <div className={css.quiet}>Nothing has run yet. Logs and events of a run appear here as it goes.</div>
    );
  if (found.type === 'loading') return <LoadingState label="Reading the log" />;
  if (found.type === 'failed')
    return <div className={css.quiet}>The log could not be read: {found.detail}</div>;
  return <EventList key={runId} events={found.events} emptyText="The run has not said anything yet." />;
}

/** Which run the log is of, for the dock's head. */
export function ShownRun() {
  const { runId, run } = useShownRun();
  if (runId === undefined || !run) return null;
  return (
    <div className={css.run}>
      <StatusBadge status={run.status} />
      <span className={css.runLink}>
        Run <RunLink runId={runId} />
      </span>
      <RelativeTime at={run.createdAt} />
    </div>
  );
}

function useShownRun(): { readonly runId: RunId | undefined; readonly run: RunRecord | undefined } {
  const watched = useSession((state) => state.watchedRun);
  const newest = useRuns((state) => (activeRun(state) ?? state.runs[0])?.runId);
  const runId = watched ?? newest;
  const run = useRuns((state) => state.runs.find((candidate) => candidate.runId === runId));
  return { runId, run };
}
