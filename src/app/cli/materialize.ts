// `headwater materialize`: one run of the engine over a project, kept in a folder.

import { randomUUID } from 'node:crypto';
import type { AssetIndex } from '#engine/asset-index.ts';
import { executeRun } from '#engine/execute-run.ts';
import { interruptRuns } from '#engine/interrupt-runs.ts';
import { managedReader } from '#engine/lane-resource.ts';
import { createMemoryValues } from '#engine/memory-values.ts';
import { planRun } from '#engine/plan.ts';
import type { Plan, PlanError } from '#engine/plan-types.ts';
import type { Store, StoreError } from '#engine/ports.ts';
import type { RunDeps, RunSpec } from '#engine/run-types.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { RunConfig as RunConfigData, RunRecord } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import { type AssetId, asRunId, asTabId, type RunId } from '#model/ids.ts';
import { messageText } from '#ui/kit/messages.ts';
import { createValueReader } from '#workers/engine/value-reader.ts';
import { nodeClock } from '../node/node-clock.ts';
import { sha256 } from '../node/sha256.ts';
import type { RunConfig } from '../package/run-config.ts';
import { runFailedToStart } from '../package/run-not-started.ts';
import { documentByKey } from './document-by-key.ts';
import { noticeNewBodies } from './new-bodies.ts';
import { openStorage, storagePath } from './open-storage.ts';
import type { PreparedRun, Project } from './project.ts';
import { readIndex } from './project-history.ts';
import { createRunOutcome, outcomeLine, type RunOutcome } from './run-outcome.ts';
import { selectAssets, selectionErrorText, unknownKeysText } from './select-assets.ts';
import { tellFailure, tellResult } from './tell-run.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { storageErrorText } from './words.ts';

export interface MaterializeOptions {
  readonly select: string;
  readonly storage: string | undefined;
  readonly config: RunConfig | undefined;
  readonly json: boolean;
}

export async function materializeProject(
  project: Project,
  options: MaterializeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const fatal = project.findFatalProblems();
  for (const problem of fatal) terminal.say(problem);
  if (fatal.length > 0) return 1;
  const document = documentByKey(project.document);
  const selection = selectAssets(document, options.select);
  if (!selection.ok) {
    terminal.say(selectionErrorText(options.select, selection.error));
    return 2;
  }
  const { ids, unknown } = selection.value;
  if (unknown.length > 0) {
    terminal.say(unknownKeysText(unknown));
    return 2;
  }
  const path = storagePath(project, options.storage);
  const opened = await openStorage(path);
  if (!opened.ok) {
    terminal.say(storageErrorText(path, opened.error));
    return 1;
  }
  try {
    return await materializeIn({ ...project, document }, ids, options, {
      store: opened.value,
      path,
      terminal,
    });
  } finally {
    opened.value.close();
  }
}

interface Place {
  readonly store: Store;
  readonly path: string;
  readonly terminal: Terminal;
}

async function materializeIn(
  project: Project,
  ids: ReadonlySet<AssetId> | 'all',
  options: MaterializeOptions,
  place: Place,
): Promise<ExitCode> {
  const { store, path, terminal } = place;
  const { projectId, document } = project;
  const lease = await store.take(projectId, asTabId(`cli-${process.pid}`), nodeClock.now());
  if (!lease.ok) {
    terminal.say(storageErrorText(path, lease.error));
    return 1;
  }
  const { fencing } = lease.value;
  for await (const { run } of interruptRuns(store, projectId, fencing, nodeClock.now()))
    terminal.say(
      `An earlier run (${run.runId}) was cut off; ${run.succeeded} of ${run.stepCount} assets of it are kept.`,
    );
  const index = await readIndex(store, projectId, terminal.say);
  const latestOf = (id: AssetId) => index.heads.get(id)?.latest;
  const config = project.configIn === 'document' ? (options.config as RunConfigData | undefined) : undefined;
  const planned = planRun({
    graph: buildGraph(document),
    selection: ids,
    compiler: project.compiler,
    latestOf,
    partOfUnit: 'refuse',
    ...(config === undefined ? {} : { config }),
  });
  if (!planned.ok) {
    const wrongConfig = configProblems(planned.error);
    for (const problem of wrongConfig ?? [planned.error]) terminal.say(messageText(problem));
    return wrongConfig ? 2 : 1;
  }
  const plan = planned.value;
  const runId = asRunId(randomUUID());
  const facts: RunFacts = {
    runId,
    fencing,
    latestOf,
    index,
    target: ids === 'all' ? 'all' : options.select,
    ...(config === undefined ? {} : { config }),
  };
  const prepared = await project.prepare({ runId, plan, config: options.config, store, storage: path });
  if (!prepared.ok) {
    terminal.say(
      prepared.error.type === 'ConfigRefused'
        ? prepared.error.message
        : `Materialization failed: ${prepared.error.message}`,
    );
    if (prepared.error.type === 'ConfigRefused') return 2;
    for (const line of prepared.error.details) terminal.say(`    ${line}`);
    await runFailedToStart({
      ...startOf(project, plan, facts),
      store,
      clock: nodeClock,
      thrown: new Error(prepared.error.message),
    });
    return 1;
  }
  const notice = noticeNewBodies(plan, path);
  if (notice !== undefined) terminal.say(notice);
  const outcome = createRunOutcome(plan);
  const { run, storeError } = await runPlan(project, plan, prepared.value, outcome, place, facts);
  for (const problem of await prepared.value.end())
    terminal.say(`A resource could not be torn down: ${problem}`);
  tellResult(run, outcome, options.json, terminal);
  if (storeError) terminal.say(storageErrorText(path, storeError));
  else if (run.status !== 'SUCCESS') tellFailure(run, outcome, prepared.value, terminal);
  return run.status === 'SUCCESS' && !storeError ? 0 : 1;
}

/** When nothing but the config is wrong. */
const configProblems = (error: PlanError) =>
  error.type === 'DefinitionsInvalid' &&
  error.problems.every(({ type }) => type === 'ConfigInvalid' || type === 'ConfigUnused')
    ? error.problems
    : undefined;

interface RunFacts {
  readonly runId: RunId;
  readonly fencing: number;
  readonly target: string;
  readonly latestOf: RunSpec['latestOf'];
  readonly config?: RunConfigData;
  /** As of the beginning of the run. */
  readonly index: AssetIndex;
}

const startOf = ({ projectId }: Project, plan: Plan, { runId, fencing, target, config }: RunFacts) => ({
  projectId,
  runId,
  fencing,
  plan,
  target,
  trigger: 'command line' as const,
  tags: {},
  ...(config === undefined ? {} : { config }),
  onCommitted: () => undefined,
});

async function runPlan(
  project: Project,
  plan: Plan,
  { runner, spec, ...prepared }: PreparedRun,
  outcome: RunOutcome,
  { store, terminal }: Place,
  facts: RunFacts,
): Promise<{ run: RunRecord; storeError: StoreError | undefined }> {
  const { projectId } = project;
  const memory = createMemoryValues();
  const values = createValueReader({ store, sha256, values: valueFacts, memory });
  let storeError: StoreError | undefined;
  const keyWidth = Math.max(...plan.steps.map((step) => step.label.length));
  const deps: RunDeps = {
    clock: nodeClock,
    random: Math.random,
    sha256,
    runner,
    store,
    values: valueFacts,
    readValue: (ref) => values.read(projectId, ref),
    keepInMemory: (pack, bytes) => memory.put(projectId, pack, bytes),
    readManaged: managedReader(projectId, facts.index, store),
    decodeFile: project.decodeFile,
  };
  const handle = executeRun({ ...startOf(project, plan, facts), ...spec, latestOf: facts.latestOf }, deps, {
    onCommitted({ events }) {
      prepared.onCommitted(events);
      for (const event of events) {
        const settled = outcome.take(event);
        if (settled && terminal.isWatched) terminal.say(outcomeLine(settled, keyWidth));
      }
    },
    onLive: () => undefined,
    onStoreFailed(error) {
      storeError = error;
    },
  });
  const cancel = () => {
    terminal.say('Canceling. What is materialized is kept.');
    handle.cancel();
    // A second Ctrl+C ends the process as usual.
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  const run = await handle.ended;
  process.off('SIGINT', cancel).off('SIGTERM', cancel);
  return { run, storeError };
}
