// `headwater materialize`: one run of the engine over a saved project, kept in a folder.

import { randomUUID } from 'node:crypto';
import { libraryText, workerText } from 'virtual:runner-node';
import { createCompiler } from '#engine/compiler.ts';
import { executeRun } from '#engine/execute-run.ts';
import { interruptRuns } from '#engine/interrupt-runs.ts';
import { planRun } from '#engine/plan.ts';
import type { Plan } from '#engine/plan-types.ts';
import type { Store, StoreError } from '#engine/ports.ts';
import type { RunDeps } from '#engine/run-types.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { RunRecord } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import { type AssetId, asRunId, asTabId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import { messageText } from '#ui/kit/messages.ts';
import { createNodeRunner } from '#workers/bodies/node-runner.ts';
import { decodeToValue } from '#workers/engine/data-files.ts';
import { createValueReader } from '#workers/engine/value-reader.ts';
import { nodeClock } from '../node/node-clock.ts';
import { sha256 } from '../node/sha256.ts';
import { stripTypes } from '../node/strip-types.ts';
import { noticeNewBodies } from './new-bodies.ts';
import { documentByKey, type ProjectFile, readProjectData } from './open-project-file.ts';
import { openStorage, storagePath } from './open-storage.ts';
import { readHeads } from './project-history.ts';
import { createRunOutcome, outcomeJson, outcomeLine, type RunOutcome } from './run-outcome.ts';
import { selectAssets, selectionErrorText, unknownKeysText } from './select-assets.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { failureDetails, failureLine, storageErrorText } from './words.ts';

export interface MaterializeOptions {
  readonly select: string;
  readonly storage: string | undefined;
  readonly json: boolean;
}

const defaultTimeoutMs = 300_000;

export async function materializeProject(
  project: ProjectFile,
  options: MaterializeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  // Two assets of one key would become one below.
  const doubled = validateDocument(project.document).filter(({ type }) => type === 'DuplicateKey');
  for (const problem of doubled) terminal.say(messageText(problem));
  if (doubled.length > 0) return 1;
  const byKey = { ...project, document: documentByKey(project.document) };
  const selection = selectAssets(byKey.document, options.select);
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
    return await materializeIn(byKey, ids, options, { store: opened.value, path, terminal });
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
  project: ProjectFile,
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
  const heads = await readHeads(store, projectId, terminal.say);
  const latestOf = (id: AssetId) => heads.get(id)?.latest;
  const compiler = createCompiler({ strip: stripTypes, sha256 });
  const planned = planRun({ graph: buildGraph(document), selection: ids, compiler, latestOf });
  if (!planned.ok) {
    terminal.say(messageText(planned.error));
    return 1;
  }
  const plan = planned.value;
  const notice = noticeNewBodies(plan, path);
  if (notice !== undefined) terminal.say(notice);
  const outcome = createRunOutcome(plan);
  const { run, storeError } = await runPlan(project, plan, outcome, place, {
    fencing,
    latestOf,
    target: ids === 'all' ? 'all' : options.select,
  });
  tellResult(run, outcome, options.json, terminal);
  if (storeError) terminal.say(storageErrorText(path, storeError));
  else if (run.status !== 'SUCCESS') tellFailure(run, outcome, terminal);
  return run.status === 'SUCCESS' && !storeError ? 0 : 1;
}

interface RunFacts {
  readonly fencing: number;
  readonly target: string;
  readonly latestOf: RunDepsLatest;
}
type RunDepsLatest = Parameters<typeof planRun>[0]['latestOf'];

async function runPlan(
  project: ProjectFile,
  plan: Plan,
  outcome: RunOutcome,
  { store, terminal }: Place,
  facts: RunFacts,
): Promise<{ run: RunRecord; storeError: StoreError | undefined }> {
  const { projectId } = project;
  const runner = createNodeRunner({ workerText, libraryText });
  const values = createValueReader({ store, sha256, values: valueFacts });
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
    async decodeFile(step) {
      // Planning has seen to it that the document has the file.
      const file = project.document.files.get(step.asset.path)!;
      const bytes = readProjectData(project, file);
      return bytes.ok ? decodeToValue(file, bytes.value, step.asset) : bytes;
    },
  };
  const handle = executeRun(
    {
      projectId,
      runId: asRunId(randomUUID()),
      plan,
      trigger: 'command line',
      tags: {},
      defaultTimeoutMs,
      ...facts,
    },
    deps,
    {
      onCommitted({ events }) {
        for (const event of events) {
          const settled = outcome.take(event);
          if (settled && terminal.isWatched) terminal.say(outcomeLine(settled, keyWidth));
        }
      },
      onLive: () => undefined,
      onStoreFailed(error) {
        storeError = error;
      },
    },
  );
  const cancel = () => {
    terminal.say('Canceling. What is materialized is kept.');
    handle.cancel();
    // A second Ctrl+C ends the process as usual.
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  const run = await handle.ended;
  process.off('SIGINT', cancel).off('SIGTERM', cancel);
  runner.dispose();
  return { run, storeError };
}

function tellResult(run: RunRecord, { assets }: RunOutcome, json: boolean, terminal: Terminal): void {
  if (json) {
    const result = { runId: run.runId, status: run.status, assets: assets.map(outcomeJson) };
    terminal.out(JSON.stringify(result, null, 2));
    return;
  }
  const keyWidth = Math.max(...assets.map(({ key }) => key.length));
  terminal.out(assets.map((outcome) => outcomeLine(outcome, keyWidth)).join('\n'));
}

function tellFailure(run: RunRecord, { assets }: RunOutcome, terminal: Terminal): void {
  const failed = assets.filter(({ error }) => error !== undefined);
  const first = failed[0];
  if (run.status === 'CANCELED')
    terminal.say(
      `The run was canceled: ${run.succeeded} of ${run.stepCount} assets are materialized and kept.`,
    );
  else if (first?.error) {
    const more = failed.length > 1 ? ` (and ${failed.length - 1} more failed)` : '';
    terminal.say(`Materialization failed: ${failureLine(first.key, first.error)}${more}`);
  } else terminal.say(`Materialization failed: the run ended as ${run.status}.`);
  for (const { key, error } of failed) {
    if (!error) continue;
    if (key !== first?.key) terminal.say(`  ${failureLine(key, error)}`);
    for (const line of failureDetails(key, error)) terminal.say(line);
  }
  const skipped = assets.filter(({ status }) => status === 'skipped');
  if (skipped.length > 0)
    terminal.say(`  skipped because of that: ${skipped.map(({ key }) => key).join(', ')}`);
}
