// A browser with several tabs that have one project open, over a store in memory and real body threads. Test
// code only.

import { createHash } from 'node:crypto';
import { ok } from '#base/result.ts';
import { createCompiler } from '#engine/compiler.ts';
import { createMemoryValues } from '#engine/memory-values.ts';
import type { BodyRunner, Store, StripTypes } from '#engine/ports.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { LaunchRequest, WorkspaceEvent } from '#engine/workspace-port.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { entryFor, type Intent } from '#model/history.ts';
import { asTabId, type RunId } from '#model/ids.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { P1, projectRow } from '#storage/store-builders.ts';
import { openSession, type ProjectSession } from './project-session.ts';
import {
  clockOf,
  createChannelHub,
  createFastClock,
  createLockTable,
  createTabLife,
  storeOf,
  type TabLife,
} from './tab-harness.ts';
import { createValueReader } from './value-reader.ts';

export interface TestTab {
  readonly life: TabLife;
  readonly session: ProjectSession;
  readonly events: readonly WorkspaceEvent[];
  readonly store: Store;
  leads(): boolean;
  /** What the page would show: the last told status of each asset, by key. */
  statuses(): Record<string, string>;
  /** The last told status of each run. */
  runs(): Map<RunId, string>;
  edit(intent: Intent): Promise<void>;
  launch(request?: Partial<LaunchRequest>): Promise<RunId>;
}

/** Time goes `speed` times as fast for leading and for shown progress. */
const speed = 4;

/** Bodies are plain JavaScript unless there is a stripper. */
export async function openBrowser(document: ProjectDocument, runner: BodyRunner, strip: StripTypes = ok) {
  const backing = createMemoryBacking();
  const bare = createMemoryStore(backing);
  const clock = createFastClock(speed);
  const locks = createLockTable();
  const hub = createChannelHub();
  const opened: TestTab[] = [];
  let ids = 0;
  await bare.createProject(projectRow(P1), formatDocument(document));

  async function tab(): Promise<TestTab> {
    const life = createTabLife();
    const events: WorkspaceEvent[] = [];
    const tabId = asTabId(`tab-${opened.length + 1}`);
    const store = storeOf(life, createMemoryStore(backing));
    const memory = createMemoryValues();
    const reader = createValueReader({ store, sha256, values: valueFacts, memory });
    const session = await openSession(P1, {
      store,
      runner,
      sha256,
      values: valueFacts,
      compiler: createCompiler({ strip, sha256 }),
      clock: clockOf(life, clock),
      random: () => 0.5,
      newId: () => `id-${++ids}`,
      secrets: createMemorySecrets(),
      memory,
      tabId,
      locks: locks.portOf(life),
      channel: hub.channelOf(life),
      decodeFile: () => async () => ({ ok: false, error: { name: 'FileMissing', message: 'no files here' } }),
      readValue: (projectId) => (ref) => reader.read(projectId, ref),
      emit: (event) => events.push(event),
    });
    if (!session) throw new Error('the project is missing');
    const statusById = new Map(session.opened.states.map((state) => [state.assetId, state.status]));
    const self: TestTab = {
      life,
      session,
      events,
      store,
      leads: () => events.findLast((event) => event.type === 'leading')?.leading ?? false,
      statuses() {
        for (const event of events)
          if (event.type === 'states')
            for (const state of [...event.states, ...event.live]) statusById.set(state.assetId, state.status);
        const assets = [...session.history().document.assets.values()];
        return Object.fromEntries(assets.map((asset) => [asset.key, statusById.get(asset.id) ?? 'never']));
      },
      runs() {
        const runs = new Map(session.opened.runs.map((run) => [run.runId, run.status as string]));
        for (const event of events)
          if (event.type === 'runs') for (const run of event.runs) runs.set(run.runId, run.status);
        return runs;
      },
      async edit(intent) {
        for (;;) {
          const history = session.history();
          const entry = entryFor(history, intent, { by: tabId, at: clock.now() });
          if (!entry.ok) throw new Error(entry.error.type);
          if (!entry.value) return;
          const answer = await session.append(history.entries.length, entry.value);
          if (answer.ok) return;
          if (answer.error.type !== 'Behind') throw new Error(answer.error.type);
        }
      },
      async launch(request = {}) {
        const launched = await session.launch({
          target: { type: 'all' },
          seq: session.history().entries.length,
          trigger: 'manual',
          ...request,
        });
        if (!launched.ok) throw new Error(JSON.stringify(launched.error));
        return launched.value;
      },
    };
    opened.push(self);
    return self;
  }

  return {
    tab,
    store: bare,
    backing,
    close() {
      for (const { session, life } of opened) {
        session.close();
        life.kill();
      }
    },
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
