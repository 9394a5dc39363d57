// The functions behind a plan's steps, with what they give and throw, and their hooks.

import type { HookReport, SegmentStep } from '#engine/lane-protocol.ts';
import type { Plan } from '#engine/plan-types.ts';
import type { AnyBody, BodyRecord } from '#sdk/assets-definition.ts';
import type { ContextHost, ContextLog } from '#sdk/context.ts';
import { describeError } from '#sdk/describe-error.ts';
import type { MadeOutput } from '#sdk/made.ts';
import type { StepOutcome } from '#sdk/run-body.ts';
import type { ResourceHost } from '#workers/bodies/step-resources.ts';

/** A value that a step made, as its body gave it. */
export interface KeptOutput {
  readonly stepKey: string;
  readonly output: string;
  readonly assetKey?: string;
  readonly mappingKey?: string;
  readonly value: unknown;
}

export interface StepBodies {
  /** The function to call for a step; what it throws is kept. */
  run(step: SegmentStep): AnyBody;
  record(stepKey: string): BodyRecord | undefined;
  keep(step: SegmentStep, made: MadeOutput): void;
  outputs(): readonly KeptOutput[];
  /** What the step's body threw last. */
  thrownBy(stepKey: string): { readonly error: unknown } | undefined;
  hookResources(stepKey: string): readonly string[];
  callHooks(
    step: SegmentStep,
    outcome: StepOutcome,
    host: ContextHost,
    resources: ResourceHost,
  ): readonly HookReport[] | Promise<readonly HookReport[]>;
}

export function createStepBodies(plan: Plan, bodies: ReadonlyMap<string, BodyRecord>): StepBodies {
  const byStep = new Map<string, BodyRecord>();
  for (const step of plan.steps) {
    if (step.kind !== 'code') continue;
    const place =
      step.checkId !== undefined
        ? `check:${step.checkId}`
        : step.form === 'op'
          ? `op:${step.unitId}:${step.stepKey.slice(step.stepKey.indexOf('.') + 1)}`
          : step.unitId !== undefined
            ? `unit:${step.unitId}`
            : `asset:${step.label}`;
    const body = bodies.get(place);
    if (body) byStep.set(step.stepKey, body);
    for (const { op, make } of step.mapped ?? []) {
      const mapped = bodies.get(`op:${step.unitId}:${op}`);
      if (mapped) byStep.set(make.stepKey, mapped);
    }
  }
  const retries = new Map(
    plan.steps.flatMap((step) =>
      step.kind === 'code' ? [[step.stepKey, step.retryPolicy?.maxRetries ?? 0] as const] : [],
    ),
  );
  const willRetry = (step: SegmentStep, outcome: Exclude<StepOutcome, { type: 'success' }>): boolean => {
    if (outcome.type === 'retry') return step.retryNumber < outcome.maxRetries;
    const policy = retries.get(step.stepKey) ?? retries.get(step.stepKey.replace(/\[\w+\]$/, '')) ?? 0;
    return outcome.allowRetries && step.retryNumber < policy;
  };
  const record = (stepKey: string) => byStep.get(stepKey) ?? byStep.get(stepKey.replace(/\[\w+\]$/, ''));
  const kept = new Map<string, KeptOutput>();
  const thrown = new Map<string, { readonly error: unknown }>();

  return {
    record,
    run(step) {
      const body = record(step.stepKey);
      if (!body) throw new Error(`Internal error: the step “${step.stepKey}” has no body.`);
      return catching(step.stepKey, body.run, thrown);
    },
    keep(step, { output, value, mappingKey }) {
      const { name, assetKey } = step.outputs[output]!;
      kept.set(`${step.stepKey}\u0000${name}\u0000${mappingKey ?? ''}`, {
        stepKey: step.stepKey,
        output: name,
        value,
        ...(assetKey === undefined ? {} : { assetKey }),
        ...(mappingKey === undefined ? {} : { mappingKey }),
      });
    },
    outputs: () => [...kept.values()],
    thrownBy: (stepKey) => thrown.get(stepKey),
    hookResources: (stepKey) =>
      (record(stepKey)?.options.hooks ?? []).flatMap((hook) => hook.requiredResourceKeys),
    callHooks(step, outcome, host, resources) {
      const hooks = record(step.stepKey)?.options.hooks ?? [];
      if (hooks.length === 0) return [];
      const isOver = outcome.type === 'success' || !willRetry(step, outcome);
      return callHooks(hooks, step, outcome, isOver, host, resources, thrown.get(step.stepKey)?.error);
    },
  };
}

async function callHooks(
  hooks: NonNullable<BodyRecord['options']['hooks']>,
  step: SegmentStep,
  outcome: StepOutcome,
  /** False: the step is run once more. */
  isOver: boolean,
  host: ContextHost,
  resources: ResourceHost,
  error: unknown,
): Promise<readonly HookReport[]> {
  const reports: HookReport[] = [];
  // By name, as Dagster calls them.
  for (const hook of hooks.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = hook;
    if (!isOver || (hook.on === 'success') !== (outcome.type === 'success')) {
      reports.push({ name, outcome: 'skipped' });
      continue;
    }
    try {
      const opened = await resources.open({ ...step, resources: hook.requiredResourceKeys }, host);
      await hook.run({
        runId: host.runId,
        stepKey: step.stepKey,
        log: logOf(host),
        resources: opened.resources,
        ...(hook.on === 'failure' ? { error } : {}),
      });
      reports.push({ name, outcome: 'completed' });
    } catch (thrown) {
      reports.push({ name, outcome: 'errored', error: describeError(thrown, '') });
    }
  }
  return reports;
}

const logOf = (host: ContextHost): ContextLog => ({
  debug: (...message) => host.onLog('DEBUG', message.map(String).join(' ')),
  info: (...message) => host.onLog('INFO', message.map(String).join(' ')),
  warn: (...message) => host.onLog('WARNING', message.map(String).join(' ')),
  error: (...message) => host.onLog('ERROR', message.map(String).join(' ')),
});

// The user's own error is what the caller wants to catch, so the last one of each body is kept.
function catching(stepKey: string, body: AnyBody, thrown: Map<string, { readonly error: unknown }>): AnyBody {
  return (...args: never[]) => {
    thrown.delete(stepKey);
    const keep = (error: unknown): never => {
      thrown.set(stepKey, { error });
      throw error;
    };
    try {
      const result = body(...args);
      if (result instanceof Promise) return result.catch(keep);
      return isGenerator(result) ? keeping(result, keep) : result;
    } catch (error) {
      return keep(error);
    }
  };
}

type Events = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>;

function isGenerator(value: unknown): value is Events {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Generator]' || tag === '[object AsyncGenerator]';
}

async function* keeping(events: Events, keep: (error: unknown) => never): AsyncGenerator<unknown, unknown> {
  for (;;) {
    let step: IteratorResult<unknown, unknown>;
    try {
      step = await events.next();
    } catch (error) {
      return keep(error);
    }
    if (step.done) return step.value;
    yield step.value;
  }
}
