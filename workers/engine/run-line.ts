// The runs of a project in the tab that leads it: one at a time, the others in a line that the log knows of, so
// that none is forgotten when the tab goes away.

import type { Result } from '#base/result.ts';
import type { LiveStep } from '#engine/asset-status.ts';
import { executeRun } from '#engine/execute-run.ts';
import { interruptRuns } from '#engine/interrupt-runs.ts';
import type { LaneResource } from '#engine/lane-protocol.ts';
import { withEnvironment } from '#engine/lane-resource.ts';
import type { Plan, PlanError } from '#engine/plan-types.ts';
import { plannedAssets } from '#engine/plan-types.ts';
import type { Clock, EventSegment, Lease, RunStore, StoreError } from '#engine/ports.ts';
import type { RunDeps, RunHandle, RunSpec } from '#engine/run-types.ts';
import { runEvent } from '#engine/step-events.ts';
import type { LaunchRequest } from '#engine/workspace-port.ts';
import type { EventType, RunRecord } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';

export interface RunWish {
  readonly runId: RunId;
  readonly request: LaunchRequest;
}

/** A wish as the document of its time has it: what runs, under which words. */
export interface PlannedWish {
  readonly plan: Plan;
  readonly target: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, LaneResource>;
  readonly managerOf: NonNullable<RunSpec['managerOf']>;
}

export interface RunLineDeps {
  readonly projectId: ProjectId;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly run: Omit<RunDeps, 'store' | 'clock'>;
  readonly latestOf: RunSpec['latestOf'];
  /** An environment value of the secret store; undefined when it is not set. */
  readSecret(name: string): Promise<string | undefined>;
  /** Brings the document up to the entry that the request was made on. */
  readUpTo(seq: number): Promise<void>;
  plan(request: LaunchRequest): Result<PlannedWish, PlanError>;
  onCommitted(segment: EventSegment, run: RunRecord): void;
  onLive(assetId: AssetId, step: LiveStep | undefined): void;
  onStoreFailed(error: StoreError): void;
  onEnded(request: LaunchRequest): void;
}

export interface RunLine {
  /** Whether a run is under way. */
  readonly isBusy: boolean;
  /** Ends the runs of earlier leaders; from then on wishes are carried out. */
  lead(lease: Lease): Promise<void>;
  enqueue(wish: RunWish): Promise<void>;
  cancel(runId: RunId): void;
  /** Stops everything and writes nothing more: another tab tells of it. */
  abandon(): void;
}

interface Waiting {
  readonly wish: RunWish;
  /** When the log was told that it waits. */
  readonly enqueuedAt: number | undefined;
}

const defaultTimeoutMs = 300_000;
const settleEveryMs = 2_000;
const notStored = 'What it made could not be stored.';

export function createRunLine(deps: RunLineDeps): RunLine {
  const { projectId, store, clock } = deps;
  let lease: Lease | undefined;
  let active: RunHandle | undefined;
  let starting: RunId | undefined;
  let waiting: Waiting[] = [];
  let cancelSettle: (() => void) | undefined;

  async function enqueue(wish: RunWish): Promise<void> {
    const isNext = !active && !starting && waiting.length === 0;
    const enqueuedAt = isNext ? undefined : clock.now();
    waiting.push({ wish, enqueuedAt });
    if (enqueuedAt === undefined) return startNext();
    const planned = deps.plan(wish.request);
    if (planned.ok) await record(wish, planned.value, enqueuedAt, 'QUEUED', 'RUN_ENQUEUED');
    await startNext();
  }

  async function record(
    wish: RunWish,
    { plan, target, tags }: PlannedWish,
    createdAt: number,
    status: RunRecord['status'],
    type: EventType,
  ): Promise<void> {
    if (!lease) return;
    const { runId } = wish;
    const { fencing } = lease;
    const now = clock.now();
    const run: RunRecord = {
      runId,
      status,
      target,
      trigger: wish.request.trigger,
      createdAt,
      ...(status === 'QUEUED' ? {} : { endedAt: now }),
      stepCount: plan.steps.length,
      succeeded: 0,
      failed: 0,
      skipped: 0,
      tags,
      ...(wish.request.config === undefined ? {} : { config: wish.request.config }),
      fencing,
      assetIds: plannedAssets(plan),
    };
    const events = [runEvent(runId, type, now)];
    const written = await store.commit({ projectId, runId, fencing, packs: [], events, run });
    if (written.ok) deps.onCommitted({ seq: written.value, runId, events }, run);
    else deps.onStoreFailed(written.error);
  }

  async function startNext(): Promise<void> {
    if (active || starting || !lease) return;
    const next = waiting.shift();
    if (!next) return;
    const { wish, enqueuedAt } = next;
    starting = wish.runId;
    await deps.readUpTo(wish.request.seq).catch(() => undefined);
    if (starting !== wish.runId) return;
    if (!lease) return;
    const planned = deps.plan(wish.request);
    if (!planned.ok) {
      starting = undefined;
      // The tab that asked has planned it too and shown what is wrong; the document has changed since.
      if (enqueuedAt !== undefined) await settle('The project was changed before it could start.');
      return startNext();
    }
    const environment = await withEnvironment(planned.value.resources, deps.readSecret);
    if (starting !== wish.runId) return;
    starting = undefined;
    if (lease) start(wish, { ...planned.value, ...environment }, enqueuedAt, lease);
  }

  function start(
    { runId, request }: RunWish,
    { plan, target, tags, resources, secrets, managerOf }: PlannedWish & Required<Pick<RunSpec, 'secrets'>>,
    enqueuedAt: number | undefined,
    { fencing }: Lease,
  ): void {
    const { trigger, maxLanes, config } = request;
    const { latestOf } = deps;
    const handle: RunHandle = executeRun(
      {
        projectId,
        runId,
        fencing,
        plan,
        target,
        trigger,
        tags,
        defaultTimeoutMs,
        latestOf,
        resources,
        secrets,
        managerOf,
        ...(maxLanes === undefined ? {} : { maxLanes }),
        ...(config === undefined ? {} : { config }),
        ...(enqueuedAt === undefined ? {} : { enqueuedAt }),
      },
      { ...deps.run, store, clock },
      {
        onCommitted: deps.onCommitted,
        onLive(assetId, step) {
          if (lease?.fencing === fencing) deps.onLive(assetId, step);
        },
        onStoreFailed: deps.onStoreFailed,
      },
    );
    active = handle;
    void handle.ended.then(async () => {
      if (active !== handle) return;
      active = undefined;
      await settle(notStored);
      deps.onEnded(request);
      await startNext();
    });
  }

  // A run that has ended here without its end in the log: the storage has failed. It is tried until it works.
  async function settle(cause?: string): Promise<void> {
    cancelSettle?.();
    cancelSettle = undefined;
    if (!lease) return;
    const { fencing } = lease;
    const ours = new Set([active?.runId, starting, ...waiting.map(({ wish }) => wish.runId)]);
    const isOurs = (runId: RunId) => ours.has(runId);
    const ended = interruptRuns(store, projectId, fencing, clock.now(), isOurs, cause);
    for await (const { segment, run } of ended) deps.onCommitted(segment, run);
    const left = (await store.unfinishedRuns(projectId)).some(({ runId }) => !isOurs(runId));
    if (left && lease) cancelSettle = clock.after(settleEveryMs, () => void settle(cause));
  }

  return {
    get isBusy() {
      return active !== undefined;
    },
    async lead(taken) {
      lease = taken;
      await settle();
    },
    enqueue,
    cancel(runId) {
      const queued = waiting.find(({ wish }) => wish.runId === runId);
      waiting = waiting.filter((other) => other !== queued);
      if (active?.runId === runId) active.cancel();
      if (starting === runId) {
        starting = undefined;
        void startNext();
      }
      const planned = queued && deps.plan(queued.wish.request);
      if (planned?.ok && queued?.enqueuedAt !== undefined)
        void record(queued.wish, planned.value, queued.enqueuedAt, 'CANCELED', 'RUN_CANCELED');
    },
    abandon() {
      lease = undefined;
      cancelSettle?.();
      active?.abandon();
      active = undefined;
      starting = undefined;
      waiting = [];
    },
  };
}
