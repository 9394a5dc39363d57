// The app's engine worker, composed as workers/engine/start-engine.ts composes it, with two handles of the
// benchmark's own: the memory of compiled bodies can be emptied, and lanes can run without the sandbox.

import * as Comlink from 'comlink';
import { createCompiler } from '#engine/compiler.ts';
import type { BodyRunner } from '#engine/ports.ts';
import { valueFacts } from '#engine/value-facts.ts';
import { asTabId } from '#model/ids.ts';
import { openDexieStore } from '#storage/dexie-store.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createPortRunner } from '#workers/bodies/client.ts';
import { createLaneBroker } from '#workers/bodies/lane-broker.ts';
import type { EngineStart } from '#workers/engine/contract.ts';
import { createWorkspace } from '#workers/engine/handler.ts';
import {
  createLocks,
  createSha256,
  createStreamHash,
  createTabChannel,
  workerClock,
} from '#workers/engine/platform.ts';
import { createStripper } from '#workers/engine/type-stripper.ts';
import { measureAcrossLanes } from './lane-hand-off.ts';
import { createPlainRunner } from './plain-runner.ts';

export type BenchCommand =
  | { readonly type: 'forget-compiled' }
  | { readonly type: 'use-runner'; readonly runner: 'sandbox' | 'plain' }
  | { readonly type: 'across-lanes'; readonly rows: number };

async function start(ports: EngineStart): Promise<void> {
  const sandbox = createPortRunner(createLaneBroker(ports.runner));
  let plain: BodyRunner | undefined;
  let current: BodyRunner = sandbox;
  const [sha256, strip, opened] = await Promise.all([
    createSha256(),
    createStripper(),
    openDexieStore({ name: 'headwater-bench' }),
  ]);
  if (!opened.ok) throw new Error(`The store did not open: ${opened.error.type}`);
  let compiler = createCompiler({ strip, sha256 });
  const workspace = createWorkspace({
    store: opened.value,
    storage: { type: 'durable', persisted: false },
    runner: {
      get laneCount() {
        return current.laneCount;
      },
      startLane: (handler) => current.startLane(handler),
    },
    sha256,
    values: valueFacts,
    compiler: {
      strip,
      compile: (holder, document) => compiler.compile(holder, document),
      compileOps: (unit, document) => compiler.compileOps(unit, document),
      compileResource: (resource, document) => compiler.compileResource(resource, document),
    },
    clock: workerClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    newHash: createStreamHash,
    secrets: createMemorySecrets(),
    tabId: asTabId(ports.tabId),
    locks: createLocks(),
    channel: createTabChannel(),
  });
  workspace.subscribe((event) => ports.events.postMessage(event));
  const { subscribe: _, ...api } = workspace;
  Comlink.expose(api, ports.calls);

  self.onmessage = async ({ data, ports: [reply] }: MessageEvent<BenchCommand>) => {
    let answer: unknown;
    if (data.type === 'forget-compiled') compiler = createCompiler({ strip, sha256 });
    else if (data.type === 'use-runner') {
      plain ??= createPlainRunner(() => sandbox.laneCount);
      current = data.runner === 'plain' ? plain : sandbox;
    } else answer = await measureAcrossLanes(sandbox, data.rows);
    reply?.postMessage(answer);
  };
}

self.onmessage = ({ data }: MessageEvent<EngineStart>) => {
  self.onmessage = null;
  void start(data);
};
