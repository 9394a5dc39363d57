import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createCompiler } from '#engine/compiler.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { WorkspaceEvent, WorkspacePort } from '#engine/workspace-port.ts';
import type { AssetState } from '#model/asset-state.ts';
import type { Command } from '#model/commands/command.ts';
import { appendEntry, entryFor, type History } from '#model/history.ts';
import { type AssetId, asTabId, type ProjectId } from '#model/ids.ts';
import { editBetween } from '#model/text-edit.ts';
import { createMemorySecrets } from '#storage/memory-secrets.ts';
import { createMemoryBacking, createMemoryStore } from '#storage/memory-store.ts';
import { createNodeRunner, type NodeRunner } from '#workers/bodies/node-runner.ts';
import { stripTypes } from '../../src/app/node/strip-types.ts';
import { bundleNodeLane } from '../../vite-runner-plugin.ts';
import { createWorkspace } from './handler.ts';
import { createChannelHub, createLockTable, createTabLife } from './tab-harness.ts';

let runner: NodeRunner;
beforeAll(async () => {
  runner = createNodeRunner({ workerText: await bundleNodeLane(), laneCount: 1, maxHeapMb: 64 });
}, 60_000);
afterAll(() => runner.dispose());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

/** A browser; each tab has one project open at a time. */
function browser() {
  const backing = createMemoryBacking();
  const locks = createLockTable();
  const hub = createChannelHub();
  let ids = 0;
  return {
    tab(name: string) {
      const life = createTabLife();
      const workspace = createWorkspace({
        store: createMemoryStore(backing),
        runner,
        sha256,
        values: valueFacts,
        compiler: createCompiler({ strip: stripTypes, sha256 }),
        clock: {
          now: () => Date.now(),
          after(ms, callback) {
            const timer = setTimeout(callback, ms);
            return () => clearTimeout(timer);
          },
        },
        random: () => 0.5,
        newId: () => `${name}-${++ids}`,
        secrets: createMemorySecrets(),
        tabId: asTabId(name),
        locks: locks.portOf(life),
        channel: hub.channelOf(life),
        storage: { type: 'durable', persisted: false },
        newHash: async () => {
          const hash = createHash('sha256');
          return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
        },
      });
      onTestFinished(() => workspace.closeProject());
      return workspace;
    },
  };
}

const projectText = (name: string, assets: readonly object[]) =>
  JSON.stringify({
    format: 'headwater',
    version: 3,
    name,
    assets: assets.map((asset) => ({ position: { x: 0, y: 0 }, ...asset })),
  });
const sales = (value: string) =>
  projectText('Sales', [{ id: 'o', kind: 'asset', key: 'orders', body: `export default () => ${value};\n` }]);
const report = projectText('Reports', [
  { id: 'x', kind: 'external', key: 'orders', location: 'Sales' },
  { id: 'r', kind: 'asset', key: 'report', body: 'export default ({ orders }) => orders.length;\n' },
]);

async function add(workspace: WorkspacePort, text: string): Promise<ProjectId> {
  const added = await workspace.importProject(text, []);
  if (!added.ok) throw new Error(JSON.stringify(added.error));
  return added.value;
}

/** Opens a project, and keeps up with its states. */
async function open(workspace: WorkspacePort, projectId: ProjectId) {
  const states = new Map<AssetId, AssetState>();
  let runs: readonly string[] = [];
  const take = (event: WorkspaceEvent) => {
    if (event.type === 'states') for (const state of event.states) states.set(state.assetId, state);
    if (event.type === 'runs') runs = event.runs.map(({ status }) => status);
  };
  onTestFinished(workspace.subscribe(take));
  const opened = await workspace.openProject(projectId);
  if (!opened) throw new Error('it does not open');
  for (const state of opened.states) states.set(state.assetId, state);
  let history: History = { document: opened.document, entries: opened.entries, done: [], undone: [] };
  return {
    stateOf: (id: string) => states.get(id as AssetId),
    async edit(command: Command) {
      const entry = entryFor(history, { type: 'do', command }, { by: asTabId('a tab'), at: 1 });
      if (!entry.ok || !entry.value) throw new Error('nothing to do');
      const appended = await workspace.appendEntry(projectId, history.entries.length, entry.value);
      if (!appended.ok) throw new Error(appended.error.type);
      const next = appendEntry(history, entry.value);
      if (next.ok) history = next.value;
    },
    async materializeAll() {
      const { length } = history.entries;
      const launched = await workspace.launch(projectId, {
        target: { type: 'all' },
        seq: length,
        trigger: 'manual',
      });
      if (!launched.ok) throw new Error(JSON.stringify(launched.error));
      await eventually(() => expect(runs).toContain('SUCCESS'));
      runs = [];
    },
  };
}

test('an external asset finds what another project made: its value is loaded, and a newer one makes readers stale', async () => {
  const { tab } = browser();
  const one = tab('one');
  const two = tab('two');
  const salesId = await add(one, sales('[1, 2, 3]'));
  const reportsId = await add(one, report);
  const source = await open(one, salesId);
  await source.materializeAll();

  const reader = await open(two, reportsId);
  const latest = reader.stateOf('x')?.latest;
  expect(latest?.location).toEqual({ projectId: salesId, name: 'Sales' });
  expect(reader.stateOf('x')?.status).toBe('external');
  expect(await two.preview(reportsId, latest!.value!)).toMatchObject({ type: 'tree' });
  expect(await two.history(reportsId, 'x' as AssetId, 10)).toHaveLength(1);

  await reader.materializeAll();
  await eventually(() => expect(reader.stateOf('r')?.status).toBe('materialized'));
  expect(reader.stateOf('r')?.latest?.value?.summary.text).toBe('3');

  await source.edit({
    type: 'EditBody',
    id: 'o' as AssetId,
    edit: editBetween('export default () => [1, 2, 3];\n', 'export default () => [1];\n')!,
  });
  await source.materializeAll();
  await eventually(() => expect(reader.stateOf('r')?.status).toBe('stale'));
  expect(reader.stateOf('r')?.staleCauses).toMatchObject([{ category: 'DATA', dependency: 'orders' }]);
  await reader.materializeAll();
  await eventually(() => expect(reader.stateOf('r')?.latest?.value?.summary.text).toBe('1'));
});

test('a project is read as a location: what is in it, what is wrong with it, what it comes from', async () => {
  const { tab } = browser();
  const workspace = tab('one');
  const salesId = await add(workspace, sales('1'));
  const reportsId = await add(workspace, report);
  const brokenId = await add(
    workspace,
    projectText('Broken', [
      { id: 'a', kind: 'asset', key: 'a', body: 'export default ({ b }) => b;\n' },
      { id: 'b', kind: 'asset', key: 'b', body: 'export default ({ a }) => a;\n' },
    ]),
  );
  expect(await workspace.readLocation(salesId)).toMatchObject({
    name: 'Sales',
    state: { type: 'loaded', keys: ['orders'], problems: [], dependsOn: [] },
  });
  expect(await workspace.readLocation(reportsId)).toMatchObject({
    state: { keys: ['report'], dependsOn: ['Sales'] },
  });
  const broken = await workspace.readLocation(brokenId);
  expect(broken?.state.type === 'loaded' && broken.state.problems.length).toBeGreaterThan(0);
  expect(await workspace.readLocation('gone' as ProjectId)).toBeUndefined();
});
