// What every runner of bodies must do, wherever its lanes live. Test code only.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LaneLimits, LaneReply, LogLine } from '#engine/lane-protocol.ts';
import type { BodyRunner, Lane } from '#engine/ports.ts';
import type { Json } from '#model/document.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { createLaneDriver, type LaneDriver, outcomeText } from './lane-driver.ts';

export interface RunnerUnderTest {
  readonly runner: BodyRunner;
  dispose(): void;
}

/** `bounds` are limits for the tests of limits: a slow realm may need longer ones. */
export function describeRunner(name: string, makeRunner: () => Promise<RunnerUnderTest>): void {
  describe(name, () => {
    let made: RunnerUnderTest;
    const lanes: Lane[] = [];
    beforeAll(async () => {
      made = await makeRunner();
    }, 60_000);
    afterAll(() => {
      for (const lane of lanes) lane.terminate();
      made.dispose();
    });

    function startLane(limits?: Partial<LaneLimits>): LaneDriver & { readonly lane: Lane } {
      let lane: Lane | undefined;
      const driver = createLaneDriver((request) => lane?.send(request));
      lane = made.runner.startLane(driver.handler);
      lanes.push(lane);
      driver.open(limits);
      return Object.assign(driver, { lane });
    }

    test('a step reports its value, its times and success', async () => {
      const outcome = await startLane().run({ bodies: ['async () => ({ a: [1, 2, 3] })'] });
      expect(outcome.value(0)).toEqual({ a: [1, 2, 3] });
      expect(outcome.reports[0]).toMatchObject({ step: 0, logs: [], outcome: { type: 'success' } });
      expect(Math.abs((outcome.reports[0]?.startedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    test('each body is announced by its number before it runs', async () => {
      const lane = startLane();
      lane.start({ bodies: ['() => 1', '() => new Promise(() => {})'] });
      await lane.until((reply) => reply === 1);
      expect(lane.replies.filter((reply) => typeof reply === 'number')).toEqual([0, 1]);
    });

    test('a later step of the lane reads the value of an earlier one, frozen and by reference', async () => {
      const lane = startLane();
      const outcome = await lane.run({
        bodies: [
          '() => [{ id: 1 }]',
          '({ rows }) => ({ rows, frozen: Object.isFrozen(rows) && Object.isFrozen(rows[0]) })',
          '({ rows }) => { rows.push(2); }',
        ],
        inputs: { 1: [['rows', 0]], 2: [['rows', 0]] },
      });
      expect(outcome.value(1)).toEqual({ rows: [{ id: 1 }], frozen: true });
      expect(outcomeText(outcome.reports[2])).toMatch(/^TypeError: Cannot add property 1/);
    });

    test('what one consumer does to a Map or a Date no other consumer sees', async () => {
      const outcome = await startLane().run({
        bodies: [
          '() => new Map([["day", new Date(0)]])',
          '({ m }) => { m.get("day").setTime(5); m.set("x", 1); return m.size; }',
          '({ m }) => [m.size, m.get("day").getTime()]',
        ],
        inputs: { 1: [['m', 0]], 2: [['m', 0]] },
      });
      expect(outcome.value(1)).toBe(2);
      expect(outcome.value(2)).toEqual([1, 0]);
    });

    test('values that were sent beforehand are inputs, until they are dropped', async () => {
      const lane = startLane();
      const bytes = encodeValue({ rows: 3 });
      if (!bytes.ok) throw new Error('unexpected');
      lane.lane.send({ type: 'values', values: [{ id: -1, bytes: bytes.value }] });
      const body = '({ given }) => given.rows';
      const first = await lane.run({ bodies: [body], inputs: { 0: [['given', -1]] } });
      expect(first.value(0)).toBe(3);
      lane.lane.send({ type: 'drop', values: [-1] });
      const second = await lane.run({ bodies: [body], inputs: { 0: [['given', -1]] }, first: 1 });
      expect(outcomeText(second.reports[0])).toMatch(/^Error: Internal error: the value -1/);
    });

    test('a value that cannot be stored fails its step with the path to the part at fault', async () => {
      const outcome = await startLane().run({ bodies: ['() => [1, { load: () => 1 }]'] });
      expect(outcomeText(outcome.reports[0])).toBe(
        'NotStorable: the value of “s0” cannot be stored: value[1].load is a function',
      );
    });

    test('an error names the line and column of the body that threw it', async () => {
      const outcome = await startLane().run({
        bodies: ['() => 1', 'async function orders() {\n  await 0;\n  throw new Error("no");\n}'],
      });
      expect(outcome.reports[1]?.outcome).toMatchObject({
        type: 'failure',
        error: { name: 'Error', message: 'no', frames: [{ fn: 'orders', line: 7, column: 9 }] },
      });
    });

    test('log lines and console lines belong to their step, in order', async () => {
      const outcome = await startLane().run({
        bodies: [
          '(_, context) => { context.log.info("one", 1); console.warn("two"); return null; }',
          '() => { console.log("three"); return null; }',
        ],
      });
      expect(outcome.reports.map(({ logs }) => logs.map(({ at: _, ...line }) => line))).toEqual([
        [
          { level: 'INFO', message: 'one 1', source: 'log' },
          { level: 'WARNING', message: 'two', source: 'console' },
        ],
        [{ level: 'INFO', message: 'three', source: 'console' }],
      ]);
    });

    test('logs and progress of a long step are seen while it runs, and are not repeated', async () => {
      const outcome = await startLane().run({
        bodies: [
          `async (_, context) => {
            context.log.info("begun"); context.progress(0.5, "half");
            await new Promise((done) => setTimeout(done, 400)); context.log.info("done"); return null;
          }`,
        ],
      });
      const live = outcome.replies.filter(
        (reply): reply is LiveReply =>
          typeof reply === 'object' && (reply.type === 'logs' || reply.type === 'progress'),
      );
      expect(live.slice(0, 2)).toMatchObject([
        { type: 'logs', step: 0, logs: [{ message: 'begun' }] },
        { type: 'progress', step: 0, fraction: 0.5, message: 'half' },
      ]);
      const all = [...live.flatMap((reply) => reply.logs ?? []), ...(outcome.reports[0]?.logs ?? [])];
      expect(all.map(({ message }) => message)).toEqual(['begun', 'done']);
    });

    test('a step that logs without end fails by itself and the next one runs', async () => {
      const outcome = await startLane({ maxLogLines: 100 }).run({
        bodies: ['() => { for (;;) console.log("x"); }', '() => 2'],
      });
      expect(outcomeText(outcome.reports[0])).toMatch(
        /^LogLimitExceeded: “s0” wrote more than 100 log lines/,
      );
      expect(outcome.value(1)).toBe(2);
    });

    test('a promise that can never settle fails its step and the next one runs', async () => {
      const outcome = await startLane({ idleMs: 300 }).run({
        bodies: ['() => new Promise(() => {})', '() => 2'],
      });
      expect(outcomeText(outcome.reports[0])).toMatch(
        /^NeverSettles: The promise that the body returned can never settle/,
      );
      expect(outcome.value(1)).toBe(2);
    });

    test('a body that waits for a timer longer than the idle limit is left alone', async () => {
      const outcome = await startLane({ idleMs: 300 }).run({
        bodies: ['() => new Promise((done) => setTimeout(() => done(7), 900))'],
      });
      expect(outcome.value(0)).toBe(7);
    });

    test('timers end with their step, and its context is revoked', async () => {
      const outcome = await startLane().run({
        bodies: [
          `(_, context) => {
            setInterval(() => console.log("stray"), 1);
            Promise.resolve().then(() => new Promise((done) => queueMicrotask(done))).then(() => context.log.info("late"));
            return null;
          }`,
          '() => new Promise((done) => setTimeout(() => done(1), 100))',
        ],
      });
      expect(outcome.reports[1]?.logs.filter(({ message }) => message === 'stray')).toEqual([]);
    });

    test('an error in a timer fails the step that set it', async () => {
      const outcome = await startLane().run({
        bodies: [
          '() => new Promise(() => setTimeout(() => { throw new RangeError("in timer"); }, 5))',
          '() => 2',
        ],
      });
      expect(outcomeText(outcome.reports[0])).toBe('RangeError: in timer');
      expect(outcome.value(1)).toBe(2);
    });

    test('an unhandled rejection fails the step that runs', async () => {
      const outcome = await startLane().run({
        bodies: [
          'async () => { void Promise.reject(new RangeError("stray")); await new Promise((done) => setTimeout(done, 200)); }',
        ],
      });
      expect(outcomeText(outcome.reports[0])).toBe('RangeError: stray');
    });

    test('steps that have not begun can be taken back; the one that runs cannot', async () => {
      const lane = startLane();
      lane.start({
        bodies: ['() => new Promise((done) => setTimeout(() => done(1), 200))', '() => 2', '() => 3'],
      });
      await lane.until((reply) => reply === 0);
      lane.lane.send({ type: 'revoke', steps: [0, 2] });
      expect(await lane.until(isRevoked)).toEqual({ type: 'revoked', steps: [2] });
      await lane.until((reply) => typeof reply === 'object' && reply.type === 'segment-done');
      expect(lane.replies.filter((reply) => typeof reply === 'number')).toEqual([0, 1]);
    });

    test('steps behind one that failed are left out without a report', async () => {
      const outcome = await startLane().run({
        bodies: ['() => { throw 1; }', '() => 2', '() => 3', '() => 4'],
        after: { 1: [0], 2: [1] },
      });
      expect(outcome.reports.map(({ step }) => step)).toEqual([0, 3]);
    });

    test('taking steps back reaches a lane that is busy with short steps', async () => {
      const lane = startLane();
      const busy = '() => { const end = Date.now() + 3; while (Date.now() < end); return 0; }';
      lane.start({ bodies: Array.from({ length: 200 }, () => busy) });
      await lane.until((reply) => reply === 0);
      lane.lane.send({ type: 'revoke', steps: [199] });
      await lane.until(isRevoked);
      const begun = lane.replies.filter((reply) => typeof reply === 'number').length;
      expect(begun).toBeLessThan(150);
    });

    test('an abort fires the signal of the running step', async () => {
      const lane = startLane();
      lane.start({
        bodies: [
          `(_, { signal }) => new Promise((_done, fail) => {
            setTimeout(() => {}, 60_000);
            signal.addEventListener("abort", () => fail(signal.reason));
          })`,
        ],
      });
      await lane.until((reply) => reply === 0);
      lane.lane.send({ type: 'abort', reason: 'canceled' });
      const reply = await lane.until(isReports);
      expect(outcomeText(reply.reports[0])).toBe('AbortError: canceled');
    });

    test('state of a body or of a shared module begins anew with each step', async () => {
      const outcome = await startLane().run({
        bodies: [
          '() => { const { next } = __load("#lib/count.ts"); return next(); }',
          '() => { const { next } = __load("#lib/count.ts"); return next(); }',
        ],
        shared: { '#lib/count.ts': 'let n = 0; return { next: () => ++n };' },
      });
      expect([outcome.value(0), outcome.value(1)]).toEqual([1, 1]);
    });

    test('shared modules that import each other in a circle give a plain error', async () => {
      const outcome = await startLane().run({
        bodies: ['() => __load("#lib/a.ts")'],
        shared: {
          '#lib/a.ts': 'return __load("#lib/b.ts");',
          '#lib/b.ts': 'return __load("#lib/a.ts");',
        },
      });
      expect(outcomeText(outcome.reports[0])).toBe(
        'Error: Shared modules import each other in a circle: #lib/a.ts → #lib/b.ts → #lib/a.ts.',
      );
    });

    test('a shipped library and the authoring SDK can be imported', async () => {
      const outcome = await startLane().run({
        bodies: [
          `() => {
            const { MaterializeResult, MetadataValue } = __load("headwater");
            const { mean } = __load("d3-array");
            return new MaterializeResult({ value: mean([1, 2, 6]), metadata: { note: MetadataValue.md("*hi*") } });
          }`,
        ],
        libraries: ['d3-array'],
      });
      expect(outcome.value(0)).toBe(3);
      expect(outcome.reports[0]?.made).toMatchObject([{ metadata: { note: { type: 'md', value: '*hi*' } } }]);
    });

    test('a resource is made and set up once, keeps its state between steps, and is torn down', async () => {
      const lane = startLane();
      lane.resource(
        'counter',
        `const { ConfigurableResource } = __load('headwater');
const { z } = __load('zod');
return { default: class Counter extends ConfigurableResource(z.object({ first: z.number().int(), unit: z.string().default('pcs'), token: z.string().optional() })) {
  #count = 0;
  async setupForExecution({ log, runId }) { await undefined; this.#count = this.first; log.info('set up in', runId, this.token); }
  next() { this.#count += 1; return this.#count + this.unit; }
  teardownAfterExecution({ log }) { log.warn('stood at', this.#count); throw new Error('no end'); }
} };`,
        { libraries: ['zod'], config: { first: 4, token: { env: 'TOKEN' } }, env: { TOKEN: 'abc' } },
      );
      const body = '(_, { resources: { counter } }) => counter.next()';
      const outcome = await lane.run({ bodies: [body, body], step: { resources: ['counter'] } });
      expect([outcome.value(0), outcome.value(1)]).toEqual(['5pcs', '6pcs']);
      // Lines of a step that takes long come before its report.
      const lines = outcome.replies.flatMap((reply) => {
        if (typeof reply === 'number') return [];
        if (reply.type === 'logs') return reply.logs;
        return reply.type === 'reports' ? reply.reports.flatMap(({ logs }) => logs) : [];
      });
      expect(lines).toMatchObject([{ level: 'INFO', message: 'set up in run-1 abc' }]);
      lane.close();
      const closed = await lane.until((reply) => typeof reply === 'object' && reply.type === 'closed');
      expect(closed).toMatchObject({
        logs: [
          { level: 'WARNING', message: 'stood at 6' },
          { level: 'ERROR', message: 'The resource “counter” could not be torn down: Error: no end' },
        ],
      });
    });

    test('a resource that cannot be made fails the steps that ask for it, and says where', async () => {
      const lane = startLane();
      const fields = (config: Json) => ({ libraries: ['zod'], config });
      const text = (first: string) => `const { ConfigurableResource } = __load('headwater');
const { z } = __load('zod');
return { default: class extends ConfigurableResource(z.object({ host: z.string() })) {
  setupForExecution() { ${first} }
} };`;
      lane.resource('fieldless', text(''), fields({}));
      lane.resource('unset', text(''), fields({ host: { env: 'HOST' } }));
      lane.resource('broken', text('throw new RangeError("no such host");'), fields({ host: 'a' }));
      lane.resource('classless', 'return {};');
      const failure = async (key: string) => {
        const { reports } = await lane.run({ bodies: ['() => 1'], step: { resources: [key] } });
        const outcome = reports[0]?.outcome;
        return outcome?.type === 'failure' ? `${outcome.error.name}: ${outcome.error.message}` : outcome;
      };
      expect(await failure('fieldless')).toMatch(
        /^TypeError: The resource “fieldless” could not be set up.*: “host”: Invalid input/,
      );
      expect(await failure('unset')).toContain('The environment variable “HOST” is not set.');
      expect(await failure('broken')).toBe(
        'RangeError: The resource “broken” could not be set up (line 4 of its class): no such host',
      );
      expect(await failure('classless')).toContain('the default export of its module is no class.');
      expect(await failure('nobody')).toBe('TypeError: There is no resource “nobody”.');
      const { reports } = await lane.run({
        bodies: ['(_, context) => context.resources.counter'],
        step: { resources: [] },
      });
      expect(reports[0]?.outcome).toMatchObject({
        error: { message: expect.stringContaining('Unknown resource “counter”.') },
      });
    });

    test('a module that does not parse fails its segment, and the lane goes on', async () => {
      const lane = startLane();
      const outcome = await lane.run({ bodies: ['() => }'] });
      expect(outcome.replies.at(-1)).toMatchObject({
        type: 'segment-failed',
        error: { name: 'SyntaxError' },
      });
      expect((await lane.run({ bodies: ['() => 5'] })).value(0)).toBe(5);
    });

    test('an endless loop ends with its lane, and the next lane runs', async () => {
      const lane = startLane();
      lane.start({ bodies: ['() => { for (;;); }'] });
      await lane.until((reply) => reply === 0);
      lane.lane.terminate();
      expect((await startLane().run({ bodies: ['() => 6'] })).value(0)).toBe(6);
    });

    test('many small steps come back in few messages', async () => {
      const outcome = await startLane().run({
        bodies: Array.from({ length: 2000 }, (_, i) => `async () => ${i}`),
      });
      expect(outcome.reports).toHaveLength(2000);
      expect(outcome.value(1999)).toBe(1999);
      const batches = outcome.replies.filter((reply) => typeof reply === 'object').length;
      expect(batches).toBeLessThan(200);
    });
  });
}

type LiveReply = Exclude<LaneReply, number> & { readonly logs?: readonly LogLine[] };

const isRevoked = (reply: LaneReply): reply is Extract<LaneReply, { type: 'revoked' }> =>
  typeof reply === 'object' && reply.type === 'revoked';
const isReports = (reply: LaneReply): reply is Extract<LaneReply, { type: 'reports' }> =>
  typeof reply === 'object' && reply.type === 'reports';
