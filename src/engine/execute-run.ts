// Carries out a plan: gives segments to lanes, turns their reports into values and events that commit
// together, and ends with a run that tells the truth, whatever happened on the way.

import type { BodyError, RunEvent, RunRecord } from '#model/events.ts';
import { createCommitQueue } from './commit-queue.ts';
import { createCrashWard } from './crash-ward.ts';
import { createDispatcher } from './dispatch.ts';
import { createFileSteps } from './file-steps.ts';
import { createLaneLoad } from './lane-load.ts';
import { createLanePool, type LaneSlot } from './lane-pool.ts';
import {
  defaultLaneLimits,
  LANE_PROTOCOL_VERSION,
  type StepNumber,
  type StepReport,
} from './lane-protocol.ts';
import { mapLaneError } from './map-error.ts';
import type { PlanStep } from './plan.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { createRunEnding } from './run-ending.ts';
import type { RunDeps, RunHandle, RunObserver, RunSpec } from './run-types.ts';
import { createSegmentInputs } from './segment-inputs.ts';
import type { SegmentModule } from './segment-module.ts';
import * as events from './step-events.ts';
import { createStepLedger } from './step-ledger.ts';
import { createStepResults } from './step-results.ts';
import { createStepWatch, timeoutMsOf } from './step-watch.ts';

export function executeRun(spec: RunSpec, deps: RunDeps, observer: RunObserver): RunHandle {
  const { plan, runId } = spec;
  const { clock } = deps;
  const ledger = createStepLedger(plan);
  const results = createStepResults({ ...deps, runId, plan, latestOf: spec.latestOf });
  const startedSteps = new Set<StepNumber>();
  const tries = new Map<StepNumber, number>();
  const waitingReaders = Int32Array.from(plan.steps, (step) => step.downstream.length);
  const inputs = createSegmentInputs(spec, deps, ledger, results);
  const wakeUps = new Set<() => void>();
  const load = createLaneLoad(spec);
  let packNumber = 0;

  let run: RunRecord = {
    runId,
    status: 'STARTING',
    target: spec.target,
    trigger: spec.trigger,
    createdAt: spec.enqueuedAt ?? clock.now(),
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
      ending.abandon();
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

  const files = createFileSteps({
    clock,
    decodeFile: deps.decodeFile,
    isOver: () => ending.hasBegun,
    onStarted: (step, at) => queue.add(startOf(step, at)),
    onDecoded: succeed,
    onFailed: (step, problem) => failStep(step, problem, false),
    onDone: schedule,
  });
  const dispatcher = createDispatcher({
    spec,
    laneCount: spec.maxLanes ?? deps.runner.laneCount,
    clock,
    pool,
    ledger,
    load,
    inputs,
    retryNumberOf: (step) => tries.get(step) ?? 0,
    runLocally: files.start,
    onUnreadable: (step, problem) => failStep(step, problem, false),
  });
  const watch = createStepWatch({
    spec,
    pool,
    clock,
    onTooLong: timeOut,
    onLooked: schedule,
    onShowRunning(step, sinceMs) {
      queue.add(startOf(step, sinceMs));
      observer.onLive(step.assetId, { phase: 'running' });
    },
  });

  const ending = createRunEnding({
    plan,
    clock,
    run: {
      get: () => run,
      set: (changed) => {
        run = changed;
      },
    },
    ledger,
    pool,
    queue,
    onConcluding() {
      watch.stop();
      for (const cancel of wakeUps) cancel();
    },
    onLive: observer.onLive,
  });

  // ------------------------------------------------------------------------------------------ beginning

  const now = clock.now();
  queue.add([
    ...(spec.enqueuedAt === undefined ? [events.runEvent(runId, 'RUN_ENQUEUED', now)] : []),
    ...plan.steps.map((step) => events.planned(runId, step, now)),
    events.runEvent(runId, 'RUN_STARTING', now),
  ]);
  run = { ...run, status: 'STARTED', startedAt: now };
  queue.add([
    events.runEvent(runId, 'RUN_START', now),
    ...plan.reused.map((step) => events.reused(runId, step, now)),
  ]);
  for (const step of plan.steps) observer.onLive(step.assetId, { phase: 'queued' });
  watch.start();
  void inputs.load().then(schedule);

  // ----------------------------------------------------------------------------------------- scheduling

  function schedule(): void {
    if (ending.hasBegun) return;
    reportAbandoned();
    if (ledger.unfinished === 0) return ending.finish();
    if (!ward.isIsolating) return dispatcher.dispatch();
    if (pool.slots.some((slot) => slot.outstanding.size > 0) || files.isBusy) return;
    const suspect = ward.nextSuspect();
    if (suspect === undefined) return schedule();
    dispatcher.dispatchAlone(suspect);
  }

  // ------------------------------------------------------------------------------------------- reports

  let lastBytes: Uint8Array | undefined;
  let lastPack = '';
  let packIsWritten = false;

  function takeReport(slot: LaneSlot, module: SegmentModule, report: StepReport, bytes: Uint8Array): void {
    const step = plan.steps[report.step]!;
    load.learn(report.durationMs);
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
      for (const { name } of step.inputs)
        list.push(
          events.loadedInput(runId, step, report.startedAt, name),
          events.stepInput(runId, step, report.startedAt, name),
        );
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
    if (mayRetry && policy && attempt <= policy.maxRetries && !ending.hasBegun) {
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
    watch.forget(step.number);
    if (outcome === 'succeeded' && step.downstream.length === 0) pool.drop([step.number]);
    const unneeded = step.upstream.filter((up) => {
      waitingReaders[up]! -= 1;
      return waitingReaders[up] === 0;
    });
    for (const up of unneeded) results.forgetBytes(up);
    if (unneeded.length > 0) pool.drop(unneeded);
    endLive(step);
  }

  // Not before its end is stored: what was known before the run is not shown as what the run has made.
  function endLive(step: PlanStep): void {
    queue.afterCommit(() => observer.onLive(step.assetId, undefined));
  }

  const stepKeys = (steps: readonly StepNumber[]) => steps.map((step) => plan.steps[step]!.stepKey);

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
          stepKeys(because.filter((up) => ledger.phaseOf(up) === 'failed')),
          stepKeys(because),
        ),
        events.failedToMaterialize(runId, step, at, 'UPSTREAM_COMPUTE_FAILED'),
      ]);
      endLive(step);
    }
  }

  // ------------------------------------------------------------------------------------------ watching

  function later(delayMs: number, callback: () => void): void {
    const cancel = clock.after(delayMs, () => {
      wakeUps.delete(cancel);
      if (!ending.hasBegun) callback();
    });
    wakeUps.add(cancel);
  }

  function timeOut(slot: LaneSlot, step: PlanStep, ranMs: number): void {
    for (const lost of pool.terminate(slot)) ledger.unassign(lost);
    const limit = timeoutMsOf(spec, step) / 1000;
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

  function failEverything(error: BodyError): void {
    for (const number of ledger.open()) {
      const step = plan.steps[number]!;
      if (ledger.phaseOf(number) === 'abandoned') continue;
      failStep(step, error, false);
    }
  }

  return {
    runId,
    ended: ending.ended,
    cancel: ending.cancel,
    abandon: ending.abandon,
  };
}
