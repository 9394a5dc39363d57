import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, DataFile } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import type { AssetId } from '#model/ids.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { createNodeRunner, type NodeRunner } from '#workers/bodies/node-runner.ts';
import { bundleNodeLane } from '../../vite-runner-plugin.ts';
import type { BodyRunner } from './ports.ts';
import { createRunHarness } from './run-harness.ts';

let runner: NodeRunner;
beforeAll(async () => {
  runner = createNodeRunner({ workerText: await bundleNodeLane(), laneCount: 2, maxHeapMb: 64 });
}, 60_000);
afterAll(() => runner.dispose());

const clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const harness = () => createRunHarness(runner, sha256, clock);

test('values flow along the edges, across lanes too', async () => {
  const h = harness();
  const document = graph()
    .asset('a', '() => [1, 2]')
    .asset(
      'b',
      'async ({ a }) => { await new Promise((r) => setTimeout(r, 30)); return a.map((x) => x + 1); }',
    )
    .asset(
      'c',
      'async ({ a }) => { await new Promise((r) => setTimeout(r, 30)); return a.map((x) => x * 10); }',
    )
    .asset('d', '({ b, c }) => [...b, ...c]')
    .document();
  const { run } = await h.run(document);
  expect(run.status).toBe('SUCCESS');
  expect(h.valueOf(idOf('d'))).toEqual([2, 3, 10, 20]);
});

test('an asset is said to be done when its value is stored, and not before', async () => {
  const said: boolean[] = [];
  const h = createRunHarness(runner, sha256, clock, (live, isMaterialized) => {
    if (live === undefined) said.push(isMaterialized);
  });
  await h.run(graph().asset('a', '() => 1').asset('b', '({ a }) => a').asset('c', '({ b }) => b').document());
  expect(said.length).toBeGreaterThanOrEqual(3);
  expect(said).not.toContain(false);
});

test('an error names the line and column in the author’s own source', async () => {
  const h = harness();
  const document = graph()
    .asset('fine')
    .asset('bad', 'function bad() {\n  const rows = null;\n  return rows.length;\n}')
    .document();
  const { run, events } = await h.run(document);
  expect(run.status).toBe('FAILURE');
  const failure = events.find((event) => event.type === 'STEP_FAILURE')!;
  expect(failure.error).toMatchObject({
    name: 'TypeError',
    position: { assetKey: 'bad', line: 3, column: 15 },
  });
  expect(failure.error?.stack).toEqual(['at bad (bad:3:15)']);
});

test('downstream of a failed step is abandoned with Dagster’s words, and others go on', async () => {
  const h = harness();
  const document = graph()
    .asset('bad', '() => { throw new Error("x"); }')
    .asset('child', '({ bad }) => bad')
    .asset('grandchild', '({ child }) => child')
    .asset('other', '() => 1')
    .document();
  const { run, events } = await h.run(document);
  expect(run).toMatchObject({ status: 'FAILURE', succeeded: 1, failed: 1, skipped: 2 });
  expect(events.filter((event) => event.type === 'LOG').map((event) => event.message)).toEqual([
    "Dependencies for step child failed: ['bad']. Not executing.",
    "Dependencies for step grandchild were not executed: ['child']. Not executing.",
  ]);
});

test('a body past its time limit fails, and the steps behind it run', async () => {
  const h = harness();
  const document = graph()
    .asset('loop', '() => { for (;;); }', { timeoutSeconds: 0.3 })
    .asset('other', '() => 2')
    .document();
  const { run, events } = await h.run(document);
  expect(run).toMatchObject({ status: 'FAILURE', succeeded: 1, failed: 1 });
  expect(events.find((event) => event.type === 'STEP_FAILURE')?.error?.name).toBe('StepTimeout');
});

test('what stands beside an endless loop runs, whatever was known of them', async () => {
  const h = harness();
  const names = ['a', 'b', 'c', 'd', 'e'];
  const build = (loop: string) => {
    let built = graph().asset('loop', loop);
    for (const name of names) built = built.asset(name, `() => '${name}'`);
    return built.asset('behind', '({ loop }) => loop').asset('both', '({ a, b }) => a + b').document();
  };
  const expectOthers = async (keys?: readonly string[]) => {
    const handle = h.start(build('() => { for (;;); }'), keys);
    const made = () =>
      new Set(
        h.commits
          .flatMap((commit) => commit.events)
          .filter((event) => event.runId === handle.runId && event.type === 'STEP_SUCCESS')
          .map((event) => event.stepKey),
      );
    await expect.poll(made, { timeout: 5_000 }).toEqual(new Set([...names, 'both']));
    handle.cancel();
    expect(await handle.ended).toMatchObject({ status: 'CANCELED', succeeded: 6 });
  };
  await expectOthers();
  await h.run(build('() => 1'));
  // All are known to be short now, and travel together.
  await expectOthers();
  await h.run(build('() => 1'));
});

test('a long step that ends keeps its lane in order, when what was behind it has been taken away', async () => {
  const h = harness();
  const build = (long: string) => {
    let built = graph().asset('long', long);
    for (let i = 0; i < 40; i += 1)
      built = built.asset(`s${i}`, i % 2 ? `({ s${i - 1} }) => s${i - 1} + 1` : `() => ${i}`);
    return built.asset('last', '({ long, s39 }) => [long, s39]').document();
  };
  await h.run(build('() => 1'));
  const busy = '() => { const until = Date.now() + 400; while (Date.now() < until); return 2; }';
  const { run } = await h.run(build(busy));
  expect(run).toMatchObject({ status: 'SUCCESS', succeeded: 42 });
  expect(h.valueOf(idOf('last'))).toEqual([2, 39]);
  for (let i = 1; i < 40; i += 2) expect(h.valueOf(idOf(`s${i}`))).toBe(i);
});

test('what was given to a lane that does not start runs in another', async () => {
  let started = 0;
  const secondHangs: BodyRunner = {
    laneCount: 2,
    startLane(events) {
      started += 1;
      return started === 2 ? { send: () => undefined, terminate: () => undefined } : runner.startLane(events);
    },
  };
  const h = createRunHarness(secondHangs, sha256, clock);
  let built = graph();
  for (let i = 0; i < 6; i += 1)
    built = built.asset(`s${i}`, `async () => { await new Promise((r) => setTimeout(r, 20)); return ${i}; }`);
  expect((await h.run(built.document())).run).toMatchObject({ status: 'SUCCESS', succeeded: 6 });
  expect(started).toBe(2);
});

test('a step behind a file that takes long to decode runs', async () => {
  const h = createRunHarness(runner, sha256, clock, undefined, async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const encoded = encodeValue([1, 2]);
    if (!encoded.ok) throw new Error(encoded.error.type);
    return { ok: true, bytes: encoded.value };
  });
  const rest = graph().asset('sum', '({ rows }) => rows[0] + rows[1]').document();
  const rows = {
    kind: 'file',
    id: idOf('rows'),
    key: 'rows',
    path: 'rows.json',
    position: { x: 0, y: 0 },
  } as const;
  const document = {
    ...rest,
    assets: new Map<AssetId, Asset>([[rows.id, rows], ...rest.assets]),
    files: new Map<string, DataFile>([
      ['rows.json', { path: 'rows.json', format: 'json', sha256: '0'.repeat(64), bytes: 6 }],
    ]),
  } as const;
  expect((await h.run(document)).run).toMatchObject({ status: 'SUCCESS', succeeded: 2 });
  expect(h.valueOf(idOf('sum'))).toBe(3);
});

test('cancel ends an endless loop and says so', async () => {
  const h = harness();
  const handle = h.start(
    graph().asset('loop', '() => { for (;;); }').asset('after', '({ loop }) => loop').document(),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  handle.cancel();
  const run = await handle.ended;
  expect(run.status).toBe('CANCELED');
  const reasons = h.commits.flatMap((commit) => commit.events).flatMap((event) => event.reason ?? []);
  expect(reasons).toEqual(['USER_TERMINATION', 'USER_TERMINATION']);
});

test('a heap bomb fails with "ran out of memory" and the steps beside it succeed', async () => {
  const h = harness();
  const document = graph()
    .asset('bomb', '() => { const all = []; for (;;) all.push(new Array(1e5).fill({})); }')
    .asset('slow', 'async () => { await new Promise((r) => setTimeout(r, 400)); return 1; }')
    .asset('next', '({ slow }) => slow + 1')
    .document();
  const { run, events } = await h.run(document);
  expect(run).toMatchObject({ status: 'FAILURE', succeeded: 2, failed: 1 });
  expect(events.find((event) => event.type === 'STEP_FAILURE')?.error?.message).toContain(
    'ran out of memory',
  );
}, 60_000);

test('a changed body makes the asset stale with its reason, and taking the change back makes it fresh', async () => {
  const h = harness();
  const before = graph().asset('a', '() => 1').asset('b', '({ a }) => a').document();
  await h.run(before);
  expect(h.staleCauses(before)).toEqual({});
  const changed = graph(before).asset('a', '() => 2').document();
  expect(h.staleCauses(changed)).toEqual({ a: ['has a new code version'] });
  const reformatted = graph(before).asset('a', '()   =>   1 // the same').document();
  expect(h.staleCauses(reformatted)).toEqual({});
  const broken = graph(before).asset('a', '() => {').document();
  expect(h.staleCauses(broken)).toEqual({ a: ['has a new code version'] });
  await h.run(changed, ['a']);
  expect(h.staleCauses(changed)).toEqual({ b: ['has a new dependency data version'] });
  await h.run(before, ['a']);
  expect(h.staleCauses(before)).toEqual({});
});

test('an equal value is stored once and has the same data version', async () => {
  const h = harness();
  const document = graph().asset('a', '() => ({ x: 1, y: [2] })').document();
  await h.run(document);
  const first = h.index.heads.get(idOf('a'))?.latest;
  await h.run(document);
  const second = h.index.heads.get(idOf('a'))?.latest;
  expect(second?.dataVersion).toBe(first?.dataVersion);
  expect(second?.value).toEqual(first?.value);
  expect(h.commits.flatMap((commit) => commit.packs)).toHaveLength(1);
});

test('shared modules and libraries of one step are its own', async () => {
  const h = harness();
  const counting = '() => { return next(); }';
  const withImport = (body: string) => `${body}`;
  const document = graph()
    .module('counter', 'let n = 0;\nexport const next = () => ++n;')
    .asset('one', withImport(counting))
    .asset('two', withImport(counting))
    .document();
  const assets = new Map(
    [...document.assets].map(([id, asset]) => [
      id,
      asset.kind === 'asset'
        ? { ...asset, body: `import { next } from '#lib/counter.ts';\n${asset.body}` }
        : asset,
    ]),
  );
  await h.run({ ...document, assets });
  expect([h.valueOf(idOf('one')), h.valueOf(idOf('two'))]).toEqual([1, 1]);
});

test('2,000 assets in a random graph run in order and keep every value', async () => {
  const h = harness();
  let builder = graph();
  const assets = new Map();
  for (let i = 0; i < 2000; i++) {
    const parents = i === 0 ? [] : [...new Set([(i * 7919) % i, (i * 104729) % i])].slice(0, 1 + (i % 2));
    const names = parents.map((p) => `n${p}`);
    builder = graph().asset(
      `n${i}`,
      `({ ${names.join(', ')} }) => 1 + ${names.join(' + ') || '0'} - ${i % 3}`,
    );
    for (const [id, asset] of builder.document().assets) assets.set(id, asset);
  }
  const document = { ...graph().document(), assets };
  const { run } = await h.run(document);
  expect(run).toMatchObject({ status: 'SUCCESS', succeeded: 2000 });
  const expected: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const parents = i === 0 ? [] : [...new Set([(i * 7919) % i, (i * 104729) % i])].slice(0, 1 + (i % 2));
    expected.push(1 + parents.reduce((sum, p) => sum + expected[p]!, 0) - (i % 3));
    if (i % 97 === 0) expect(h.valueOf(idOf(`n${i}`))).toBe(expected[i]);
  }
}, 60_000);
