// The thread in which a user's module is loaded and its bodies run. Bundled as an entry of its own beside the
// command, so that `headwater` inside the module is this build.

import { register } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Lane } from '#engine/ports.ts';
import { buildGraph } from '#model/graph.ts';
import type { AssetRecord } from '#sdk/context.ts';
import { createManagedFolder } from '../node/managed-folder.ts';
import { type Definitions, documentOf } from '../package/definitions.ts';
import { createRunResources } from '../package/in-process-resources.ts';
import { createInProcessRunner, type InProcessHost } from '../package/in-process-runner.ts';
import { createManagedFiles } from '../package/managed-files.ts';
import { neededResources, withManagers } from '../package/managers.ts';
import { parseRunConfig } from '../package/run-config.ts';
import { silentInit } from '../package/silent-context.ts';
import { createStepBodies } from '../package/step-bodies.ts';
import { loadDefinitions } from './load-definitions.ts';
import { managedPlaces } from './managed-places.ts';
import type {
  ModuleLaunch,
  ModulePrepared,
  ModuleReply,
  ModuleRequest,
  ModuleThreadData,
} from './module-protocol.ts';

if (parentPort === null) throw new Error('A module is opened in a worker thread.');
const port = parentPort;
const { module, hooks, packageEntry } = workerData as ModuleThreadData;
const post = (reply: ModuleReply): void => port.postMessage(reply);

interface PreparedRun {
  readonly host: InProcessHost;
  tearDown(): Promise<readonly string[]>;
}

let prepared: PreparedRun | undefined;
let lane: Lane | undefined;
let lastQuestion = 0;
const questions = new Map<number, (records: readonly AssetRecord[]) => void>();

async function open(): Promise<Definitions | undefined> {
  register(hooks, { data: { packageEntry } });
  const loaded = await loadDefinitions(module);
  if (!loaded.ok) {
    post({ type: 'refused', lines: loaded.error });
    return undefined;
  }
  const { document, problems } = documentOf(loaded.value);
  post({ type: 'opened', document: withManagers(document, loaded.value.resources), problems });
  return loaded.value;
}

async function prepare(definitions: Definitions, launch: ModuleLaunch): Promise<ModulePrepared> {
  const { plan, runId } = launch;
  const { resources } = definitions;
  const written = documentOf(definitions);
  const document = withManagers(written.document, resources);
  const bodies = createStepBodies(plan, written.bodies);
  let configOf: ReturnType<typeof parseRunConfig>;
  try {
    configOf = parseRunConfig(launch.config, plan, bodies, document);
  } catch (thrown) {
    return { type: 'config-refused', message: messageOf(thrown) };
  }
  const init = silentInit(runId);
  try {
    const run = createRunResources({
      resources,
      config: launch.config?.resources,
      runId,
      files: createManagedFiles(createManagedFolder(launch.managed)),
    });
    const tearDown = async () => (await run.tearDown(init)).map(messageOf);
    try {
      await run.setUp(neededResources(plan, bodies, document, resources), init);
    } catch (thrown) {
      await tearDown();
      throw thrown;
    }
    prepared = {
      tearDown,
      host: {
        bodyOf: (step) => bodies.run(step),
        onValue: () => undefined,
        async onStepEnd(step, outcome, host) {
          const thrown = outcome.type === 'failure' ? bodies.thrownBy(step.stepKey) : undefined;
          if (thrown) post({ type: 'thrown', stepKey: step.stepKey, stack: stackOf(thrown.error) });
          return bodies.callHooks(step, outcome, host, run.host);
        },
        resources: run.host,
        history: { records: readRecords },
      },
    };
  } catch (thrown) {
    return { type: 'setup-failed', message: messageOf(thrown), details: stackOf(thrown) };
  }
  const config = new Map(
    plan.steps.flatMap((step) => {
      const value = step.kind === 'code' ? configOf(step) : undefined;
      return value === undefined ? [] : [[step.stepKey, value] as const];
    }),
  );
  return { type: 'prepared', config, managed: managedPlaces(plan, buildGraph(document), bodies) };
}

function readRecords(assetKey: string, limit: number): Promise<readonly AssetRecord[]> {
  lastQuestion += 1;
  const id = lastQuestion;
  post({ type: 'read-records', id, assetKey, limit });
  return new Promise((resolve) => questions.set(id, resolve));
}

const opened = open();
port.on('message', async (request: ModuleRequest) => {
  switch (request.type) {
    case 'prepare': {
      const definitions = await opened;
      if (definitions) post(await prepare(definitions, request.launch));
      return;
    }
    case 'start-lane':
      lane?.terminate();
      lane =
        prepared &&
        createInProcessRunner(prepared.host).startLane({
          onReply: (reply) => post({ type: 'lane', reply }),
          onDead: () => undefined,
        });
      return;
    case 'lane':
      lane?.send(request.request);
      return;
    case 'records':
      questions.get(request.id)?.(request.records);
      questions.delete(request.id);
      return;
    case 'tear-down':
      post({ type: 'torn-down', problems: (await prepared?.tearDown()) ?? [] });
  }
});

const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : `Thrown: ${String(thrown)}`;

/** The frames of the user's own code. */
function stackOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return [];
  const here = new URL('.', packageEntry).href;
  return thrown.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes(here) && !line.includes('node:internal'))
    .map((line) => line.trim());
}
