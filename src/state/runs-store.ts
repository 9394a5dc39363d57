// What happens and has happened, as the engine tells it: asset states, runs, live events, problems.
// Nodes subscribe to their own asset's state, so that a status change re-renders one node.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  BodyProblem,
  CodeProblem,
  OpenedProject,
  ResourceProblem,
  StorageState,
  WorkspaceEvent,
} from '#engine/workspace-port.ts';
import type { AssetState } from '#model/asset-state.ts';
import { type CheckState, checkPlace } from '#model/checks/check-state.ts';
import { isTerminal, type RunEvent, type RunRecord } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';

export interface RunsState {
  readonly states: ReadonlyMap<AssetId, AssetState>;
  /** By `checkPlace`. */
  readonly checks: ReadonlyMap<string, CheckState>;
  /** Newest first. */
  readonly runs: readonly RunRecord[];
  /** Events heard while somebody watches, newest `maxLiveEvents` of the newest run. */
  readonly live: { readonly runId: RunId; readonly events: readonly RunEvent[] } | undefined;
  readonly problems: readonly BodyProblem[];
  readonly resourceProblems: readonly ResourceProblem[];
  readonly leading: boolean;
  readonly storage: StorageState;
}

export interface RunsStore {
  readonly store: StoreApi<RunsState>;
  open(project: OpenedProject): void;
  close(): void;
  take(event: WorkspaceEvent): void;
  /** Asks for live events, until the answer is called. */
  watch(): () => void;
}

const maxLiveEvents = 20_000;

const nothing: Omit<RunsState, 'storage'> = {
  states: new Map(),
  checks: new Map(),
  runs: [],
  live: undefined,
  problems: [],
  resourceProblems: [],
  leading: false,
};

export function createRunsStore(storage: StorageState, watchEvents: (wanted: boolean) => void): RunsStore {
  let watchers = 0;
  let projectId: ProjectId | undefined;
  const store = createStore<RunsState>(() => ({ ...nothing, storage }));

  return {
    store,
    open(project) {
      projectId = project.row.projectId;
      store.setState({
        ...nothing,
        states: new Map(project.states.map((state) => [state.assetId, state])),
        checks: withChecks(new Map(), project.checks),
        runs: project.runs,
        ...byKind(project.problems),
        leading: project.leading,
      });
    },
    close() {
      projectId = undefined;
      store.setState(nothing);
    },
    take(event) {
      if (event.type === 'storage') return store.setState({ storage: event.state });
      if (
        event.type === 'projects-changed' ||
        event.type === 'log-grew' ||
        event.type === 'import-progress' ||
        event.type === 'scratch-printed' ||
        event.projectId !== projectId
      )
        return;
      if (event.type === 'states') {
        const states = new Map(store.getState().states);
        for (const state of event.states) states.set(state.assetId, state);
        for (const { assetId, status, progress } of event.live) {
          const known = states.get(assetId);
          if (!known) continue;
          const { progress: _, ...rest } = known;
          states.set(assetId, { ...rest, status, ...(progress === undefined ? {} : { progress }) });
        }
        store.setState({ states });
      } else if (event.type === 'checks') {
        store.setState(({ checks }) => ({ checks: withChecks(checks, event.checks) }));
      } else if (event.type === 'runs') {
        store.setState(({ runs }) => ({ runs: mergeRuns(runs, event.runs) }));
      } else if (event.type === 'run-events') {
        const { live } = store.getState();
        const before = live?.runId === event.runId ? live.events : [];
        const events = [...before, ...event.events].slice(-maxLiveEvents);
        store.setState({ live: { runId: event.runId, events } });
      } else if (event.type === 'problems') store.setState(byKind(event.problems));
      else store.setState({ leading: event.leading });
    },
    watch() {
      watchers += 1;
      if (watchers === 1) watchEvents(true);
      let isWatching = true;
      return () => {
        if (!isWatching) return;
        isWatching = false;
        watchers -= 1;
        if (watchers > 0) return;
        watchEvents(false);
        // What comes after the next `watch` would not follow on this.
        store.setState({ live: undefined });
      };
    },
  };
}

function byKind(list: readonly CodeProblem[]): Pick<RunsState, 'problems' | 'resourceProblems'> {
  return {
    problems: list.filter((problem): problem is BodyProblem => 'assetId' in problem),
    resourceProblems: list.filter((problem): problem is ResourceProblem => 'resource' in problem),
  };
}

function withChecks(
  known: ReadonlyMap<string, CheckState>,
  changed: readonly CheckState[],
): ReadonlyMap<string, CheckState> {
  const checks = new Map(known);
  for (const check of changed) checks.set(checkPlace(check.assetId, check.name), check);
  return checks;
}

function mergeRuns(known: readonly RunRecord[], changed: readonly RunRecord[]): readonly RunRecord[] {
  const byId = new Map(known.map((run) => [run.runId, run]));
  for (const run of changed) byId.set(run.runId, run);
  return [...byId.values()].sort((a, b) => b.createdAt - a.createdAt);
}

/** The run that is under way, if there is one; else one that waits. */
export const activeRun = (state: RunsState): RunRecord | undefined =>
  state.runs.find((run) => !isTerminal(run.status) && run.status !== 'QUEUED') ??
  state.runs.find((run) => run.status === 'QUEUED');
