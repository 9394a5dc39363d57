// The scratchpad over real body threads: values are loaded, printed and given; nothing is stored.

import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ScratchResult } from '#engine/scratch-port.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { P1 } from '#storage/store-builders.ts';
import { createNodeRunner, type NodeRunner } from '#workers/bodies/node-runner.ts';
import { bundleNodeLane } from '../../vite-runner-plugin.ts';
import { openBrowser } from './session-harness.ts';

let runner: NodeRunner;
beforeAll(async () => {
  runner = createNodeRunner({ workerText: await bundleNodeLane(), laneCount: 2, maxHeapMb: 64 });
}, 60_000);
afterAll(() => runner.dispose());

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

async function openPad() {
  const document = graph()
    .asset('raw/orders', '() => [{ n: 1 }, { n: 2 }]')
    .asset('never', '() => 1')
    .document();
  const browser = await openBrowser(document, runner);
  onTestFinished(() => browser.close());
  const tab = await browser.tab();
  await eventually(() => expect(tab.leads()).toBe(true));
  await tab.launch({ target: { type: 'assets', ids: [idOf('raw/orders')] } });
  await eventually(() => expect(tab.statuses()['raw/orders']).toBe('materialized'));
  let n = 0;
  const { scratchpad } = tab.session;
  return { tab, scratchpad, say: (source: string) => scratchpad.evaluate(`e${++n}`, source) };
}

const given = ({ outcome }: ScratchResult) => {
  if (outcome.type !== 'value') return outcome;
  const { preview } = outcome;
  if (preview.type === 'table') return preview.first.rows;
  return preview.type === 'tree' ? preview.root.text : preview;
};

test('values are loaded by any name, and what the last line gives is shown', async () => {
  const { tab, say } = await openPad();
  expect(given(await say(`await load('raw/orders')`))).toEqual([[1], [2]]);
  // Keys may be worked out, and a `load` is run again with what it lacked.
  const typed = `const name = ['raw', 'orders'].join('/');\nconst rows = await load(name);\nconsole.log('rows', rows.length);\nrows.length * 10;`;
  const result = await say(typed);
  expect(given(result)).toBe('20');
  expect(result.printed).toMatchObject({ lines: [{ message: 'rows 2' }], leftOut: 0 });
  expect(given(await say('const a = 1;'))).toEqual({ type: 'nothing' });
  expect(
    given(await say(`import { DataVersion } from 'headwater';\nnew DataVersion('x').value ?? 'x'`)),
  ).toBeTruthy();
  // Nothing of it is stored.
  expect(await tab.store.listRuns(P1, 10)).toHaveLength(1);
  expect(Object.keys(tab.statuses())).toHaveLength(2);
  expect(Object.keys(tab.statuses())).toEqual(expect.arrayContaining(['raw/orders', 'never']));
});

test('what goes wrong is said with its line', async () => {
  const { say } = await openPad();
  expect((await say(`const a = 1;\nthrow new TypeError('odd');`)).outcome).toMatchObject({
    type: 'failed',
    error: { name: 'TypeError', message: 'odd', position: { line: 2 } },
  });
  expect((await say('const a = ;')).outcome).toMatchObject({
    type: 'failed',
    error: { position: { line: 1 } },
  });
  expect((await say(`await load('raw/order')`)).outcome).toEqual({
    type: 'refused',
    error: { type: 'NoSuchAsset', key: 'raw/order', didYouMean: ['raw/orders'] },
  });
  expect((await say(`await load('never')`)).outcome).toMatchObject({
    type: 'refused',
    error: { type: 'DefinitionsInvalid', problems: [{ type: 'NoValueUpstream', upstream: 'never' }] },
  });
});

test('an endless loop is stopped', async () => {
  const { scratchpad, say } = await openPad();
  const looping = scratchpad.evaluate('loop', 'for (;;);');
  setTimeout(() => scratchpad.stop('loop'), 300);
  expect((await looping).outcome).toEqual({ type: 'stopped' });
  expect(given(await say('1 + 1'))).toBe('2');
});

test('what lines print is told while they run, and stays when they are stopped or fail', async () => {
  const { tab, scratchpad, say } = await openPad();
  const told = (evaluationId: string) =>
    tab.events.flatMap((event) =>
      event.type === 'scratch-printed' && event.evaluationId === evaluationId
        ? event.printed.lines.map(({ message }) => message)
        : [],
    );
  let isOver = false;
  const waiting = scratchpad.evaluate('waits', `console.log('begun');\nawait new Promise(() => {});`);
  void waiting.finally(() => {
    isOver = true;
  });
  await eventually(() => expect(told('waits')).toEqual(['begun']));
  expect(isOver).toBe(false);
  scratchpad.stop('waits');
  const stopped = await waiting;
  expect(stopped.outcome).toEqual({ type: 'stopped' });
  expect(stopped.printed).toMatchObject({ lines: [{ message: 'begun' }], leftOut: 0 });

  const failed = await say(`console.warn('nearly');\nthrow new Error('no');`);
  expect(failed.outcome.type).toBe('failed');
  expect(failed.printed).toEqual({ lines: [{ level: 'WARNING', message: 'nearly' }], leftOut: 0 });

  const flood = await say(`for (let i = 1; i <= 3000; i++) console.log(i);`);
  expect(flood.printed.leftOut).toBe(2000);
  expect(flood.printed.lines).toHaveLength(1000);
  expect(flood.printed.lines.at(-1)?.message).toBe('3000');
});
