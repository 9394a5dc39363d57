// One open project in one tab: its document and history, its runs when this tab leads, and what the other
// tabs write.

import { err, ok, type Result } from '#base/result.ts';
import type { AssetIndex } from '#engine/asset-index.ts';
import type { Compiler } from '#engine/compiler.ts';
import { managedReader } from '#engine/lane-resource.ts';
import type { MemoryValues } from '#engine/memory-values.ts';
import type { PlanPreview } from '#engine/plan-preview.ts';
import type { Clock, IdSource, Lease, SecretStore, Store, StoreError } from '#engine/ports.ts';
import type { DecodeFile, RunDeps } from '#engine/run-types.ts';
import type {
  BodyProblem,
  LaunchError,
  LaunchRequest,
  OpenedProject,
  RestoreError,
  WorkspaceEvent,
  WorkspacePort,
} from '#engine/workspace-port.ts';
import type { EventPointer } from '#model/events.ts';
import { appendEntry, type History, type LogEntry } from '#model/history.ts';
import { type AssetId, asRunId, type ProjectId, type RunId, type TabId } from '#model/ids.ts';
import { createAssetStates } from './asset-states.ts';
import { createCheckStates } from './check-states.ts';
import { createLinkedAssets } from './code-locations.ts';
import { createLaunchPlanner } from './launch-planner.ts';
import { type LockPort, startLeading } from './leadership.ts';
import { checkpointWhenDue, parseEntry, readStoredDocument, withRows } from './open-document.ts';
import { pruneValues } from './prune-values.ts';
import { readPast } from './read-past.ts';
import { createResourceProblems } from './resource-problems.ts';
import { createRestorer, type RestoreWish } from './restorer.ts';
import { createRunLine, type RunWish } from './run-line.ts';
import { createRunNews } from './run-news.ts';
import { createScratchpad, type Scratchpad } from './scratchpad.ts';
import { createSegmentFollower } from './segment-follower.ts';
import type { TabChannel } from './tab-channel.ts';

export interface SessionDeps extends Omit<RunDeps, 'store' | 'readValue' | 'decodeFile'> {
  readonly store: Store;
  readonly compiler: Compiler;
  readonly clock: Clock;
  readonly newId: IdSource;
  readonly secrets: SecretStore;
  /** Where the IO manager `memory` keeps values. */
  readonly memory: MemoryValues;
  readonly tabId: TabId;
  readonly locks: LockPort | undefined;
  readonly channel: TabChannel;
  decodeFile(projectId: ProjectId, history: () => History): DecodeFile;
  readValue(projectId: ProjectId): RunDeps['readValue'];
  emit(event: WorkspaceEvent): void;
}

export interface ProjectSession {
  readonly projectId: ProjectId;
  readonly opened: OpenedProject;
  readonly index: AssetIndex;
  history(): History;
  append: (expectedSeq: number, entry: LogEntry) => ReturnType<WorkspacePort['appendEntry']>;
  previewPlan(request: LaunchRequest): Promise<PlanPreview>;
  launch(request: LaunchRequest): Promise<Result<RunId, LaunchError>>;
  cancel(runId: RunId): Promise<void>;
  readonly scratchpad: Scratchpad;
  /** The number under which this tab writes while it leads. */
  fencing(): number | undefined;
  restore(assetId: AssetId, from: EventPointer): Promise<Result<RunId, RestoreError>>;
  /** The projects that this one's external assets come from. */
  linkedProjects(): ReadonlySet<ProjectId>;
  close(): void;
}

/** A follower's wish, as it lies in the store. */
type TabRequest =
  | (RunWish & { readonly type: 'launch' })
  | { readonly type: 'cancel'; readonly runId: RunId }
  | (RestoreWish & { readonly type: 'restore' });

/** Opens a project: reads it, starts to lead or follow. Runs nothing. */
export async function openSession(
  projectId: ProjectId,
  deps: SessionDeps,
): Promise<ProjectSession | undefined> {
  const { store, clock, channel, emit } = deps;
  const stored = await readStoredDocument(store, projectId);
  if (!stored) return undefined;
  let history = stored.history;
  let { checkpointSeq } = stored;
  const { index, live, foldLive, runs } = await readPast(store, projectId);
  // What other projects hold is part of the first states that are told.
  let touchLinked: (ids: readonly AssetId[]) => void = () => undefined;
  const linked = createLinkedAssets({
    store,
    own: projectId,
    index,
    document: () => history.document,
    onTouched: (ids) => touchLinked(ids),
    onFailed: (detail) =>
      emit({ type: 'storage', state: { type: 'failing', error: { type: 'StoreFailed', detail } } }),
  });
  await linked.lookAgain();
  const readValue = deps.readValue(projectId);
  const latestOf = (id: AssetId) => index.heads.get(id)?.latest;
  let lease: Lease | undefined;
  let closed = false;
  const news = createRunNews({
    clock,
    runs,
    tellPage(list) {
      emit({ type: 'runs', projectId, runs: list });
      checks.runsChanged(list);
    },
    tellTabs: () => channel.post({ type: 'runs-grew', projectId }),
  });

  let bodyProblems: readonly BodyProblem[] = [];
  const checks = createCheckStates(history.document, {
    compiler: deps.compiler,
    clock,
    index,
    statusOf: (runId) => runs.get(runId)?.status,
    onChecks: (list) => emit({ type: 'checks', projectId, checks: list }),
  });
  const resourceProblems = createResourceProblems(history.document, deps.compiler);
  const problems = () => [...bodyProblems, ...checks.problems(), ...resourceProblems.all()];
  const tellProblems = () => emit({ type: 'problems', projectId, problems: problems() });
  const states = createAssetStates(history.document, {
    compiler: deps.compiler,
    clock,
    index,
    live,
    onStates: (list, changedLive) => emit({ type: 'states', projectId, states: list, live: changedLive }),
    onProblems(list) {
      bodyProblems = list;
      tellProblems();
    },
  });

  touchLinked = (ids) => states.touch(ids);

  function documentChanged(): void {
    linked.documentChanged();
    const checksChanged = checks.documentChanged(history.document);
    if (resourceProblems.documentChanged(history.document) || checksChanged) tellProblems();
    states.documentChanged(history.document);
  }

  // --------------------------------------------------------------------------------- what others wrote

  async function catchUpDocument(): Promise<void> {
    const rows = await store.readLog(projectId, history.entries.length);
    if (rows.length === 0 || closed) return;
    const after = history.entries.length;
    const fresh = rows.filter((row) => row.seq > after);
    history = withRows(history, fresh);
    if (fresh.length === 0) return;
    documentChanged();
    emit({ type: 'log-grew', projectId, after, entries: fresh.map(parseEntry) });
  }

  const follower = createSegmentFollower({
    projectId,
    store,
    index,
    foldLive,
    isWriting: () => line.isBusy,
    onLive: (ids) => states.touch(ids),
    onFolded({ runId, events }, ids) {
      states.touch(ids);
      checks.touch(events);
      emit({ type: 'run-events', projectId, runId, events });
    },
    onRun: (run) => news.add(run),
  });

  // ------------------------------------------------------------------------------------------- leading

  // Runs start only when the past is known and its runs are ended: `lease` is set last.
  async function onLead(taken: Lease): Promise<void> {
    await follower.catchUp();
    await line.lead(taken);
    if (leadership.lease !== taken || closed) return;
    lease = taken;
    live.clear();
    states.touch('all');
    emit({ type: 'leading', projectId, leading: true });
    await takeRequests();
  }

  function onLost(): void {
    const led = lease !== undefined;
    lease = undefined;
    line.abandon();
    live.clear();
    states.touch('all');
    if (led) emit({ type: 'leading', projectId, leading: false });
    void follower.catchUp();
  }

  async function takeRequests(): Promise<void> {
    if (!lease) return;
    const taken = await store.takeRequests(projectId, lease.fencing);
    if (!taken.ok) return;
    for (const row of taken.value) {
      const request = JSON.parse(row.text) as TabRequest;
      if (request.type === 'launch') await line.enqueue(request);
      // The tab that asked has seen that it can be; what has come between shows on the asset.
      else if (request.type === 'restore') await restorer.restore(request, lease.fencing);
      else line.cancel(request.runId);
    }
  }

  /** Asks whoever leads. */
  async function ask(request: TabRequest): Promise<Result<void, StoreError>> {
    const added = await store.addRequest(projectId, JSON.stringify(request));
    if (!added.ok) return added;
    channel.post({ type: 'request', projectId });
    // This tab may have come to lead meanwhile, and does not hear itself.
    await takeRequests();
    return ok(undefined);
  }

  // ---------------------------------------------------------------------------------------------- runs

  const restorer = createRestorer({
    projectId,
    store,
    readValue,
    now: () => clock.now(),
    history: () => history,
    latestOf: (id) => latestOf(id)?.pointer,
    isBusy: (id) => live.has(id),
    onRestored(segment, run) {
      follower.take(segment);
      news.add(run);
      news.tellTabs();
    },
  });
  const planner = createLaunchPlanner({
    compiler: deps.compiler,
    laneCount: deps.runner.laneCount,
    document: () => history.document,
    index,
    runOf: (runId) => runs.get(runId),
  });
  const line = createRunLine({
    projectId,
    store,
    clock,
    run: {
      ...deps,
      readValue,
      readManaged: managedReader(projectId, index, store),
      keepInMemory: (pack, bytes) => deps.memory.put(projectId, pack, bytes),
      decodeFile: deps.decodeFile(projectId, () => history),
    },
    latestOf,
    readSecret: (name) => deps.secrets.read(projectId, name),
    plan: planner.plan,
    async readUpTo(seq) {
      if (seq > history.entries.length) await catchUpDocument();
    },
    onCommitted(segment, run) {
      follower.take(segment);
      news.add(run);
      news.tellTabsSoon();
    },
    onLive(assetId, step) {
      if (step) live.set(assetId, step);
      else live.delete(assetId);
      states.touchLive(assetId);
    },
    onStoreFailed(error) {
      // Another tab leads: the run is that one's to tell of, and nothing is wrong with the storage.
      if (error.type !== 'Fenced') emit({ type: 'storage', state: { type: 'failing', error } });
    },
    onEnded({ keepValues }) {
      news.tellTabs();
      if (keepValues !== undefined && lease) void pruneValues(store, projectId, lease.fencing, keepValues);
    },
  });

  const stopListening = channel.listen((message) => {
    if (closed) return;
    if (message.projectId !== projectId && linked.projects().has(message.projectId)) void linked.lookAgain();
    if (message.projectId !== projectId || message.type === 'projects-changed') return;
    if (message.type === 'log-grew') void catchUpDocument();
    else if (message.type === 'request') void takeRequests();
    else void follower.catchUp();
  });
  const storageFailed = (error: StoreError) => emit({ type: 'storage', state: { type: 'failing', error } });
  const leadership = startLeading(deps, projectId, (taken) => void onLead(taken), onLost, storageFailed);
  // What was written between reading and listening.
  void catchUpDocument();
  void follower.catchUp();

  const scratchpad = createScratchpad({
    projectId,
    compiler: deps.compiler,
    clock,
    newId: deps.newId,
    run: { ...deps, readValue, decodeFile: deps.decodeFile(projectId, () => history) },
    latestOf,
    document: () => history.document,
    readSecret: (name) => deps.secrets.read(projectId, name),
    onPrinted: (evaluationId, attempt, printed) =>
      emit({ type: 'scratch-printed', projectId, evaluationId, attempt, printed }),
  });

  return {
    projectId,
    index,
    scratchpad,
    history: () => history,
    opened: {
      row: stored.row,
      document: history.document,
      entries: history.entries,
      states: states.all(),
      checks: checks.all(),
      problems: problems(),
      runs: [...runs.values()],
      leading: false,
    },
    async append(expectedSeq, entry) {
      const { document } = history;
      const next = expectedSeq === history.entries.length ? appendEntry(history, entry) : undefined;
      const after = next?.ok ? next.value.document : document;
      const answer = await store.append(projectId, expectedSeq, JSON.stringify(entry), {
        updatedAt: entry.at,
        name: after.info.name,
        assetCount: after.assets.size,
      });
      if (!answer.ok) {
        if (answer.error.type !== 'Behind') return err(answer.error);
        const missed = answer.error.missed;
        history = withRows(history, missed);
        documentChanged();
        return err({ type: 'Behind', missed: missed.map(parseEntry) });
      }
      // A catch-up may have read this very entry back meanwhile.
      if (next?.ok && history.entries.length === expectedSeq) history = next.value;
      documentChanged();
      channel.post({ type: 'log-grew', projectId });
      void checkpointWhenDue(store, projectId, history, checkpointSeq).then((seq) => {
        checkpointSeq = seq;
      });
      return ok(answer.value);
    },
    async previewPlan(request) {
      if (request.seq > history.entries.length) await catchUpDocument();
      return planner.preview(request);
    },
    async launch(request) {
      if (request.seq > history.entries.length) await catchUpDocument();
      const planned = planner.plan(request);
      if (!planned.ok) return planned;
      const runId = asRunId(deps.newId());
      if (lease) await line.enqueue({ runId, request });
      else {
        const asked = await ask({ type: 'launch', runId, request });
        if (!asked.ok) return asked;
      }
      return ok(runId);
    },
    async cancel(runId) {
      if (lease) return line.cancel(runId);
      await ask({ type: 'cancel', runId });
    },
    fencing: () => lease?.fencing,
    linkedProjects: () => linked.projects(),
    async restore(assetId, from) {
      const runId = asRunId(deps.newId());
      const wish = { runId, assetId, from };
      if (lease) return restorer.restore(wish, lease.fencing);
      const problem = restorer.problem(assetId);
      if (problem) return err(problem);
      const asked = await ask({ type: 'restore', ...wish });
      return asked.ok ? ok(runId) : asked;
    },
    close() {
      closed = true;
      follower.stop();
      scratchpad.stopAll();
      news.stop();
      stopListening();
      line.abandon();
      leadership.stop();
      states.stop();
      checks.stop();
    },
  };
}
