// Hands ready steps to lanes in segments, takes work back from the lane that could do it last, and sends
// each step with what it needs.

import type { BodyError } from '#model/events.ts';
import type { LaneLoad } from './lane-load.ts';
import type { LanePool, LaneSlot } from './lane-pool.ts';
import type { SegmentStep, StepNumber } from './lane-protocol.ts';
import { laneShape, resourcesOf } from './lane-shape.ts';
import { pickSegment } from './pick-segment.ts';
import type { CodeStep, FileStep } from './plan-types.ts';
import type { Clock } from './ports.ts';
import { provenanceOf } from './provenance.ts';
import type { RunSpec } from './run-types.ts';
import type { SegmentInputs } from './segment-inputs.ts';
import { buildSegmentModule } from './segment-module.ts';
import type { StepLedger } from './step-ledger.ts';

/** A lane whose thread is free answers long before this; a busy machine may make it wait. */
const answerMs = 1_000;

export interface DispatcherDeps {
  readonly spec: RunSpec;
  readonly laneCount: number;
  readonly clock: Clock;
  readonly pool: LanePool;
  readonly ledger: StepLedger;
  readonly load: LaneLoad;
  readonly inputs: SegmentInputs;
  /** 0 on the first try. */
  retryNumberOf(step: StepNumber): number;
  /** A step that the engine carries out itself. */
  runLocally(step: FileStep): void;
  /** The stored value of an input cannot be read. */
  onUnreadable(step: CodeStep, problem: BodyError): void;
}

export interface Dispatcher {
  /** Gives out what is ready. */
  dispatch(): void;
  /** Gives out one step, with nothing beside it. */
  dispatchAlone(step: StepNumber): void;
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { spec, clock, pool, ledger, load, inputs } = deps;
  const { plan } = spec;

  function dispatch(): void {
    const at = clock.now();
    const hungry = pool.slots.filter((slot) => load.isHungry(slot, at));
    const startable = () => load.lanesWorthStarting(pool.slots, ledger.unfinished, deps.laneCount, at);
    while (ledger.readyCount > 0) {
      const more = startable();
      const slot = hungry.pop() ?? (more > 0 ? pool.start() : undefined);
      if (!slot) return;
      fill(slot, hungry.length + Math.max(1, more));
    }
    if (hungry.length > 0 || startable() > 0) shareOut(at);
  }

  // Takes work from the lane that could do it last. One that does not answer is held by a body in a loop:
  // what it has not begun is taken without its word, and runs elsewhere.
  function shareOut(at: number): void {
    const richest = load.worthTakingFrom(pool.slots, at);
    const shared = richest ? stepsToShare(richest) : [];
    if (!richest || shared.length === 0) return;
    if (richest.askedBackAt === undefined) return pool.revoke(richest, shared);
    if (richest.heardAt > richest.askedBackAt || at - richest.askedBackAt < answerMs) return;
    pool.disown(richest, shared);
    dispatch();
  }

  // What waits behind the running step for another reason than its value. The rest could begin nowhere else.
  function stepsToShare(slot: LaneSlot): StepNumber[] {
    const stays = new Set<StepNumber>();
    for (const step of slot.outstanding.keys()) {
      const awaited = plan.steps[step]!.upstream.filter((up) => slot.outstanding.has(up));
      if (step === slot.current || (awaited.length > 0 && awaited.every((up) => stays.has(up))))
        stays.add(step);
    }
    return [...slot.outstanding.keys()].filter((step) => !stays.has(step));
  }

  function fill(slot: LaneSlot, hungryLanes: number): void {
    const picked = pickSegment({
      plan,
      ledger,
      lane: slot.number,
      hungryLanes,
      expectedMs: load.expectedMs,
      isLocal: (step) => plan.steps[step]!.kind === 'file',
    });
    send(slot, picked);
  }

  function send(slot: LaneSlot, picked: readonly StepNumber[]): void {
    const steps: CodeStep[] = [];
    for (const number of picked) {
      const step = plan.steps[number]!;
      if (step.kind === 'file') deps.runLocally(step);
      else {
        const problem = inputs.problemOf(step);
        if (problem) deps.onUnreadable(step, problem);
        else steps.push(step);
      }
    }
    if (steps.length === 0) return;
    const shared = new Map(
      steps.flatMap((step) => step.compiled.shared.map((item) => [item.name, item] as const)),
    );
    const module = buildSegmentModule(
      steps.map((step) => ({ name: step.label, code: step.compiled.code })),
      [...shared.values()],
    );
    pool.sendValues(slot, inputs.missingIn(slot.holds, steps));
    const laneSteps = steps.map(segmentStep);
    for (const key of new Set(laneSteps.flatMap(resourcesOf))) {
      const resource = slot.resources.has(key) ? undefined : spec.resources?.get(key);
      if (resource) pool.sendResource(slot, resource);
    }
    pool.sendSegment(slot, module, laneSteps);
  }

  function segmentStep(step: CodeStep, body: number): SegmentStep {
    const config = spec.configOf?.(step) ?? step.config;
    return {
      step: step.number,
      stepKey: step.stepKey,
      body,
      ...laneShape(step),
      inputs: step.inputs.map((input) => [input.name, inputs.laneInput(input, step)]),
      after: step.upstream,
      retryNumber: deps.retryNumberOf(step.number),
      ...(config === undefined ? {} : { config }),
      ...(spec.sendsProvenance || step.compiled.code.js.includes('getAssetProvenance')
        ? { provenance: provenanceOf(step, spec) }
        : {}),
    };
  }

  return {
    dispatch,
    dispatchAlone(step) {
      const slot = pool.slots[0] ?? pool.start();
      ledger.assign(step, slot.number);
      send(slot, [step]);
    },
  };
}
