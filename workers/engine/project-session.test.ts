import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { isTerminal } from '#model/events.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asTabId } from '#model/ids.ts';
import { editBetween } from '#model/text-edit.ts';
import { P1 } from '#storage/store-builders.ts';
import { createNodeRunner, type NodeRunner } from '#workers/bodies/node-runner.ts';
import { bundleNodeLane } from '../../vite-runner-plugin.ts';
import { openBrowser, type TestTab } from './session-harness.ts';
import { settle } from './tab-harness.ts';

let runner: NodeRunner;
beforeAll(async () => {
  runner = createNodeRunner({ workerText: await bundleNodeLane(), laneCount: 2, maxHeapMb: 64 });
}, 60_000);
afterAll(() => runner.dispose());

async function open(document: ProjectDocument) {
  const browser = await openBrowser(document, runner);
  onTestFinished(() => browser.close());
  return browser;
}

const eventually = (check: () => void, timeout = 10_000) => vi.waitFor(check, { timeout, interval: 10 });
const sleepy = (ms: number, value: number) =>
  `async () => { await new Promise((done) => setTimeout(done, ${ms})); return ${value}; }`;
const isLeading = (tab: TestTab) => eventually(() => expect(tab.leads()).toBe(true));

/** `first` is quick, `slow` takes its time, `last` needs both. */
const slowChain = () =>
  graph()
    .asset('first', '() => 1')
    .asset(
      'slow',
      `async ({ first }) => { await new Promise((done) => setTimeout(done, 700)); return first + 1; }`,
    )
    .asset('last', '({ first, slow }) => first + slow')
    .document();

test('a follower’s launch is carried out by the leader, and both tell of it', async () => {
  const browser = await open(graph().asset('a', '() => 1').asset('b', '({ a }) => a + 1').document());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const runId = await follower.launch();
  for (const tab of [leader, follower]) {
    await eventually(() => expect(tab.runs().get(runId)).toBe('SUCCESS'));
    await eventually(() => expect(tab.statuses()).toEqual({ a: 'materialized', b: 'materialized' }));
  }
  expect(follower.leads()).toBe(false);
});

test('a follower shows what is running, and its Cancel reaches the leader', async () => {
  const browser = await open(graph().asset('loop', '() => { for (;;); }').document());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const runId = await follower.launch();
  await eventually(() => expect(follower.statuses()).toEqual({ loop: 'running' }));
  await follower.session.cancel(runId);
  await eventually(() => expect(follower.runs().get(runId)).toBe('CANCELED'));
  await eventually(() => expect(follower.statuses()).toEqual({ loop: 'canceled' }));
});

test('an asset goes from queued to materialized without a look back', async () => {
  const { tab } = await open(graph().asset('a', '() => 1').asset('b', '({ a }) => a + 1').document());
  const page = await tab();
  await isLeading(page);
  const seen = () =>
    page.events.flatMap((event) =>
      event.type === 'states'
        ? [...event.states, ...event.live].filter((s) => s.assetId === idOf('b')).map((s) => s.status)
        : [],
    );
  const before = seen().length;
  await page.launch();
  await eventually(() => expect(page.statuses()).toEqual({ a: 'materialized', b: 'materialized' }));
  const order = ['queued', 'running', 'materialized'];
  const places = seen()
    .slice(before)
    .map((status) => order.indexOf(status));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((x, y) => x - y));
});

test('launches of all tabs run one after another, and none is lost', async () => {
  const browser = await open(graph().asset('a', sleepy(40, 1)).document());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const ids = await Promise.all([leader, follower, leader, follower, follower].map((tab) => tab.launch()));
  for (const tab of [leader, follower])
    await eventually(() => expect(ids.map((id) => tab.runs().get(id))).toEqual(ids.map(() => 'SUCCESS')));
  const runs = await browser.store.listRuns(P1, 10);
  const spans = runs.map((run) => [run.startedAt!, run.endedAt!] as const).sort(([a], [b]) => a - b);
  for (const [index, [startedAt]] of spans.entries())
    if (index > 0) expect(startedAt).toBeGreaterThanOrEqual(spans[index - 1]![1]);
});

test('a launch that waits for another run is shown as queued, and can be canceled', async () => {
  const browser = await open(graph().asset('loop', '() => { for (;;); }').document());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const running = await leader.launch();
  await eventually(() => expect(follower.runs().get(running)).toBe('STARTED'));
  const queued = await follower.launch();
  await eventually(() => expect(follower.runs().get(queued)).toBe('QUEUED'));
  await follower.session.cancel(queued);
  await eventually(() => expect(follower.runs().get(queued)).toBe('CANCELED'));
  expect(leader.runs().get(running)).toBe('STARTED');
});

test('when the leader is killed in mid-run the other tab takes over, and the run is interrupted', async () => {
  const browser = await open(slowChain());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const runId = await leader.launch();
  await eventually(() =>
    expect(follower.statuses()).toMatchObject({ first: 'materialized', slow: 'running' }),
  );
  const queued = await follower.launch();
  await eventually(() => expect(follower.runs().get(queued)).toBe('QUEUED'));
  leader.life.kill();
  await isLeading(follower);
  await eventually(() => expect(follower.runs().get(runId)).toBe('INTERRUPTED'));
  expect(follower.runs().get(queued)).toBe('INTERRUPTED');
  await eventually(() =>
    expect(follower.statuses()).toEqual({ first: 'materialized', slow: 'interrupted', last: 'interrupted' }),
  );

  const resumed = await follower.launch({
    reexecution: { parentRunId: runId, strategy: 'FROM_FAILURE' },
    trigger: 'retry',
  });
  await eventually(() => expect(follower.runs().get(resumed)).toBe('SUCCESS'));
  const record = await browser.store.readRun(P1, resumed);
  expect(record).toMatchObject({ assetIds: [idOf('slow'), idOf('last')], succeeded: 2 });
  await eventually(() =>
    expect(follower.statuses()).toEqual({
      first: 'materialized',
      slow: 'materialized',
      last: 'materialized',
    }),
  );
});

test('a frozen leader loses its run to the other tab, and writes nothing when it thaws', async () => {
  const browser = await open(slowChain());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const runId = await leader.launch();
  await eventually(() =>
    expect(follower.statuses()).toMatchObject({ first: 'materialized', slow: 'running' }),
  );
  leader.life.freeze();
  await isLeading(follower);
  await eventually(() => expect(follower.runs().get(runId)).toBe('INTERRUPTED'));
  const resumed = await follower.launch({
    reexecution: { parentRunId: runId, strategy: 'FROM_FAILURE' },
    trigger: 'retry',
  });
  await eventually(() => expect(follower.runs().get(resumed)).toBe('SUCCESS'));

  leader.life.thaw();
  await eventually(() => expect(leader.leads()).toBe(false));
  await eventually(() => expect(leader.runs().get(runId)).toBe('INTERRUPTED'));
  await eventually(() => expect(leader.runs().get(resumed)).toBe('SUCCESS'));
  await eventually(() => expect(leader.statuses()).toEqual(follower.statuses()));
  expect(leader.events.filter((event) => event.type === 'storage')).toEqual([]);
  expect(await browser.store.readRun(P1, runId)).toMatchObject({ status: 'INTERRUPTED', succeeded: 1 });
  // As a follower it is of use.
  const again = await leader.launch();
  await eventually(() => expect(leader.runs().get(again)).toBe('SUCCESS'));
  expect(await browser.store.unfinishedRuns(P1)).toEqual([]);
});

test('what is written between opening and listening is not missed', async () => {
  const browser = await open(graph().asset('a', '() => 1').document());
  const leader = await browser.tab();
  await isLeading(leader);
  const opening = browser.tab();
  const edits = (async () => {
    for (let i = 0; i < 20; i += 1)
      await leader.edit({ type: 'do', command: { type: 'RenameAsset', id: idOf('a'), key: `a${i}` } });
    return leader.launch();
  })();
  const follower = await opening;
  const runId = await edits;
  await eventually(() => expect(follower.runs().get(runId)).toBe('SUCCESS'));
  await eventually(() => expect(follower.statuses()).toEqual({ a19: 'materialized' }));
});

test('opening a project whose run was cut off tells the truth, and every value that is claimed is there', async () => {
  // Killed at many moments of the same run.
  for (let killAfterMs = 0; killAfterMs <= 180; killAfterMs += 20) {
    const browser = await open(
      graph()
        .asset('a', sleepy(30, 1))
        .asset('b', `async ({ a }) => { await new Promise((done) => setTimeout(done, 30)); return a + 1; }`)
        .asset('c', `async ({ b }) => { await new Promise((done) => setTimeout(done, 30)); return b + 1; }`)
        .document(),
    );
    const first = await browser.tab();
    await isLeading(first);
    const runId = await first.launch();
    await new Promise((done) => setTimeout(done, killAfterMs));
    const claimed = Object.entries(first.statuses()).filter(([, status]) => status === 'materialized');
    first.life.kill();
    const second = await browser.tab();
    await isLeading(second);
    const run = await browser.store.readRun(P1, runId);
    if (run) expect(isTerminal(run.status)).toBe(true);
    const statuses = second.statuses();
    expect(statuses).toMatchObject(Object.fromEntries(claimed));
    for (const [key, expected] of Object.entries({ a: 1, b: 2, c: 3 })) {
      if (statuses[key] !== 'materialized') continue;
      const value = second.session.index.heads.get(idOf(key))?.latest?.value;
      expect(value?.summary).toMatchObject({ text: String(expected) });
      expect(await browser.store.readPack(P1, value!.pack)).toBeDefined();
    }
    browser.close();
  }
}, 60_000);

test('edits of two tabs at once all land, in one order that both know', async () => {
  const browser = await open(graph().asset('a', '() => 1').asset('b', '() => 2').document());
  const [one, two] = [await browser.tab(), await browser.tab()];
  const editsOf = async (tab: TestTab, name: 'a' | 'b') => {
    for (let i = 0; i < 30; i += 1) {
      const { document } = tab.session.history();
      const asset = document.assets.get(idOf(name))!;
      if (asset.kind !== 'asset') throw new Error('not code');
      const edit = editBetween(asset.body, `${asset.body}\n// ${name} ${i}`)!;
      await tab.edit({ type: 'do', command: { type: 'EditBody', id: asset.id, edit } });
      await tab.edit({
        type: 'do',
        command: { type: 'MoveItems', assets: [[asset.id, { x: i + 1, y: -i }]] },
      });
    }
  };
  await Promise.all([editsOf(one, 'a'), editsOf(two, 'b')]);
  await settle();
  await eventually(() => expect(one.session.history().entries).toHaveLength(120));
  await eventually(() => expect(two.session.history().entries).toHaveLength(120));
  expect(JSON.stringify(two.session.history().entries)).toBe(JSON.stringify(one.session.history().entries));
  expect(formatDocument(two.session.history().document)).toBe(formatDocument(one.session.history().document));
  const stored = await browser.store.readProject(P1);
  expect(stored?.log).toHaveLength(120);
  const text = formatDocument(one.session.history().document);
  for (let i = 0; i < 30; i += 1) expect(text).toContain(`// b ${i}`);
});

test('a damaged part of the history costs only itself', async () => {
  const browser = await open(graph().asset('a', '() => 1').document());
  const first = await browser.tab();
  await isLeading(first);
  const ids = [await first.launch(), await first.launch(), await first.launch()];
  for (const id of ids) await eventually(() => expect(first.runs().get(id)).toBe('SUCCESS'));
  browser.backing.projects.get(P1)!.segments.delete(2);
  first.life.kill();
  const second = await browser.tab();
  await isLeading(second);
  expect(second.statuses()).toEqual({ a: 'materialized' });
  const runId = await second.launch();
  await eventually(() => expect(second.runs().get(runId)).toBe('SUCCESS'));
});

test('a follower that stays behind hears of a run whose tab was closed, not killed', async () => {
  const browser = await open(slowChain());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const runId = await follower.launch();
  await eventually(() => expect(follower.statuses()).toMatchObject({ slow: 'running' }));
  leader.session.close();
  await isLeading(follower);
  await eventually(() => expect(follower.runs().get(runId)).toBe('INTERRUPTED'));
});

test('an entry says which tab made it', async () => {
  const browser = await open(graph().asset('a').document());
  const [one, two] = [await browser.tab(), await browser.tab()];
  await one.edit({ type: 'do', command: { type: 'RenameAsset', id: idOf('a'), key: 'x' } });
  await eventually(() => expect(two.session.history().entries).toHaveLength(1));
  await two.edit({ type: 'undo' });
  expect(two.session.history().entries.map(({ by, kind }) => [by, kind])).toEqual([
    [asTabId('tab-1'), 'do'],
    [asTabId('tab-2'), 'undo'],
  ]);
});

test('a launch that allows one lane runs one step at a time', async () => {
  const browser = await open(
    graph().asset('a', sleepy(400, 1)).asset('b', sleepy(400, 2)).asset('c', sleepy(400, 3)).document(),
  );
  const tab = await browser.tab();
  await isLeading(tab);
  /** Seconds between the first body that began and the last, on the quick clock of these tests. */
  const spread = async (maxLanes: number) => {
    const runId = await tab.launch({ maxLanes });
    await eventually(() => expect(tab.runs().get(runId)).toBe('SUCCESS'));
    const events = await tab.store.readRunEvents(P1, runId);
    const starts = events.flatMap(({ type, timestamp }) => (type === 'STEP_START' ? [timestamp] : []));
    return Math.max(...starts) - Math.min(...starts);
  };
  expect(await spread(1)).toBeGreaterThan(2);
  expect(await spread(3)).toBeLessThan(1.5);
});

test('a re-execution says which run it repeats, and which came first', async () => {
  const browser = await open(
    graph().asset('a', '() => 1').asset('b', '() => { throw new Error(); }').document(),
  );
  const tab = await browser.tab();
  await isLeading(tab);
  const ended = (id: string) =>
    eventually(() => expect(['SUCCESS', 'FAILURE']).toContain(tab.runs().get(id as never)));
  const first = await tab.launch();
  await ended(first);
  const again = { target: { type: 'assets', ids: [idOf('a'), idOf('b')] }, trigger: 'retry' } as const;
  const all = await tab.launch({ ...again, reexecution: { parentRunId: first, strategy: 'ALL_STEPS' } });
  await ended(all);
  const rest = await tab.launch({ ...again, reexecution: { parentRunId: all, strategy: 'FROM_FAILURE' } });
  await ended(rest);
  const some = await tab.launch({
    target: { type: 'assets', ids: [idOf('a')] },
    reexecution: { parentRunId: rest, strategy: 'SELECTED_STEPS' },
  });
  await ended(some);
  const record = async (id: typeof first) => (await tab.store.readRun(P1, id))!;
  expect((await record(first)).tags).toEqual({});
  expect(await record(all)).toMatchObject({
    stepCount: 2,
    tags: { 'dagster/parent_run_id': first, 'dagster/root_run_id': first },
  });
  expect(await record(rest)).toMatchObject({
    assetIds: [idOf('b')],
    tags: { 'dagster/parent_run_id': all, 'dagster/root_run_id': first, 'dagster/is_resume_retry': 'true' },
  });
  expect((await record(some)).tags).toEqual({
    'dagster/parent_run_id': rest,
    'dagster/root_run_id': first,
    'dagster/step_selection': 'a',
  });
});

test('after a run that keeps two values of each asset, older ones are given up and their history stays', async () => {
  const browser = await open(graph().asset('a', '() => Math.random()').document());
  const tab = await browser.tab();
  await isLeading(tab);
  const packs: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const runId = await tab.launch({ keepValues: 2 });
    await eventually(() => expect(tab.runs().get(runId)).toBe('SUCCESS'));
    const events = await tab.store.readRunEvents(P1, runId);
    packs.push(events.find(({ value }) => value)!.value!.pack);
  }
  const gone = () => tab.store.listDeletedPacks(P1);
  await vi.waitFor(async () => expect(await gone()).toEqual(new Set(packs.slice(0, 2))), 5000);
  expect(await tab.store.readPack(P1, packs[3]!)).toBeDefined();
  expect(await tab.store.readPack(P1, packs[2]!)).toBeDefined();
});
