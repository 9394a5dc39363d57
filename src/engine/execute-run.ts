// Carries out a plan: gives segments to lanes, turns their reports into values and events that commit
// together, and ends with a run that tells the truth, whatever happened on the way.

import type { Materialization } from '#model/asset-state.ts';
import type { Json } from '#model/document.ts';
import type { BodyError, FailureReason, RunEvent, RunRecord, ValueRef } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import type { LiveStep } from './asset-status.ts';
import { createCommitQueue } from './commit-queue.ts';
import { createCrashWard } from './crash-ward.ts';
import { createLanePool, type LaneSlot } from './lane-pool.ts';
import {
  defaultLaneLimits,
  LANE_PROTOCOL_VERSION,
  type SegmentStep,
  type StepNumber,
  type StepReport,
  type ValueId,
} from './lane-protocol.ts';
import { mapLaneError } from './map-error.ts';
import { pickSegment } from './pick-segment.ts';
import type { CodeStep, FileStep, Plan, PlanStep } from './plan.ts';
import type { BodyRunner, Clock, EventSegment, RandomSource, RunStore, Sha256, StoreError } from './ports.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { buildSegmentModule, type SegmentModule } from './segment-module.ts';
import * as events from './step-events.ts';
import { createStepLedger } from './step-ledger.ts';
import { createStepResults, type ValueFacts } from './step-results.ts';

/** How a file asset's bytes become a value: `bytes` is the encoded value. */
export type DecodeFile = (step: FileStep) => Promise<DecodedFile>;
export type DecodedFile =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly error: BodyError };

export interface RunDeps {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly sha256: Sha256;
  readonly runner: BodyRunner;
  readonly store: Pick<RunStore, 'commit'>;
  readonly values: ValueFacts;
  readonly decodeFile: DecodeFile;
  /** The encoded bytes of a stored value, checked by hash; undefined when it is lost. */
  readValue(ref: ValueRef): Promise<Uint8Array | undefined>;
}

export interface RunSpec {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  readonly fencing: number;
  readonly plan: Plan;
  readonly target: string;
  readonly trigger: RunRecord['trigger'];
  readonly tags: Readonly<Record<string, string>>;
  readonly defaultTimeoutMs: number;
  latestOf(id: AssetId): Materialization | undefined;
  /** The config of this launch; the definition's default when it has none. */
  configOf?(step: CodeStep): Json | undefined;
}

export interface RunObserver {
  /** Told after the commit: what it says is safe. */
  onCommitted(segment: EventSegment, run: RunRecord): void;
  /** A step's live state changed; undefined when the run no longer concerns it. */
  onLive(assetId: AssetId, live: LiveStep | undefined): void;
  onStoreFailed(error: StoreError): void;
}

export interface RunHandle {
  readonly runId: RunId;
  /** Resolves when the run has ended and its last event is safe (or could not be stored). */
  readonly ended: Promise<RunRecord>;
  cancel(): void;
  /** Ends the run without writing anything more: another tab leads now. */
  abandon(): void;
}

const watchEveryMs = 40;
const abortGraceMs = 60;
/** A step is shown as running, and its start recorded, when it has run this long without a report. */
const showRunningAfterMs = 30;
/** With less work than this left, starting another lane costs more than it brings. */
const worthALaneMs = 40;

export function executeRun(spec: RunSpec, deps: RunDeps, observer: RunObserver): RunHandle {
  const { plan, runId } = spec;
  const { clock } = deps;
  const ledger = createStepLedger(plan);
  const results = createStepResults({ ...deps, runId, plan, latestOf: spec.latestOf });
  const startedSteps = new Set<StepNumber>();
  const shownRunning = new Set<StepNumber>();
  const tries = new Map<StepNumber, number>();
  const waitingReaders = Int32Array.from(plan.steps, (step) => step.downstream.length);
  const storedInputs = new Map<AssetId, { id: ValueId; bytes: Uint8Array | undefined }>();
  const wakeUps = new Set<() => void>();
  let expectedRunMs: number | undefined;
  let localStep: Promise<void> | undefined;
  let packNumber = 0;
  let ending: 'canceled' | 'abandoned' | undefined;
  let stopWatching: () => void = () => undefined;
  let resolveEnded: (run: RunRecord) => void;
  const ended = new Promise<RunRecord>((resolve) => {
    resolveEnded = resolve;
  });

  let run: RunRecord = {
    runId,
    status: 'STARTING',
    target: spec.target,
    trigger: spec.trigger,
    createdAt: clock.now(),
    stepCount: plan.steps.length,
    succeeded: 0,
    failed: 0,
    skipped: 0,
    tags: spec.tags,
    fencing: spec.fencing,
    assetIds: plan.steps.map((step) => step.assetId),
  };
  const queue = createCommitQueue({
    commit: (commit) => deps.store.commit(commit),
    currentRun: () => run,
    header: { projectId: spec.projectId, runId, fencing: spec.fencing },
    onCommitted: observer.onCommitted,
    onFailed: (error) => {
      observer.onStoreFailed(error);
      stop('abandoned');
    },
  });
  const ward = createCrashWard();
  const pool = createLanePool({
    runner: deps.runner,
    clock,
    open: {
      type: 'open',
      protocol: LANE_PROTOCOL_VERSION,
      runId,
      runTags: spec.tags,
      limits: defaultLaneLimits,
    },
    handler: {
      onReport: takeReport,
      onProgress: (step, fraction, message) =>
        observer.onLive(plan.steps[step]!.assetId, {
          phase: 'running',
          progress: { fraction, ...(message === undefined ? {} : { message }) },
        }),
      onLogs: (number, logs) => {
        const step = plan.steps[number]!;
        queue.add([
          ...startOf(step, logs[0]?.at ?? clock.now()),
          ...logs.map((line) => events.logLine(runId, step, line)),
        ]);
      },
      onReturned: (steps) => {
        for (const step of steps) ledger.unassign(step);
      },
      onIdle: schedule,
      onDead: (death, current, lost) => {
        for (const step of lost) ledger.unassign(step);
        const verdict = ward.admit(death, current);
        if (verdict) failStep(plan.steps[verdict.step]!, verdict.error, false);
        if (ward.giveUp) failEverything(ward.giveUp);
        schedule();
      },
    },
  });

  // ------------------------------------------------------------------------------------------ beginning

  const now = clock.now();
  queue.add([
    events.runEvent(runId, 'RUN_ENQUEUED', now),
    ...plan.steps.map((step) => events.planned(runId, step, now)),
    events.runEvent(runId, 'RUN_STARTING', now),
  ]);
  run = { ...run, status: 'STARTED', startedAt: now };
  queue.add([events.runEvent(runId, 'RUN_START', now)]);
  for (const step of plan.steps) observer.onLive(step.assetId, { phase: 'queued' });
  watch();
  void loadStoredInputs().then(schedule);

  async function loadStoredInputs(): Promise<void> {
    for (const step of plan.steps) {
      if (step.kind !== 'code') continue;
      for (const { source } of step.inputs) {
        if (source.type !== 'stored' || storedInputs.has(source.assetId)) continue;
        const entry: { id: ValueId; bytes: Uint8Array | undefined } = {
          id: -1 - storedInputs.size,
          bytes: undefined,
        };
        storedInputs.set(source.assetId, entry);
        const ref = spec.latestOf(source.assetId)?.value;
        entry.bytes = ref && (await deps.readValue(ref));
      }
    }
  }

  // ----------------------------------------------------------------------------------------- scheduling

  function schedule(): void {
    if (ending) return;
    reportAbandoned();
    if (ledger.unfinished === 0) return finish();
    if (ward.isIsolating) return isolate();
    const hungry = pool.slots.filter(isHungry);
    while (ledger.readyCount > 0) {
      const slot = hungry.pop() ?? (pool.slots.length < lanesWorthHaving() ? pool.start() : undefined);
      if (!slot) break;
      fill(slot, hungry.length + 1);
    }
    if (ledger.readyCount === 0) for (const slot of pool.slots) if (isHungry(slot)) return stealFor();
  }

  // Two segments in flight keep a lane busy, but only when both are known to be short.
  function isHungry(slot: LaneSlot): boolean {
    if (slot.outstanding.size === 0) return true;
    let ahead = 0;
    for (const step of slot.outstanding.keys()) {
      ahead += expectedMs(step) ?? Number.POSITIVE_INFINITY;
      if (ahead > 25) return false;
    }
    return true;
  }

  function lanesWorthHaving(): number {
    const perStep = expectedRunMs ?? worthALaneMs;
    return Math.min(deps.runner.laneCount, Math.ceil((ledger.unfinished * perStep) / worthALaneMs));
  }

  function expectedMs(step: StepNumber): number | undefined {
    return spec.latestOf(plan.steps[step]!.assetId)?.durationMs ?? expectedRunMs;
  }

  function fill(slot: LaneSlot, hungryLanes: number): void {
    const picked = pickSegment({
      plan,
      ledger,
      lane: slot.number,
      hungryLanes,
      expectedMs,
      isLocal: (step) => plan.steps[step]!.kind === 'file',
    });
    send(slot, picked);
  }

  function send(slot: LaneSlot, picked: readonly StepNumber[]): void {
    const steps: CodeStep[] = [];
    for (const number of picked) {
      const step = plan.steps[number]!;
      if (step.kind === 'file') runLocally(step);
      else {
        const problem = missingInput(step);
        if (problem) failStep(step, problem, false);
        else steps.push(step);
      }
    }
    if (steps.length === 0) return;
    const shared = new Map(
      steps.flatMap((step) => step.compiled.shared.map((item) => [item.name, item] as const)),
    );
    const module = buildSegmentModule(
      steps.map((step) => ({ name: step.assetKey, code: step.compiled.code })),
      [...shared.values()],
    );
    pool.sendValues(slot, valuesMissingIn(slot, steps));
    pool.sendSegment(slot, module, steps.map(segmentStep));
  }

  // Upstream steps that have ended without a value have nothing to load; those of this lane it sees itself.
  function missingInput(step: CodeStep): BodyError | undefined {
    for (const { key, source } of step.inputs) {
      if (source.type === 'stored') {
        if (!storedInputs.get(source.assetId)?.bytes)
          return {
            name: 'ValueLost',
            message: `The stored value of “${key}” is missing. Materialize “${key}” again.`,
          };
      } else if (ledger.phaseOf(source.step) === 'succeeded' && !results.hasValue(source.step))
        return {
          name: 'NoValue',
          message: `“${key}” was materialized without a value, so there is nothing to load.`,
        };
    }
    return undefined;
  }

  function valuesMissingIn(slot: LaneSlot, steps: readonly CodeStep[]): { id: ValueId; bytes: Uint8Array }[] {
    const inSegment = new Set(steps.map((step) => step.number));
    const values = new Map<ValueId, Uint8Array>();
    for (const step of steps)
      for (const { source } of step.inputs) {
        const id = source.type === 'step' ? source.step : storedInputs.get(source.assetId)!.id;
        if (slot.holds.has(id) || inSegment.has(id) || values.has(id)) continue;
        const bytes =
          source.type === 'step' ? results.bytesOf(source.step) : storedInputs.get(source.assetId)!.bytes;
        // A copy: posting a view would clone the whole buffer behind it.
        if (bytes) values.set(id, bytes.slice());
      }
    return [...values].map(([id, bytes]) => ({ id, bytes }));
  }

  function segmentStep(step: CodeStep, body: number): SegmentStep {
    const config = spec.configOf?.(step) ?? step.asset.config;
    return {
      step: step.number,
      stepKey: step.stepKey,
      assetKey: step.assetKey,
      body,
      inputs: step.inputs.map(({ name, source }) => [
        name,
        source.type === 'step' ? source.step : storedInputs.get(source.assetId)!.id,
      ]),
      after: step.upstream,
      retryNumber: tries.get(step.number) ?? 0,
      ...(config === undefined ? {} : { config }),
    };
  }

  function stealFor(): void {
    let richest: LaneSlot | undefined;
    for (const slot of pool.slots)
      if (slot.outstanding.size > 1 && slot.outstanding.size > (richest?.outstanding.size ?? 0))
        richest = slot;
    if (!richest?.current || clock.now() - richest.currentSince < worthALaneMs) return;
    pool.revoke(
      richest,
      [...richest.outstanding.keys()].filter((step) => step !== richest.current),
    );
  }

  // After a crash, the steps that were running then run again, one at a time and alone.
  function isolate(): void {
    if (pool.slots.some((slot) => slot.outstanding.size > 0) || localStep) return;
    const suspect = ward.nextSuspect();
    if (suspect === undefined) return schedule();
    const slot = pool.slots[0] ?? pool.start();
    ledger.assign(suspect, slot.number);
    send(slot, [suspect]);
  }

  // -------------------------------------------------------------------------------------- file assets

  function runLocally(step: FileStep): void {
    const before = localStep ?? Promise.resolve();
    const mine = before.then(async () => {
      if (ending) return;
      const startedAt = clock.now();
      queue.add(startOf(step, startedAt));
      const decoded = await deps.decodeFile(step);
      if (ending) return;
      if (!decoded.ok) failStep(step, decoded.error, false);
      else
        succeed(
          step,
          {
            step: step.number,
            startedAt,
            durationMs: clock.now() - startedAt,
            outputs: [{ assetKey: step.assetKey, value: { offset: 0, length: decoded.bytes.length } }],
            logs: [],
            outcome: { type: 'success' },
          },
          decoded.bytes,
        );
    });
    localStep = mine;
    void mine.then(() => {
      if (localStep === mine) localStep = undefined;
      schedule();
    });
  }

  // ------------------------------------------------------------------------------------------- reports

  let lastBytes: Uint8Array | undefined;
  let lastPack = '';
  let packIsWritten = false;

  function takeReport(slot: LaneSlot, module: SegmentModule, report: StepReport, bytes: Uint8Array): void {
    const step = plan.steps[report.step]!;
    expectedRunMs =
      expectedRunMs === undefined ? report.durationMs : expectedRunMs * 0.9 + report.durationMs * 0.1;
    if (report.outcome.type === 'success') {
      if (!report.outputs.some((output) => output.value)) slot.holds.delete(report.step);
      return succeed(step, report, bytes);
    }
    slot.holds.delete(report.step);
    const started = [
      ...startOf(step, report.startedAt),
      ...report.logs.map((line) => events.logLine(runId, step, line)),
    ];
    queue.add(started);
    const error = mapLaneError(report.outcome.error, module.places);
    if (report.outcome.type === 'retry')
      return failStep(step, error, true, report.durationMs, {
        maxRetries: report.outcome.maxRetries,
        delay: report.outcome.secondsToWait,
      });
    failStep(step, error, report.outcome.allowRetries, report.durationMs);
  }

  function succeed(step: PlanStep, report: StepReport, bytes: Uint8Array): void {
    // All reports of one message share one buffer, and so one pack.
    if (bytes !== lastBytes) {
      lastBytes = bytes;
      packNumber += 1;
      lastPack = `${runId}-${packNumber}`;
      packIsWritten = false;
    }
    const recorded = results.recordSuccess(step, report, bytes, lastPack);
    if (!('events' in recorded)) return failStep(step, recorded, false);
    const list: RunEvent[] = startOf(step, report.startedAt);
    if (step.kind === 'code')
      for (const { name } of step.inputs) list.push(events.loadedInput(runId, step, report.startedAt, name));
    for (const line of report.logs) list.push(events.logLine(runId, step, line));
    for (const event of recorded.events) list.push(event);
    const writesPack = recorded.usesPack && !packIsWritten;
    if (writesPack) packIsWritten = true;
    run = { ...run, succeeded: run.succeeded + 1 };
    queue.add(list, writesPack ? [{ id: lastPack, bytes }] : []);
    settle(step, 'succeeded');
  }

  function startOf(step: PlanStep, atMs: number): RunEvent[] {
    if (startedSteps.has(step.number)) return [];
    startedSteps.add(step.number);
    return [events.stepStart(runId, step, atMs, tries.get(step.number) ?? 0)];
  }

  function failStep(
    step: PlanStep,
    error: BodyError,
    mayRetry: boolean,
    durationMs = 0,
    requested?: { readonly maxRetries: number; readonly delay: number },
  ): void {
    const at = clock.now();
    const attempt = (tries.get(step.number) ?? 0) + 1;
    const policy = requested ?? (step.kind === 'code' ? step.asset.retryPolicy : undefined);
    queue.add(startOf(step, at));
    if (mayRetry && policy && attempt <= policy.maxRetries && !ending) {
      const wait = requested ? requested.delay : retryDelaySeconds(policy, attempt, deps.random);
      queue.add([events.stepUpForRetry(runId, step, at, wait, error)]);
      tries.set(step.number, attempt);
      startedSteps.delete(step.number);
      ledger.rest(step.number);
      observer.onLive(step.assetId, { phase: 'queued' });
      later(wait * 1000, () => {
        ledger.wake(step.number);
        schedule();
      });
      return;
    }
    run = { ...run, failed: run.failed + 1 };
    queue.add([
      events.stepFailure(runId, step, at, durationMs, error),
      events.failedToMaterialize(runId, step, at, 'COMPUTE_FAILED', error),
    ]);
    settle(step, 'failed');
  }

  function settle(step: PlanStep, outcome: 'succeeded' | 'failed'): void {
    ledger.settle(step.number, outcome);
    ward.release(step.number);
    shownRunning.delete(step.number);
    if (outcome === 'succeeded' && step.downstream.length === 0) pool.drop([step.number]);
    const unneeded = step.upstream.filter((up) => {
      waitingReaders[up]! -= 1;
      return waitingReaders[up] === 0;
    });
    for (const up of unneeded) results.forgetBytes(up);
    if (unneeded.length > 0) pool.drop(unneeded);
    observer.onLive(step.assetId, undefined);
  }

  function reportAbandoned(): void {
    for (const { step: number, because } of ledger.takeAbandoned()) {
      const step = plan.steps[number]!;
      const at = clock.now();
      run = { ...run, skipped: run.skipped + 1 };
      queue.add([
        events.notExecuted(
          runId,
          step,
          at,
          because.map((up) => plan.steps[up]!.stepKey),
        ),
        events.failedToMaterialize(runId, step, at, 'UPSTREAM_COMPUTE_FAILED'),
      ]);
      observer.onLive(step.assetId, undefined);
    }
  }

  // ------------------------------------------------------------------------------------------ watching

  function later(delayMs: number, callback: () => void): void {
    const cancel = clock.after(delayMs, () => {
      wakeUps.delete(cancel);
      if (!ending) callback();
    });
    wakeUps.add(cancel);
  }

  function watch(): void {
    stopWatching = clock.after(watchEveryMs, () => {
      for (const slot of [...pool.slots]) {
        if (slot.current === undefined) continue;
        const step = plan.steps[slot.current]!;
        const ranMs = clock.now() - slot.currentSince;
        if (ranMs > timeoutMs(step)) timeOut(slot, step, ranMs);
        else if (ranMs > showRunningAfterMs && !shownRunning.has(step.number)) {
          shownRunning.add(step.number);
          queue.add(startOf(step, slot.currentSince));
          observer.onLive(step.assetId, { phase: 'running' });
        }
      }
      if (!ending) watch();
    });
  }

  const timeoutMs = (step: PlanStep): number =>
    step.kind === 'code' && step.asset.timeoutSeconds !== undefined
      ? step.asset.timeoutSeconds * 1000
      : spec.defaultTimeoutMs;

  function timeOut(slot: LaneSlot, step: PlanStep, ranMs: number): void {
    for (const lost of pool.terminate(slot)) ledger.unassign(lost);
    const limit = timeoutMs(step) / 1000;
    failStep(
      step,
      {
        name: 'StepTimeout',
        message: `“${step.assetKey}” ran longer than its limit of ${limit} s and was stopped.`,
      },
      true,
      ranMs,
    );
    schedule();
  }

  // -------------------------------------------------------------------------------------------- ending

  function finish(): void {
    if (ending) return;
    ending = 'abandoned';
    conclude(run.failed > 0 ? 'FAILURE' : 'SUCCESS', []);
  }

  function failEverything(error: BodyError): void {
    for (const number of ledger.open()) {
      const step = plan.steps[number]!;
      if (ledger.phaseOf(number) === 'abandoned') continue;
      failStep(step, error, false);
    }
  }

  function stop(how: 'canceled' | 'abandoned'): void {
    if (ending) return;
    ending = how;
    if (how === 'abandoned') return conclude(run.status, []);
    const at = clock.now();
    run = { ...run, status: 'CANCELING' };
    queue.add([events.runEvent(runId, 'RUN_CANCELING', at)]);
    for (const slot of pool.slots) if (slot.outstanding.size > 0) pool.abort(slot, 'The run was canceled.');
    const end = () => conclude('CANCELED', remainder('USER_TERMINATION'));
    if (pool.slots.some((slot) => slot.outstanding.size > 0)) clock.after(abortGraceMs, end);
    else end();
  }

  function remainder(reason: FailureReason): RunEvent[] {
    const at = clock.now();
    return ledger.open().map((number) => events.failedToMaterialize(runId, plan.steps[number]!, at, reason));
  }

  function conclude(status: RunRecord['status'], last: readonly RunEvent[]): void {
    stopWatching();
    for (const cancel of wakeUps) cancel();
    pool.terminateAll();
    const at = clock.now();
    if (status === 'SUCCESS' || status === 'FAILURE' || status === 'CANCELED') {
      run = { ...run, status, endedAt: at };
      const failed = plan.steps.length - run.succeeded - run.skipped;
      const message = status === 'FAILURE' ? `${failed} of ${plan.steps.length} steps failed.` : undefined;
      queue.add([...last, events.runEvent(runId, `RUN_${status}`, at, message)]);
    }
    void queue.drain().then(() => {
      for (const step of plan.steps) observer.onLive(step.assetId, undefined);
      resolveEnded(run);
    });
  }

  return {
    runId,
    ended,
    cancel: () => stop('canceled'),
    abandon: () => stop('abandoned'),
  };
}
