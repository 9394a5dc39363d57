// Carries out a plan: gives segments to lanes, turns their reports into values and events that commit
// together, and ends with a run that tells the truth, whatever happened on the way.

import type { BodyError, RunEvent, RunRecord } from '#model/events.ts';
import { createCommitQueue } from './commit-queue.ts';
import { createCrashWard } from './crash-ward.ts';
import { createDispatcher } from './dispatch.ts';
import { type DynamicValue, expandDynamic } from './expand-dynamic.ts';
import { createFileSteps } from './file-steps.ts';
import { createLaneLoad } from './lane-load.ts';
import { createLanePool, type LaneSlot } from './lane-pool.ts';
import {
  defaultLaneLimits,
  type HookReport,
  LANE_PROTOCOL_VERSION,
  type StepNumber,
  type StepReport,
} from './lane-protocol.ts';
import { createLiveAssets } from './live-assets.ts';
import { createManagedHere } from './managed-here.ts';
import { mapLaneError } from './map-error.ts';
import { type CodeStep, type Plan, type PlanStep, plannedAssets } from './plan-types.ts';
import { createRedactor } from './redact.ts';
import { retryDelaySeconds } from './retry-delay.ts';
import { createRunEnding } from './run-ending.ts';
import { createRunPacks } from './run-packs.ts';
import type { RunDeps, RunHandle, RunObserver, RunSpec } from './run-types.ts';
import { createSegmentInputs } from './segment-inputs.ts';
import type { SegmentModule } from './segment-module.ts';
import * as events from './step-events.ts';
import { createStepLedger, type StepPhase } from './step-ledger.ts';
import { createStepResults, type RecordedStep } from './step-results.ts';
import { createStepWatch, timeoutMsOf } from './step-watch.ts';
import { createValueLife, valuesLeftOut } from './value-life.ts';

export function executeRun(spec: RunSpec, deps: RunDeps, observer: RunObserver): RunHandle {
  const { runId } = spec;
  const { clock } = deps;
  // Grows when a dynamic result is known.
  const steps = [...spec.plan.steps];
  const plan: Plan = { ...spec.plan, steps };
  const results = createStepResults({
    ...deps,
    runId,
    latestOf: spec.latestOf,
    ...(spec.assetIdOf === undefined ? {} : { assetIdOf: spec.assetIdOf }),
  });
  const ledger = createStepLedger(plan, results.isMade);
  const startedSteps = new Set<StepNumber>();
  const tries = new Map<StepNumber, number>();
  const inputs = createSegmentInputs({ ...spec, plan }, deps, ledger, results);
  const values = createValueLife(plan, results);
  const live = createLiveAssets(plan, observer.onLive);
  const wakeUps = new Set<() => void>();
  const load = createLaneLoad({ ...spec, plan });
  const managed = createManagedHere(deps.readManaged);
  const redact = createRedactor(spec.secrets ?? []);
  const packs = createRunPacks(runId);

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
    ...(spec.config === undefined ? {} : { config: spec.config }),
    fencing: spec.fencing,
    assetIds: plannedAssets(plan),
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
      onReport: (slot, module, report, bytes) => takeReport(slot, module, redact(report), bytes),
      readFile: managed.read,
      onClosed: (logs) => queue.add(redact(logs).map((line) => events.runLog(runId, line))),
      onProgress: (step, fraction, message) =>
        live.tell(plan.steps[step]!, {
          phase: 'running',
          progress: { fraction, ...(message === undefined ? {} : { message: redact(message) }) },
        }),
      onLogs: (number, logs) => {
        const step = plan.steps[number]!;
        queue.add([
          ...startOf(step, logs[0]?.at ?? clock.now()),
          ...redact(logs).map((line) => events.logLine(runId, step, line)),
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
    spec: { ...spec, plan },
    laneCount: spec.maxLanes ?? deps.runner.laneCount,
    clock,
    pool,
    ledger,
    load,
    inputs,
    retryNumberOf: (step) => tries.get(step) ?? 0,
    runLocally: files.start,
    onUnreadable(step, problem) {
      failStep(step, problem, false);
      // No lane will tell of it: what follows from it, perhaps the end, is looked at after this round.
      void Promise.resolve().then(schedule);
    },
  });
  const watch = createStepWatch({
    spec: { ...spec, plan },
    pool,
    clock,
    onTooLong: timeOut,
    onLooked: schedule,
    onShowRunning(step, sinceMs) {
      queue.add(startOf(step, sinceMs));
      live.tell(step, { phase: 'running' });
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
    ...plan.steps.flatMap((step) => events.planned(runId, step, now)),
    events.runEvent(runId, 'RUN_STARTING', now),
  ]);
  run = { ...run, status: 'STARTED', startedAt: now };
  queue.add([
    events.runEvent(runId, 'RUN_START', now),
    ...plan.reused.map((step) => events.reused(runId, step, now)),
  ]);
  for (const step of plan.steps) live.tell(step, { phase: 'queued' });
  watch.start();
  void inputs.load().then(schedule);

  // ----------------------------------------------------------------------------------------- scheduling

  function schedule(): void {
    if (ending.hasBegun) return;
    reportPassedOver();
    if (ledger.unfinished === 0) return ending.finish();
    if (!ward.isIsolating) return dispatcher.dispatch();
    if (pool.slots.some((slot) => slot.outstanding.size > 0) || files.isBusy) return;
    const suspect = ward.nextSuspect();
    if (suspect === undefined) return schedule();
    dispatcher.dispatchAlone(suspect);
  }

  // ------------------------------------------------------------------------------------------- reports

  function takeReport(slot: LaneSlot, module: SegmentModule, report: StepReport, bytes: Uint8Array): void {
    const step = plan.steps[report.step]!;
    load.learn(report.durationMs);
    for (const value of valuesLeftOut(step, report)) slot.holds.delete(value);
    if (report.outcome.type === 'success') return succeed(step, report, bytes);
    const error = mapLaneError(report.outcome.error, module.places);
    // What a body gave before it failed stands.
    const made = recordMade(step, report, bytes);
    if (!made) return;
    if (report.outcome.type === 'retry')
      return failStep(
        step,
        error,
        true,
        report.durationMs,
        { ...made, hooks: report.hooks },
        {
          maxRetries: report.outcome.maxRetries,
          delay: report.outcome.secondsToWait,
        },
      );
    failStep(step, error, report.outcome.allowRetries, report.durationMs, { ...made, hooks: report.hooks });
  }

  function succeed(step: PlanStep, report: StepReport, bytes: Uint8Array): void {
    const made = recordMade(step, report, bytes);
    if (!made) return;
    const at = report.startedAt + report.durationMs;
    run = { ...run, succeeded: run.succeeded + 1 };
    queue.add([
      events.stepSuccess(runId, step, at, report.durationMs),
      ...events.hookEvents(runId, step, at, report.hooks),
      ...events.failedToMaterialize(runId, step, at, 'SKIPPED_OPTIONAL', made.made),
    ]);
    if (step.kind === 'code' && (step.mapped || step.collectors)) expand(step, made.dynamic);
    settle(step, 'succeeded');
  }

  /** Enters in the log what a step did and made. Undefined when its lane sent nonsense: the step has failed then. */
  function recordMade(step: PlanStep, report: StepReport, bytes: Uint8Array): RecordedStep | undefined {
    const recorded = results.record(step, report, bytes, packs.idOf(bytes));
    if (!('events' in recorded)) {
      failStep(step, recorded, false);
      return undefined;
    }
    const list: RunEvent[] = startOf(step, report.startedAt);
    if (step.kind === 'code' && !report.inputsFailed)
      for (const event of events.inputsOf(runId, step, report.startedAt)) list.push(event);
    for (const line of report.logs) list.push(events.logLine(runId, step, line));
    for (const event of recorded.events) list.push(event);
    managed.take(recorded.events, bytes);
    queue.add(list, recorded.usesPack ? packs.toWrite() : []);
    return recorded;
  }

  function expand(step: CodeStep, dynamic: readonly DynamicValue[]): void {
    const added = expandDynamic(steps, step, dynamic, values.nextId);
    ledger.extend((step.collectors ?? []).map((collector) => collector.step));
    values.extend();
    live.extend(added);
    run = { ...run, stepCount: plan.steps.length };
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
    recorded?: RecordedStep & { readonly hooks?: readonly HookReport[] | undefined },
    requested?: { readonly maxRetries: number; readonly delay: number },
  ): void {
    const at = clock.now();
    const attempt = (tries.get(step.number) ?? 0) + 1;
    const policy = requested ?? (step.kind === 'code' ? step.retryPolicy : undefined);
    queue.add(startOf(step, at));
    if (mayRetry && policy && attempt <= policy.maxRetries && !ending.hasBegun) {
      const wait = requested ? requested.delay : retryDelaySeconds(policy, attempt, deps.random);
      queue.add([
        events.stepUpForRetry(runId, step, at, wait, error),
        ...events.hookEvents(runId, step, at, recorded?.hooks),
      ]);
      tries.set(step.number, attempt);
      startedSteps.delete(step.number);
      ledger.rest(step.number);
      live.tell(step, { phase: 'queued' });
      later(wait * 1000, () => {
        ledger.wake(step.number);
        schedule();
      });
      return;
    }
    run = { ...run, failed: run.failed + 1 };
    queue.add([
      events.stepFailure(runId, step, at, durationMs, error),
      ...events.hookEvents(runId, step, at, recorded?.hooks),
      ...events.failedToMaterialize(runId, step, at, 'COMPUTE_FAILED', recorded?.made, error),
    ]);
    settle(step, 'failed');
  }

  function settle(step: PlanStep, outcome: 'succeeded' | 'failed'): void {
    ledger.settle(step.number, outcome);
    ward.release(step.number);
    watch.forget(step.number);
    const unneeded = values.ended(step);
    if (unneeded.length > 0) pool.drop(unneeded);
    endLive(step);
  }

  // Not before its end is stored: what was known before the run is not shown as what the run has made.
  function endLive(step: PlanStep): void {
    queue.afterCommit(() => live.end(step));
  }

  const stepKeys = (list: readonly StepNumber[]) => list.map((step) => plan.steps[step]!.stepKey);

  function reportPassedOver(): void {
    for (const { step: number, phase, because } of ledger.takePassedOver()) {
      const step = plan.steps[number]!;
      const at = clock.now();
      run = { ...run, skipped: run.skipped + 1 };
      const reason = phase === 'skipped' ? 'UPSTREAM_SKIPPED' : 'UPSTREAM_COMPUTE_FAILED';
      const inPhase = (wanted: StepPhase) => stepKeys(because.filter((up) => ledger.phaseOf(up) === wanted));
      queue.add([
        phase === 'skipped'
          ? events.stepSkipped(runId, step, at, stepKeys(because))
          : events.notExecuted(runId, step, at, inPhase('failed'), inPhase('abandoned')),
        ...events.failedToMaterialize(runId, step, at, reason, undefined),
      ]);
      const unneeded = values.ended(step);
      if (unneeded.length > 0) pool.drop(unneeded);
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
        message: `“${step.label}” ran longer than its limit of ${limit} s and was stopped.`,
      },
      true,
      ranMs,
    );
    schedule();
  }

  function failEverything(error: BodyError): void {
    for (const number of ledger.open()) {
      const step = plan.steps[number]!;
      if (ledger.phaseOf(number) === 'abandoned' || ledger.phaseOf(number) === 'skipped') continue;
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
