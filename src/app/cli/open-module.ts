// A TypeScript module that exports `Definitions`, as a project. Its assets go by their keys; the module lives in a
// thread of its own, which is ended when the project is closed.

import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, ok, type Result } from '#base/result.ts';
import { createCompiler } from '#engine/compiler.ts';
import type { ManagedInput } from '#engine/lane-protocol.ts';
import { asProjectId } from '#model/ids.ts';
import type { AssetHistory } from '#sdk/context.ts';
import { messageText } from '#ui/kit/messages.ts';
import { sha256 } from '../node/sha256.ts';
import { decodeFile } from '../package/file-data.ts';
import { historyOf, RecordedSteps } from '../package/history.ts';
import { createModuleRunner } from './module-runner.ts';
import { type ModuleThread, startModuleThread } from './module-thread.ts';
import { managedPath } from './open-storage.ts';
import type { Launch, PreparedRun, PrepareError, Project } from './project.ts';

/** `here` is the URL of the command's own file; the built package and the thread's script lie beside it. */
export async function openModule(file: string, here: string): Promise<Result<Project, readonly string[]>> {
  const path = resolve(file);
  const projectId = asProjectId(basename(path));
  const stacks = new Map<string, readonly string[]>();
  let history: AssetHistory | undefined;
  const beside = (name: string) => new URL(name, here);
  const startThread = (): ModuleThread =>
    startModuleThread({
      script: beside('module-worker.mjs'),
      data: {
        module: pathToFileURL(path).href,
        packageEntry: beside('package.mjs').href,
        hooks: beside('module-hooks.mjs').href,
      },
      history: () => history,
      onThrown: (stepKey, stack) => void stacks.set(stepKey, stack),
    });

  const first = startThread();
  const opened = await first.opened;
  if (!opened.ok) {
    await first.end();
    return opened;
  }
  const { document } = opened.value;
  const problems = opened.value.problems.map(messageText);

  async function prepare(launch: Launch): Promise<Result<PreparedRun, PrepareError>> {
    const recorded = new RecordedSteps();
    history = historyOf(launch.store, projectId, launch.plan, recorded);
    const request = {
      runId: launch.runId,
      plan: launch.plan,
      config: launch.config,
      managed: managedPath(launch.storage, projectId),
    };
    const reply = await first.prepare(request);
    if (reply.type === 'config-refused') return err({ type: 'ConfigRefused', message: reply.message });
    if (reply.type === 'setup-failed') return err({ ...reply, type: 'SetupFailed' });
    const managed = new Map<string, ManagedInput>(
      reply.managed.map((place) => [`${place.stepKey}\u0000${place.input}`, place.managed]),
    );
    const runner = createModuleRunner({
      first,
      startThread,
      prepare: (thread) => thread.prepare(request),
    });
    return ok({
      runner,
      spec: {
        // Bodies have the machine to themselves here: only a limit of their own ends them.
        defaultTimeoutMs: Number.POSITIVE_INFINITY,
        configOf: ({ stepKey }) => reply.config.get(stepKey) ?? reply.config.get(unmapped(stepKey)),
        managerOf: ({ name }, { stepKey }) =>
          managed.get(`${stepKey}\u0000${name}`) ?? managed.get(`${unmapped(stepKey)}\u0000${name}`),
      },
      onCommitted: (events) => recorded.note(events),
      stackOf: (stepKey) => stacks.get(stepKey),
      async end() {
        const { thread } = runner;
        const said = thread.isOver ? [] : await thread.tearDown();
        await thread.end();
        return said;
      },
    });
  }

  return ok({
    path,
    projectId,
    document,
    // Functions are JavaScript already: there is nothing to strip.
    compiler: createCompiler({ strip: ok, sha256 }),
    configIn: 'bodies',
    findProblems: () => problems,
    findFatalProblems: () => problems,
    // Planning has seen to it that the document has the file.
    decodeFile: (step) => decodeFile(document.files.get(step.asset.path)!, step.asset),
    prepare,
    close: () => first.end(),
  });
}

/** The key of the op behind a step that was made for one value of a dynamic output. */
const unmapped = (stepKey: string): string => stepKey.replace(/\[\w+\]$/, '');
