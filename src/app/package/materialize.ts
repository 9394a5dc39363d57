// `materialize`: runs assets in this process, with the same plan and engine as everywhere.

import { ok } from '#base/result.ts';
import { foldSegment } from '#engine/asset-index.ts';
import { createCompiler } from '#engine/compiler.ts';
import { executeRun } from '#engine/execute-run.ts';
import { planRun } from '#engine/plan.ts';
import type { Plan, PlanProblem } from '#engine/plan-types.ts';
import type { RunSpec } from '#engine/run-types.ts';
import { valueFacts } from '#engine/value-facts.ts';
import { checkPlace } from '#model/checks/check-state.ts';
import type { BodyError, RunEvent } from '#model/events.ts';
import { type AssetGraph, buildGraph } from '#model/graph.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import { type AssetId, asRunId } from '#model/ids.ts';
import { selectionGraphOf } from '#model/selection/selection-graph.ts';
import { knownChecks } from '#model/validate-units.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { AssetSelection, type CoercibleToAssetSelection } from '#sdk/asset-selection.ts';
import type { Definable } from '#sdk/definitions-document.ts';
import { Definitions, DefinitionsError, documentOf } from './definitions.ts';
import { ExecuteInProcessResult } from './execute-result.ts';
import { decodeFile } from './file-data.ts';
import { historyOf, RecordedSteps } from './history.ts';
import { createRunResources } from './in-process-resources.ts';
import { createInProcessRunner } from './in-process-runner.ts';
import { Instance } from './instance.ts';
import { rememberInstance } from './last-instance.ts';
import { createMadeEvents, type MadeEvent } from './made-events.ts';
import { managedInput, neededResources, withManagers } from './managers.ts';
import { parseRunConfig, type RunConfig } from './run-config.ts';
import { runFailedToStart } from './run-not-started.ts';
import { sha256Hex } from './sha256.ts';
import { silentInit } from './silent-context.ts';
import { createStepBodies, type KeptOutput } from './step-bodies.ts';

/** How to run assets in this process. */
export interface MaterializeOptions {
  /** In the selection language, as an AssetSelection, or keys; everything by default. */
  selection?: CoercibleToAssetSelection;
  /** By key: what bodies find as `context.resources`, and IO managers. */
  resources?: Readonly<Record<string, unknown>>;
  runConfig?: RunConfig;
  /** Tags of the run. */
  tags?: Readonly<Record<string, string>>;
  /** Where runs and values are remembered; a fresh one in memory by default. */
  instance?: Instance;
  /** Throw the first error of a body. True by default. */
  raiseOnError?: boolean;
  /**
   * Called with all that bodies make, observe and check, as they give it: a body goes on when this has ended. A file
   * asset has no body, so it is not told of.
   */
  onMade?: (made: MadeEvent) => void | Promise<void>;
}

/** Materializes assets, with their checks, in this process, one after another. Dagster: `materialize`. */
export function materialize(
  assets: readonly Definable[],
  options: MaterializeOptions = {},
): Promise<ExecuteInProcessResult> {
  return launch(assets, options, 'materialize');
}

/** `materialize` with every value in memory, whatever IO managers the assets name. Dagster: `materialize_to_memory`. */
export function materializeToMemory(
  assets: readonly Definable[],
  options: MaterializeOptions = {},
): Promise<ExecuteInProcessResult> {
  return launch(assets, options, 'memory');
}

/** Looks at observable assets in this process. Dagster: `observe`. */
export function observe(
  assets: readonly Definable[],
  options: MaterializeOptions = {},
): Promise<ExecuteInProcessResult> {
  return launch(assets, options, 'observe');
}

async function launch(
  assets: readonly Definable[],
  options: MaterializeOptions,
  mode: 'materialize' | 'memory' | 'observe',
): Promise<ExecuteInProcessResult> {
  const definitions = new Definitions({ assets, resources: options.resources ?? {} });
  const resources = mode === 'memory' ? withoutManagers(definitions) : definitions.resources;
  const written = documentOf(mode === 'memory' ? { ...definitions, resources } : definitions);
  if (written.problems.length > 0) throw new DefinitionsError(written.problems);
  const document = withManagers(written.document, mode === 'memory' ? {} : resources);
  const graph = buildGraph(document);
  const instance = options.instance ?? Instance.ephemeral();
  const { store, index, files, projectId, fencing } = await Instance.open(instance);
  const latestOf: RunSpec['latestOf'] = (id) => index.heads.get(id)?.latest;
  const assetIdOf = (key: string): AssetId | undefined => graph.idByKey.get(key);

  const chosen = select(options.selection, graph);
  const planned = planRun({
    graph,
    selection: chosen.assets,
    ...(chosen.checkPlaces === undefined ? {} : { checkPlaces: chosen.checkPlaces }),
    observe: mode === 'observe',
    partOfUnit: 'refuse',
    // Functions are JavaScript already: there is nothing to strip.
    compiler: createCompiler({ strip: ok, sha256: sha256Hex }),
    latestOf,
  });
  if (!planned.ok && planned.error.type !== 'NothingToRun')
    throw new DefinitionsError(graphProblems(planned.error.problems));
  const plan: Plan = planned.ok ? planned.value : { steps: [], reused: [] };
  const runId = asRunId(crypto.randomUUID());
  const bodies = createStepBodies(plan, written.bodies);
  const configOf = parseRunConfig(options.runConfig, plan, bodies, document);
  const run = createRunResources({ resources, config: options.runConfig?.resources, runId, files });
  rememberInstance(assets, instance);

  const header = {
    projectId,
    runId,
    fencing,
    plan,
    target: typeof options.selection === 'string' ? options.selection : 'all',
    trigger: 'api' as const,
    tags: options.tags ?? {},
  };
  const recorded = new RecordedSteps();
  const onCommitted = (segment: Parameters<typeof foldSegment>[1]) => {
    foldSegment(index, segment);
    recorded.note(segment.events);
  };
  const init = silentInit(runId);
  try {
    await run.setUp(neededResources(plan, bodies, document, resources), init);
  } catch (thrown) {
    const problems = await run.tearDown(init);
    const record = await runFailedToStart({ ...header, store, clock: systemClock, thrown, onCommitted });
    if (options.raiseOnError ?? true) throw thrown;
    return new ExecuteInProcessResult(record.run, record.events, bodies.outputs(), problems);
  }
  const handle = executeRun(
    {
      ...header,
      defaultTimeoutMs: Number.POSITIVE_INFINITY,
      sendsProvenance: true,
      latestOf,
      assetIdOf,
      configOf,
      managerOf: (input, step) =>
        managedInput(input.key, graph, bodies.record(step.stepKey)?.ins[input.name]),
    },
    {
      clock: systemClock,
      random: Math.random,
      sha256: sha256Hex,
      runner: createInProcessRunner({
        bodyOf: (step) => bodies.run(step),
        onValue: (step, made) => bodies.keep(step, made),
        onStepEnd: (step, outcome, host) => bodies.callHooks(step, outcome, host, run.host),
        ...(options.onMade === undefined
          ? {}
          : { onMade: createMadeEvents({ plan, runId, latestOf, assetIdOf }, options.onMade) }),
        resources: run.host,
        history: historyOf(store, projectId, plan, recorded),
      }),
      store,
      values: valueFacts,
      // Planning has seen to it that the document has the file.
      decodeFile: (step) => decodeFile(document.files.get(step.asset.path)!, step.asset),
      async readValue(ref) {
        const pack = await store.readPack(projectId, ref.pack);
        return pack?.subarray(ref.offset, ref.offset + ref.length);
      },
    },
    { onCommitted, onLive: () => undefined, onStoreFailed: () => undefined },
  );
  const record = await handle.ended;
  const problems = await run.tearDown(init);
  const events = await store.readRunEvents(projectId, runId);
  const failure = events.find((event) => event.type === 'STEP_FAILURE');
  if (failure && (options.raiseOnError ?? true)) {
    const thrown = bodies.thrownBy(failure.stepKey!);
    throw thrown === undefined ? errorFrom(failure.error!) : thrown.error;
  }
  const decoded = await fileOutputs(events, plan, (pack) => store.readPack(projectId, pack));
  return new ExecuteInProcessResult(record, events, [...decoded, ...bodies.outputs()], problems);
}

const systemClock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What file assets gave: no body made it, so it is read from where it was stored. */
async function fileOutputs(
  events: readonly RunEvent[],
  plan: Plan,
  readPack: (pack: string) => Promise<Uint8Array | undefined>,
): Promise<KeptOutput[]> {
  const files = new Set(plan.steps.flatMap((step) => (step.kind === 'file' ? [step.stepKey] : [])));
  const outputs: KeptOutput[] = [];
  for (const { type, stepKey, assetKey, value } of events) {
    if (type !== 'ASSET_MATERIALIZATION' || stepKey === undefined || !value || !files.has(stepKey)) continue;
    const pack = await readPack(value.pack);
    if (!pack) continue;
    outputs.push({
      stepKey,
      output: 'result',
      ...(assetKey === undefined ? {} : { assetKey }),
      value: decodeValue(pack.subarray(value.offset, value.offset + value.length)),
    });
  }
  return outputs;
}

/** Which assets and checks are meant. Selected assets bring their checks. */
function select(
  selection: MaterializeOptions['selection'],
  graph: AssetGraph,
): { readonly assets: ReadonlySet<AssetId> | 'all'; readonly checkPlaces?: ReadonlySet<string> } {
  if (selection === undefined || selection === '*') return { assets: 'all' };
  const asked =
    selection instanceof AssetSelection
      ? selection
      : typeof selection === 'string'
        ? AssetSelection.fromString(selection)
        : AssetSelection.assets(...selection);
  const within = selectionGraphOf(graph);
  const assets = new Set<AssetId>();
  for (const key of asked.resolveIn(within)) {
    const id = graph.idByKey.get(key);
    if (id !== undefined) assets.add(id);
  }
  const known = [...knownChecks(graph)].map(({ assetKey, spec }) => ({ assetKey, name: spec.name }));
  const checks = asked.resolveChecksIn(within, known);
  return {
    assets,
    checkPlaces: new Set([...checks].map(({ assetKey, name }) => checkPlace(assetKey, name))),
  };
}

/** The keys of managers stay known, or assets that name them would be refused. */
function withoutManagers({ resources, assets }: Definitions): Readonly<Record<string, unknown>> {
  const kept: Record<string, unknown> = { ...resources };
  delete kept.io_manager;
  for (const item of assets) {
    if (!('record' in item)) continue;
    for (const { ioManagerKey } of item.record.outputs)
      if (ioManagerKey !== undefined && !Object.hasOwn(kept, ioManagerKey)) kept[ioManagerKey] = undefined;
  }
  return kept;
}

const graphProblems = (problems: readonly PlanProblem[]): readonly GraphProblem[] =>
  problems as readonly GraphProblem[];

const errorFrom = ({ name, message }: BodyError): Error => Object.assign(new Error(message), { name });
