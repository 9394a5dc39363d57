// The engine of a page that carries one project: everything in memory, no compiler, no other tabs.

import { createCompiler } from '#engine/compiler.ts';
import { recallStripped } from '#engine/stripped-code.ts';
import { valueFacts } from '#engine/value-facts.ts';
import { asTabId } from '#model/ids.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { createPortRunner } from '#workers/bodies/client.ts';
import { createLaneBroker } from '#workers/bodies/lane-broker.ts';
import { createWorkspace } from '#workers/engine/handler.ts';
import { createSha256, createStreamHash, workerClock } from '#workers/engine/platform.ts';
import { yieldToOthers } from '#workers/engine/platform-yield.ts';
import { serveWorkspace } from '#workers/engine/serve-workspace.ts';
import type { PlayerStart } from './contract.ts';

self.onmessage = ({ data }: MessageEvent<PlayerStart>) => {
  self.onmessage = null;
  start(data).catch((thrown: unknown) => reportError(thrown));
};

async function start({ engine, texts }: PlayerStart): Promise<void> {
  const sha256 = await createSha256();
  serveWorkspace(
    createWorkspace({
      store: createMemoryStore(createMemoryBacking()),
      storage: { type: 'memory', reason: 'this page keeps nothing' },
      secrets: createMemorySecrets(),
      runner: createPortRunner(createLaneBroker(engine.runner)),
      sha256,
      values: valueFacts,
      compiler: createCompiler({ strip: recallStripped(texts), sha256 }),
      clock: workerClock,
      random: Math.random,
      newId: () => crypto.randomUUID(),
      newHash: createStreamHash,
      pause: yieldToOthers,
      tabId: asTabId(engine.tabId),
      locks: undefined,
      channel: { post: () => undefined, listen: () => () => undefined },
    }),
    engine,
  );
}
