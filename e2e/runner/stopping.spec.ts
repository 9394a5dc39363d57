// Bodies that do not stop, and bodies that eat all memory: each harms its own step at most, the page stays smooth,
// and the next lane runs at once. Prints its figures.

import { type Browser, expect, type Page, test } from '@playwright/test';
import { call, median, moduleOf, outcomes, run, serveHarness, worstGap } from './drive-harness.ts';
import type { LaneRecord, RestartRecord } from './harness/engine.worker.ts';
import type { Harness } from './harness/page.ts';
import type { ServedApp } from './serve.ts';

let app: ServedApp;
test.beforeAll(async () => {
  app = await serveHarness();
});
test.afterAll(() => app.close());
test.beforeEach(async ({ page }) => {
  await page.goto(app.url);
  expect(outcomes(await run(page, ['() => 1']))).toEqual([1]);
});

const figure = (name: string, value: string): void => console.log(`  ${name}: ${value}`);
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const pause = (page: Page, forMs: number): Promise<void> =>
  page.evaluate((given) => new Promise((resolve) => setTimeout(resolve, given)), forMs);

// What a user would otherwise have: end a worker, make a new one, wait for its first word.
const plainRestart = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const worker = (text: string) => {
      const policy = { createScriptURL: (url: string) => url };
      const made = (globalThis as unknown as { testPolicy?: typeof policy }).testPolicy ?? policy;
      return new Worker(made.createScriptURL(URL.createObjectURL(new Blob([text]))));
    };
    const looping = worker('postMessage(1); for (;;);');
    await new Promise((resolve) => {
      looping.onmessage = resolve;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const begunAt = performance.now();
    looping.terminate();
    const next = worker('postMessage(1)');
    await new Promise((resolve) => {
      next.onmessage = resolve;
    });
    const took = performance.now() - begunAt;
    next.terminate();
    return took;
  });

test('after an endless loop is canceled the next body runs at once', async ({ page }) => {
  const ours: number[] = [];
  const plain: number[] = [];
  await worstGap(page);
  for (let i = 0; i < 15; i++) {
    const hung = await run(page, ['() => { for (;;); }'], { untilMarker: 0 });
    expect(hung.replies).toContain(0);
    await pause(page, 250);
    const record = await call<RestartRecord>(page, {
      type: 'restart',
      lane: 'main',
      module: moduleOf(['() => 1']),
    });
    expect(outcomes(record)).toEqual([1]);
    ours.push(record.runningMs);
    plain.push(await plainRestart(page));
  }
  const gap = await worstGap(page);
  figure('terminate to next body running, median', ms(median(ours)));
  figure('terminate to next body running, worst', ms(Math.max(...ours)));
  figure('plain worker: terminate to first word, median', ms(median(plain)));
  figure('ratio', (median(ours) / median(plain)).toFixed(2));
  figure('worst animation-frame gap', ms(gap));
});

test('the step that hangs is named even when many ran just before it', async ({ page }) => {
  const bodies = Array.from({ length: 301 }, (_, i) =>
    i === 300 ? '() => { for (;;); }' : `async () => ${i}`,
  );
  const record = await run(page, bodies, { untilMarker: 300, withinMs: 3000 });
  expect(record.replies).toContain(300);
  figure('300 steps and the name of the hanging one', ms(record.tookMs));
});

test('the loop `while (true) await 0` is named and ends with its lane', async ({ page }) => {
  const record = await run(page, ['async () => { while (true) await 0; }'], {
    untilMarker: 0,
    withinMs: 3000,
  });
  expect(record.replies).toContain(0);
  const next = await call<RestartRecord>(page, {
    type: 'restart',
    lane: 'main',
    module: moduleOf(['() => 1']),
  });
  expect(outcomes(next)).toEqual([1]);
});

test('floods and promises that never settle fail their own step alone', async ({ page }) => {
  await call(page, { type: 'lane', lane: 'limited', limits: { idleMs: 500, maxBufferBytes: 64 * 2 ** 20 } });
  const record = await run(
    page,
    [
      '() => { for (;;) console.log("flood"); }',
      '(_, context) => { for (;;) context.log.info("flood"); }',
      '() => { for (;;) { try { console.log("flood"); } catch (e) { return "caught"; } } }',
      '(_, context) => { for (let i = 0; i < 200_000; i++) context.progress(0.5); return i => i; }',
      '() => new Promise(() => {})',
      '() => { const all = []; for (;;) all.push(new ArrayBuffer(16 * 2 ** 20)); }',
      '() => { const all = []; for (;;) all.push(new Float64Array(1e6)); }',
      '() => { const m = new WebAssembly.Memory({ initial: 1 }); for (;;) m.grow(100); }',
      '() => "fine"',
    ],
    { lane: 'limited', withinMs: 30_000 },
  );
  const said = outcomes(record);
  console.log(said.map((answer) => `  ${String(answer).slice(0, 130)}`).join('\n'));
  expect(said.slice(0, 3).every((answer) => String(answer).startsWith('LogLimitExceeded'))).toBe(true);
  expect(said[3]).toMatch(/^NotStorable/);
  expect(said[4]).toMatch(/^NeverSettles/);
  for (const answer of said.slice(5, 8)) expect(answer).toMatch(/ran out of memory/);
  expect(said[8]).toBe('fine');
  figure('worst animation-frame gap', ms(await worstGap(page)));
});

interface Told {
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tookMs: number;
  readonly value: unknown;
}

// The driver takes the page for crashed when only the runner's process has died, so the page speaks to the server.
function startScript(page: Page, commands: readonly unknown[]): { next(): Promise<Told> } {
  const heard: Told[] = [];
  const waiting: ((told: Told) => void)[] = [];
  const listen = (): void => {
    void app.told().then((message) => {
      listen();
      const resolve = waiting.shift();
      if (resolve) resolve(message as Told);
      else heard.push(message as Told);
    });
  };
  listen();
  void page
    .evaluate((given) => {
      void (globalThis as unknown as { harness: Harness }).harness.script(given as never);
    }, commands)
    .catch(() => undefined);
  return {
    next: () => {
      const message = heard.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

const runCommand = (lane: string, body: string) => ({
  type: 'run',
  lane,
  module: moduleOf([body]),
  steps: 1,
  withinMs: 150_000,
});

test('a dead runner process is noticed, and the next body runs', async ({ page, browser }) => {
  await run(page, ['() => { for (;;); }'], { lane: 'one', untilMarker: 0 });
  const pid = await busiestRenderer(browser);
  const script = startScript(page, [
    'gap',
    runCommand('two', '() => new Promise((done) => setTimeout(done, 100_000))'),
    runCommand('three', '() => 2'),
    'gap',
  ]);
  await script.next();
  await pauseHere(500);
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  const dead = await script.next();
  expect((dead.value as LaneRecord).death?.type).toBe('Crashed');
  const next = await script.next();
  expect(outcomes(next.value as LaneRecord)).toEqual([2]);
  const gap = await script.next();
  figure('runner process killed until noticed', ms(dead.at - killedAt));
  figure('until the next body has run', ms(next.at - killedAt));
  figure('worst animation-frame gap', ms(gap.value as number));
});

test('a body that fills its heap ends its runner and nothing else', async ({ page }) => {
  test.setTimeout(240_000);
  void run(page, ['() => new Promise((done) => setTimeout(done, 200_000))'], { lane: 'bystander' }).catch(
    () => undefined,
  );
  const script = startScript(page, [
    'gap',
    runCommand('bomb', '() => { const all = []; for (;;) all.push(new Array(1e6).fill(1.5)); }'),
    // The bystander's lane has died with it: a step sent to it comes to nothing.
    { ...runCommand('bystander', '() => 1'), withinMs: 500 },
    runCommand('after', '() => 3'),
    'gap',
  ]);
  await script.next();
  const bomb = await script.next();
  expect((bomb.value as LaneRecord).death?.type).toBe('Crashed');
  expect(((await script.next()).value as LaneRecord).death?.type).toBe('Crashed');
  const after = await script.next();
  expect(outcomes(after.value as LaneRecord)).toEqual([3]);
  const gap = (await script.next()).value as number;
  figure('heap bomb until noticed', ms(bomb.tookMs));
  figure('then until the next body has run', ms(after.tookMs));
  figure('worst animation-frame gap', ms(gap));
});

const pauseHere = (forMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, forMs));

// A body loops in the runner's process, so it is the one whose processor time grows.
async function busiestRenderer(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const before = await session.send('SystemInfo.getProcessInfo');
  await pauseHere(600);
  const after = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const grown = after.processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id, cpuTime }) => ({
      id,
      grew: cpuTime - (before.processInfo.find((old) => old.id === id)?.cpuTime ?? 0),
    }))
    .sort((a, b) => b.grew - a.grew);
  const busiest = grown[0];
  if (busiest === undefined) throw new Error('There is no renderer.');
  return busiest.id;
}
