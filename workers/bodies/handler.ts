// A lane's logic: runs the steps of its segments one after another and reports what they did. Knows no
// thread, no global and no browser; all of that comes in as `LaneDeps`.

import {
  LANE_PROTOCOL_VERSION,
  type LaneInput,
  type LaneRequest,
  type LogLine,
  type SegmentStep,
  type StepNumber,
  type ValueId,
} from '#engine/lane-protocol.ts';
import type { AssetContext } from '#sdk/context.ts';
import { createContext } from '#sdk/create-context.ts';
import { describeError } from '#sdk/describe-error.ts';
import { formatLogValue } from '#sdk/format-log-value.ts';
import { type BodyFunction, failureOf, runBody, type StepOutcome } from '#sdk/run-body.ts';
import type { LaneDeps } from './lane-realm.ts';
import { createLaneResources } from './lane-resources.ts';
import { createLaneValues } from './lane-values.ts';
import { createReportBatch, madeReport, type ReportBatch } from './report-batch.ts';
import { namedError, type RunFacts, RunningStep } from './running-step.ts';
import { createLoad, readSegmentModule, type SegmentModule } from './segment-loader.ts';

type Segment = Extract<LaneRequest, { type: 'segment' }>;

const yieldPeriodMs = 8;
const tickMs = 50;

/** A lane that answers through `deps.post`. Give it every request in the order of arrival. */
export function createLaneHandler(deps: LaneDeps): (request: LaneRequest) => void {
  const values = createLaneValues(deps.codec);
  const batch: ReportBatch = createReportBatch(deps.post);
  const segments: Segment[] = [];
  /** Steps that have not begun, by the segment that was sent last: one that was taken back may come again. */
  const waiting = new Map<StepNumber, number>();
  /** Steps that failed or were left out because of one that did. */
  const failed = new Set<StepNumber>();
  const libraries = new Map<string, unknown>();
  const awaitedFiles = new Map<number, (bytes: Uint8Array | undefined) => void>();
  let lastFile = 0;
  const ownResources = createLaneResources({
    runId: () => run?.runId ?? '',
    importModule: deps.importModule,
    readFile(manager, path) {
      lastFile += 1;
      const id = lastFile;
      // What earlier steps have stored must be there before it is asked for.
      batch.flush();
      return new Promise((resolve) => {
        awaitedFiles.set(id, (bytes) => {
          if (current) current.signsOfLife += 1;
          resolve(bytes);
        });
        deps.post({ type: 'read-file', id, manager, path });
      });
    },
    libraries: async (specifiers) => {
      for (const specifier of specifiers) await loadLibrary(specifier);
      return libraries;
    },
  });
  const resources = deps.resources ?? ownResources;
  let run: RunFacts | undefined;
  let isRunning = false;
  /** What is said while resources are torn down; set when nothing more comes. */
  let lastLines: LogLine[] | undefined;
  let current: RunningStep | undefined;
  let yieldedAt = 0;
  // Steps that ran since the last turn of the event loop that we know of: a stray rejection can be blamed
  // on the running step only when it is the one step that it can come from.
  let stepsThisTurn = 0;

  const newTurn = (): void => {
    stepsThisTurn = current === undefined ? 0 : 1;
  };

  deps.listen({
    onConsole(level, message) {
      if (current) current.addLine(level, message, 'console');
      else lastLines?.push({ level, message, at: deps.now(), source: 'console' });
    },
    onUnhandledRejection(reason) {
      if (current === undefined) return;
      if (stepsThisTurn === 1) current.fail(reason);
      else
        current.addLine(
          'WARNING',
          `A promise of this asset or of one before it was rejected and nobody handled it: ${describeError(reason, '').message}`,
          'console',
        );
      newTurn();
    },
    onBufferBytes(held) {
      const limit = run?.limits.maxBufferBytes ?? 0;
      if (current === undefined || held <= limit) return undefined;
      const error = namedError(
        'RangeError',
        `“${current.step.label}” ran out of memory: its buffers would hold more than ${formatBytes(limit)}.`,
      );
      current.fail(error);
      return error;
    },
  });

  async function runSegments(): Promise<void> {
    isRunning = true;
    const watch = createIdleWatch(
      () => current,
      deps,
      () => run?.limits.idleMs ?? 0,
    );
    const stopTicking = deps.every(tickMs, () => {
      newTurn();
      const now = deps.now();
      current?.postLive(now);
      batch.flush();
      watch();
    });
    for (let segment = segments.shift(); segment !== undefined; segment = segments.shift())
      await runSegment(segment);
    stopTicking();
    isRunning = false;
    if (lastLines) await close(lastLines);
  }

  async function close(lines: LogLine[]): Promise<void> {
    deps.timers.begin(
      () => undefined,
      (thrown) =>
        lines.push({ level: 'ERROR', message: formatLogValue(thrown), at: deps.now(), source: 'log' }),
    );
    await ownResources.tearDown((level, message) =>
      lines.push({ level, message, at: deps.now(), source: 'log' }),
    );
    deps.timers.end();
    deps.post({ type: 'closed', logs: lines.slice(0, run?.limits.maxLogLines ?? 0) });
  }

  async function loadLibrary(specifier: string): Promise<void> {
    if (!libraries.has(specifier)) libraries.set(specifier, await deps.loadLibrary(specifier));
  }

  async function runSegment(segment: Segment): Promise<void> {
    const module = await loadSegment(segment);
    if (module === undefined || run === undefined) return;
    for (const step of segment.steps) {
      if (waiting.get(step.step) !== segment.id) continue;
      waiting.delete(step.step);
      if (step.after.some((earlier) => failed.has(earlier))) {
        failed.add(step.step);
        continue;
      }
      await runStep(step, module, run);
      const now = deps.now();
      if (batch.isDue(now)) batch.flush();
      if (now - yieldedAt >= yieldPeriodMs) {
        await deps.yieldToMessages();
        newTurn();
        yieldedAt = deps.now();
      }
    }
    batch.flush();
    deps.post({ type: 'segment-done', id: segment.id });
  }

  async function loadSegment(segment: Segment): Promise<SegmentModule | undefined> {
    try {
      for (const specifier of segment.libraries) await loadLibrary(specifier);
      const { exports, url } = await deps.importModule(segment.module);
      yieldedAt = deps.now();
      return readSegmentModule(exports, url);
    } catch (thrown) {
      for (const { step } of segment.steps) if (waiting.get(step) === segment.id) waiting.delete(step);
      deps.post({ type: 'segment-failed', id: segment.id, error: describeError(thrown, '') });
      return undefined;
    }
  }

  async function runStep(step: SegmentStep, module: SegmentModule, facts: RunFacts): Promise<void> {
    deps.post(step.step);
    const running = new RunningStep(step, facts, deps, values, module.url);
    current = running;
    stepsThisTurn += 1;
    deps.timers.begin(
      () => {
        running.signsOfLife += 1;
        newTurn();
      },
      (thrown) => running.fail(thrown),
    );
    const outcome = await runOne(running, module);
    deps.timers.end();
    running.isLive = false;
    current = undefined;
    if (outcome.type !== 'success') failed.add(step.step);
    const hooks = deps.onStepEnd && (await deps.onStepEnd(step, outcome, running));
    batch.addReport({
      step: step.step,
      startedAt: running.startedAt,
      durationMs: deps.now() - running.startedAt,
      ...(running.inputsFailed ? { inputsFailed: true } : {}),
      made: running.made.map((item) => madeReport(item, batch)),
      logs: running.logs,
      ...(hooks && hooks.length > 0 ? { hooks } : {}),
      outcome,
    });
  }

  function runOne(running: RunningStep, module: SegmentModule): Promise<StepOutcome> {
    return new Promise((resolve) => {
      const { context, revoke } = createContext(running);
      running.settle = (outcome) => {
        revoke();
        running.isLive = false;
        resolve(outcome);
      };
      try {
        const factory = module.bodies[running.step.body];
        if (factory === undefined) throw new Error(`Internal error: no body ${running.step.body}.`);
        const body = factory(createLoad(module, libraries)) as BodyFunction;
        void begin(running, body, context, module.url).then(running.settle);
      } catch (thrown) {
        running.settle(failureOf(thrown, module.url));
      }
    });
  }

  async function begin(
    running: RunningStep,
    body: BodyFunction,
    context: AssetContext,
    moduleUrl: string,
  ): Promise<StepOutcome> {
    const { step } = running;
    let args: readonly unknown[];
    try {
      if (needsResources(step)) running.use(await resources.open(step, running));
      const inputs = readInputs(running);
      args = bodyArguments(step, isPromise(inputs) ? await inputs : inputs, context);
    } catch (thrown) {
      running.inputsFailed = true;
      return failureOf(thrown, moduleUrl);
    }
    return runBody({
      body,
      args,
      shape: { ...step.shape, outputs: step.outputs },
      label: step.label,
      addedMetadata: (key) => running.addedMetadata(key),
      onMade: (made) => running.onMade(made),
      moduleUrl,
    });
  }

  // At once when the lane holds all of them, as it nearly always does.
  function readInputs(running: RunningStep): readonly unknown[] | Promise<readonly unknown[]> {
    const read = running.step.inputs.map(([name, input]) => {
      if (typeof input === 'number') return values.read(input);
      return isValueList(input)
        ? Object.freeze(input.map((id) => values.read(id)))
        : running.loadManaged(name, input);
    });
    return read.some(isPromise) ? Promise.all(read) : read;
  }

  return (request) => {
    newTurn();
    switch (request.type) {
      case 'open':
        if (request.protocol !== LANE_PROTOCOL_VERSION) return;
        run = {
          runId: request.runId,
          runTags: Object.freeze({ ...request.runTags }),
          limits: request.limits,
        };
        deps.post({ type: 'ready' });
        return;
      case 'segment':
        for (const { step } of request.steps) {
          waiting.set(step, request.id);
          failed.delete(step);
        }
        segments.push(request);
        if (!isRunning) void runSegments();
        return;
      case 'file':
        awaitedFiles.get(request.id)?.(request.bytes);
        awaitedFiles.delete(request.id);
        return;
      case 'resource':
        ownResources.define(request);
        return;
      case 'close':
        lastLines = [];
        if (!isRunning) void close(lastLines);
        return;
      case 'values':
        for (const { id, bytes } of request.values) values.receive(id, bytes);
        return;
      case 'drop':
        for (const id of request.values) values.drop(id);
        return;
      case 'revoke':
        deps.post({ type: 'revoked', steps: request.steps.filter((step) => waiting.delete(step)) });
        return;
      case 'abort':
        current?.abort(request.reason);
        return;
    }
  };
}

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

const isValueList = (input: LaneInput): input is readonly ValueId[] => Array.isArray(input);

const needsResources = (step: SegmentStep): boolean =>
  step.resources !== undefined ||
  step.outputs.some((output) => output.manager !== undefined) ||
  step.inputs.some(([, input]) => typeof input === 'object' && !isValueList(input));

/** An op takes its values by position, everything else as an object. */
function bodyArguments(
  step: SegmentStep,
  values: readonly unknown[],
  context: AssetContext,
): readonly unknown[] {
  if (step.shape.form === 'op') return [...values, context];
  const inputs = { __proto__: null } as unknown as Record<string, unknown>;
  for (const [index, [name]] of step.inputs.entries()) inputs[name] = values[index];
  return [Object.freeze(inputs), context];
}

const idleChecks = 5;

// Called on every tick. A long synchronous stretch is one tick, so it never counts as idleness.
function createIdleWatch(
  currentStep: () => RunningStep | undefined,
  deps: LaneDeps,
  idleMs: () => number,
): () => void {
  let seen: RunningStep | undefined;
  let seenLife = -1;
  let quietTicks = 0;
  return () => {
    const step = currentStep();
    if (step === undefined || step !== seen || step.signsOfLife !== seenLife || deps.timers.pending() > 0) {
      seen = step;
      seenLife = step?.signsOfLife ?? -1;
      quietTicks = 0;
      return;
    }
    quietTicks += 1;
    if (quietTicks < Math.max(idleChecks, idleMs() / tickMs)) return;
    step.fail(
      namedError(
        'NeverSettles',
        `The promise that the body returned can never settle: “${step.step.label}” has waited for ${idleMs() / 1000} s with no timer pending.`,
      ),
    );
  };
}

function formatBytes(bytes: number): string {
  return bytes >= 1024 ** 3
    ? `${+(bytes / 1024 ** 3).toFixed(1)} GB`
    : `${+(bytes / 1024 ** 2).toFixed(1)} MB`;
}
