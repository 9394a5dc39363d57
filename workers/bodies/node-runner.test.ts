import { expect, test } from 'vitest';
import { bundleLibrary, bundleNodeLane } from '../../vite-runner-plugin.ts';
import { createLaneDriver } from './lane-driver.ts';
import { createNodeRunner } from './node-runner.ts';
import { describeRunner } from './runner-contract.ts';

describeRunner('the runner of worker threads', async () => {
  const runner = createNodeRunner({ workerText: await bundleNodeLane(), libraryText: bundleLibrary });
  return { runner, dispose: () => runner.dispose() };
});

test('a body that fills its heap ends its thread with a plain reason, and another lane runs', async () => {
  const runner = createNodeRunner({ workerText: await bundleNodeLane(), maxHeapMb: 64 });
  const start = () => {
    const driver = createLaneDriver((request) => lane.send(request));
    const lane = runner.startLane(driver.handler);
    driver.open();
    return { driver, lane };
  };
  const bomb = start();
  bomb.driver.start({ bodies: ['() => { const all = []; for (;;) all.push(new Array(1e5).fill({})); }'] });
  expect(await bomb.driver.dead).toEqual({
    type: 'Crashed',
    detail: 'The thread that runs bodies ran out of memory.',
  });
  const next = start();
  expect((await next.driver.run({ bodies: ['() => 1'] })).value(0)).toBe(1);
  next.lane.terminate();
  runner.dispose();
}, 60_000);
