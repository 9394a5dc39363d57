import { describe, expect, test } from 'vitest';
import type { LaneReply } from '#engine/lane-protocol.ts';
import { createLaneHandler } from './handler.ts';
import { laneCodec } from './lane-codec.ts';
import { createLaneDriver, outcomeText } from './lane-driver.ts';
import type { RealmSink } from './lane-realm.ts';
import { createStepTimers } from './step-timers.ts';

// A lane in this very realm: modules are evaluated from data URLs, and the realm's events are made by hand.
function openLane() {
  let sink: RealmSink | undefined;
  const timers = createStepTimers(globalThis as never);
  Object.assign(globalThis, { stepTimers: timers.api });
  const posted: { reply: LaneReply; transfer: number }[] = [];
  const handle = createLaneHandler({
    post(reply, transfer = []) {
      posted.push({ reply, transfer: transfer.length });
      queueMicrotask(() => driver.handler.onReply(reply));
    },
    now: () => performance.timeOrigin + performance.now(),
    yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
    async importModule(text) {
      const url = `data:text/javascript,${encodeURIComponent(text)}`;
      return { exports: await import(/* @vite-ignore */ url), url };
    },
    loadLibrary: async (specifier) => {
      throw new Error(`no ${specifier}`);
    },
    every(periodMs, callback) {
      const handle = setInterval(callback, periodMs);
      return () => clearInterval(handle);
    },
    timers,
    codec: laneCodec,
    listen(given) {
      sink = given;
    },
  });
  const driver = createLaneDriver(handle);
  driver.open();
  return { driver, posted, sink: () => sink as RealmSink };
}

describe('a lane', () => {
  test('sends the values of many steps as one transferred buffer', async () => {
    const { driver, posted } = openLane();
    await driver.run({ bodies: ['() => "a"', '() => "b"', '() => "c"'] });
    const batches = posted.filter(({ reply }) => typeof reply === 'object' && reply.type === 'reports');
    expect(batches.length).toBeLessThanOrEqual(2);
    expect(batches.every(({ transfer }) => transfer === 1)).toBe(true);
  });

  test('does not blame a step for a stray rejection that an earlier one may have made', async () => {
    const { driver, sink } = openLane();
    driver.start({ bodies: ['() => 1', '() => new Promise((done) => globalThis.endStep = done)'] });
    await driver.until((reply) => reply === 1);
    sink().onUnhandledRejection(new Error('whose?'));
    (globalThis as unknown as { endStep: (value: number) => void }).endStep(2);
    const done = await driver.until((reply) => typeof reply === 'object' && reply.type === 'segment-done');
    expect(done).toBeDefined();
    const all = driver.replies.flatMap((reply) =>
      typeof reply === 'object' && reply.type === 'reports' ? reply.reports : [],
    );
    expect(all.map(outcomeText)).toEqual(['success', 'success']);
    expect(all[1]?.logs.map(({ message }) => message)).toEqual([
      'A promise of this asset or of one before it was rejected and nobody handled it: whose?',
    ]);
  });

  test('fails the step whose buffers would hold more than the lane may', async () => {
    const { driver, sink } = openLane();
    driver.start({ bodies: ['() => new Promise(() => {})'] });
    await driver.until((reply) => reply === 0);
    expect(sink().onBufferBytes(1024)).toBeUndefined();
    expect(sink().onBufferBytes(3 * 1024 ** 3)?.message).toBe(
      '“s0” ran out of memory: its buffers would hold more than 2 GB.',
    );
    await driver.until((reply) => typeof reply === 'object' && reply.type === 'segment-done');
  });

  test('says why a segment cannot load: a library that is not there', async () => {
    const { driver } = openLane();
    const outcome = await driver.run({ bodies: ['() => 1'], libraries: ['left-pad'] });
    expect(outcome.replies.at(-1)).toMatchObject({
      type: 'segment-failed',
      error: { message: 'no left-pad' },
    });
  });

  test('ignores what a body does after its step was ended', async () => {
    const { driver } = openLane();
    const outcome = await driver.run({
      bodies: [
        `async (_, context) => {
          stepTimers.setTimeout(() => { throw new Error("first"); }, 1);
          await new Promise((done) => { globalThis.resume = done; });
          return "too late";
        }`,
        '() => { globalThis.resume(); return new Promise((done) => setTimeout(() => done("next"), 20)); }',
      ],
    });
    expect(outcome.reports.map(outcomeText)).toEqual(['Error: first', 'success']);
    expect(outcome.value(0)).toBeUndefined();
    expect(outcome.value(1)).toBe('next');
  });

  test('keeps what was yielded before a failure', async () => {
    const { driver } = openLane();
    const outcome = await driver.run({
      bodies: ['function* () { yield new (__load("headwater").Output)(5); throw new Error("after"); }'],
    });
    expect(outcomeText(outcome.reports[0])).toBe('Error: after');
    expect(outcome.value(0)).toBe(5);
  });

  test('gives each body the facts of its step and run, and a config that it cannot change', async () => {
    const { driver } = openLane();
    const outcome = await driver.run({
      bodies: [
        `function (inputs, { runId, runTags, assetKey, selectedAssetKeys, config, retryNumber }) {
          return { runId, runTags, key: assetKey.toString(), selected: [...selectedAssetKeys], config, retryNumber,
            frozen: [Object.isFrozen(config.deep), Object.isFrozen(inputs), Object.isFrozen(runTags)], self: this === undefined };
        }`,
      ],
      step: { config: { deep: { a: 1 } }, retryNumber: 2, assetKey: 'raw/orders' },
    });
    expect(outcome.value(0)).toEqual({
      runId: 'run-1',
      runTags: { team: 'data' },
      key: 'raw/orders',
      selected: ['raw/orders'],
      config: { deep: { a: 1 } },
      retryNumber: 2,
      frozen: [true, true, true],
      self: true,
    });
  });
});
