// Values that the default store does not keep: in the memory of a tab, or by an IO manager of the project.

import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import type { RunId } from '#model/ids.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { P1 } from '#storage/store-builders.ts';
import { createNodeRunner, type NodeRunner } from '#workers/bodies/node-runner.ts';
import { bundleNodeLane } from '../../vite-runner-plugin.ts';
import { openBrowser, type TestTab } from './session-harness.ts';

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

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

async function leading(browser: Awaited<ReturnType<typeof open>>): Promise<TestTab> {
  const tab = await browser.tab();
  await eventually(() => expect(tab.leads()).toBe(true));
  return tab;
}

async function run(tab: TestTab, keys: readonly string[]): Promise<string> {
  const runId: RunId = await tab.launch({ target: { type: 'assets', ids: keys.map(idOf) } });
  await eventually(() => expect(tab.runs().get(runId)).toMatch(/SUCCESS|FAILURE/));
  return tab.runs().get(runId)!;
}

const latest = (tab: TestTab, key: string) => tab.session.index.heads.get(idOf(key))?.latest;

async function storedValue(tab: TestTab, key: string): Promise<unknown> {
  const ref = latest(tab, key)!.value!;
  const pack = await tab.store.readPack(P1, ref.pack);
  return pack && decodeValue(pack.subarray(ref.offset, ref.offset + ref.length));
}

test('a value in memory is read by later runs of its tab, is stored nowhere, and is gone in the next tab', async () => {
  const text = 'kept-nowhere '.repeat(20);
  const browser = await open(
    graph()
      .asset('a', `() => ${JSON.stringify(text)}`, { ioManager: 'memory' })
      .asset('beside', '() => 1')
      .asset('b', '({ a }) => a.length')
      .document(),
  );
  const tab = await leading(browser);
  expect(await run(tab, ['a', 'beside'])).toBe('SUCCESS');
  expect(await run(tab, ['b'])).toBe('SUCCESS');
  expect(await storedValue(tab, 'b')).toBe(text.length);
  expect(await storedValue(tab, 'a')).toBeUndefined();
  for (const bytes of browser.backing.projects.get(P1)!.packs.values())
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('kept-nowhere');
  tab.session.close();
  tab.life.kill();
  const next = await leading(browser);
  expect(await run(next, ['b'])).toBe('FAILURE');
  expect(next.session.index.heads.get(idOf('b'))?.attempt?.error?.message).toBe(
    'The value of “a” was kept in memory and is gone. Materialize “a” again.',
  );
  expect(await run(next, ['a', 'b'])).toBe('SUCCESS');
});

test('an asset that comes back from memory to the store is stored, though its value is the same', async () => {
  const browser = await open(graph().asset('a', '() => "same"', { ioManager: 'memory' }).document());
  const tab = await leading(browser);
  await run(tab, ['a']);
  await tab.edit({
    type: 'do',
    command: { type: 'UpdateAsset', id: idOf('a'), change: { ioManager: 'browser' } },
  });
  await run(tab, ['a']);
  expect(await storedValue(tab, 'a')).toBe('same');
});

const shelf = `import { IOManager, type InputContext, type OutputContext } from 'headwater';

export default class Shelf extends IOManager {
  async handleOutput({ assetKey, store }, value) {
    await store.put('shelf/' + assetKey, new TextEncoder().encode(String(value)));
    if (value === 'bad') throw new Error('no room');
  }
  async loadInput({ assetKey, store, upstreamOutput }) {
    const bytes = await store.get('shelf/' + assetKey);
    return bytes && new TextDecoder().decode(bytes) + ' from ' + upstreamOutput.assetKey;
  }
}
`.replaceAll(', type InputContext, type OutputContext', '');

test('an IO manager of the project keeps values, in this run and for later ones, in other tabs too', async () => {
  const made = graph()
    .asset('a', '() => "one"', { ioManager: 'shelf' })
    .asset('b', '({ a }) => a', {})
    .asset('bad', '() => "bad"', { ioManager: 'shelf' })
    .asset('c', '({ bad }) => bad')
    .document();
  const browser = await open({
    ...made,
    resources: new Map([['shelf', { key: 'shelf', kind: 'ioManager', body: shelf }]]),
  });
  const tab = await leading(browser);
  expect(await run(tab, ['a', 'b'])).toBe('SUCCESS');
  expect(await storedValue(tab, 'b')).toBe('one from a');
  expect(latest(tab, 'a')).toMatchObject({ manager: 'shelf' });
  expect(latest(tab, 'a')?.value).toBeUndefined();
  tab.session.close();
  tab.life.kill();
  const next = await leading(browser);
  expect(await run(next, ['b'])).toBe('SUCCESS');
  expect(await storedValue(next, 'b')).toBe('one from a');
  // What a step puts before it fails is not kept.
  expect(await run(next, ['bad'])).toBe('FAILURE');
  expect([...next.session.index.managed.keys()]).toEqual(['shelf\u0000shelf/a']);
});
