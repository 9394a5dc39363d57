import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { editBetween } from '#model/text-edit.ts';
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

const eventually = (check: () => void, timeout = 10_000) => vi.waitFor(check, { timeout, interval: 10 });
const isLeading = (tab: TestTab) => eventually(() => expect(tab.leads()).toBe(true));

test('an earlier value is restored by a follower too: one commit that says what it restores', async () => {
  const body = (value: string) => `() => '${value}'`;
  const browser = await open(graph().asset('a', body('one')).asset('b', '({ a }) => a').document());
  const leader = await browser.tab();
  await isLeading(leader);
  const follower = await browser.tab();
  const latest = (tab: TestTab) => tab.session.index.heads.get(idOf('a'))?.latest;
  await leader.launch();
  await eventually(() => expect(follower.statuses()).toEqual({ a: 'materialized', b: 'materialized' }));
  const first = latest(leader)!;
  const text = leader.session.history().document.assets.get(idOf('a'));
  if (text?.kind !== 'asset') throw new Error('no body');
  await leader.edit({
    type: 'do',
    command: {
      type: 'EditBody',
      id: idOf('a'),
      edit: editBetween(text.body, text.body.replace('one', 'two'))!,
    },
  });
  await leader.launch();
  await eventually(() => expect(latest(follower)?.dataVersion).not.toBe(first.dataVersion));
  await eventually(() => expect(latest(follower)).toEqual(latest(leader)));
  const second = latest(leader)!;

  const segmentsBefore = leader.session.index.seq;
  const restored = await follower.session.restore(idOf('a'), first.pointer);
  if (!restored.ok) throw new Error(restored.error.type);
  for (const tab of [leader, follower]) {
    await eventually(() => expect(tab.runs().get(restored.value)).toBe('SUCCESS'));
    await eventually(() => expect(latest(tab)?.dataVersion).toBe(first.dataVersion));
  }
  const now = latest(leader)!;
  expect(now.value).toEqual(first.value);
  expect(now.restoredFrom).toEqual({ pointer: first.pointer, timestamp: first.timestamp });
  expect(now.previous).toEqual(second.pointer);
  expect(leader.session.index.seq).toBe(segmentsBefore + 1);
  // Its code is the earlier one, and so is what `b` should have read.
  await eventually(() => expect(leader.statuses()).toEqual({ a: 'stale', b: 'stale' }));

  // Restoring what was restored names where the value was made.
  const again = await leader.session.restore(idOf('a'), now.pointer);
  expect(again.ok).toBe(true);
  expect(latest(leader)?.restoredFrom).toEqual({ pointer: first.pointer, timestamp: first.timestamp });
});

test('a value that is lost is not restored, and nothing is written', async () => {
  const browser = await open(graph().asset('a', '() => [1, 2, 3]').document());
  const tab = await browser.tab();
  await isLeading(tab);
  await tab.launch();
  await eventually(() => expect(tab.statuses()).toEqual({ a: 'materialized' }));
  const made = tab.session.index.heads.get(idOf('a'))!.latest!;
  const lease = await browser.store.read(P1);
  await browser.store.deletePacks(P1, lease!.fencing, [made.value!.pack]);
  const before = tab.session.index.seq;
  const restored = await tab.session.restore(idOf('a'), made.pointer);
  expect(restored).toEqual({ ok: false, error: { type: 'ValueLost', key: 'a' } });
  expect(tab.session.index.seq).toBe(before);
});
