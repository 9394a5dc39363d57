// What one body does to its realm, no later body of the same lane sees.

import { expect, test } from '@playwright/test';
import { outcomes, run, serveHarness } from './drive-harness.ts';
import type { Served } from './serve.ts';

let app: Served;
test.beforeAll(async () => {
  app = await serveHarness();
});
test.afterAll(() => app.close());

// Everything that a body can reach, through properties, prototypes, getters' results and objects that it makes.
const reach = `
  const seen = new Set(), open = [];
  const push = (o) => { if ((typeof o === "object" && o !== null || typeof o === "function") && !seen.has(o)) { seen.add(o); open.push(o); } };
  const made = [() => globalThis, () => context, () => inputs, () => context.log, () => context.assetKey, () => context.signal, () => __load("headwater"),
    () => __load("d3-array"), () => bodies, () => shared, () => async () => 1, () => (async () => 1)(), () => (function* () {})(), () => (async function* () {})(),
    () => [].values(), () => [].values().map((x) => x), () => "a".matchAll(/a/g), () => new Map().entries(), () => new Set().values(), () => ""[Symbol.iterator](),
    () => new URLSearchParams("a=1").entries(), () => new Headers().entries(), () => new FormData().entries(), () => new ReadableStream().values(),
    () => new MessageChannel().port1, () => new OffscreenCanvas(1, 1).getContext("2d"), () => new OffscreenCanvas(1, 1).getContext("webgl"),
    () => new TextEncoder(), () => new TextDecoder(), () => new Blob([]).stream(), () => new Response("a"), () => new Response("a").body.getReader(),
    () => new CompressionStream("gzip"), () => new WritableStream().getWriter(), () => new Intl.Segmenter("en").segment("a"),
    () => new Intl.Segmenter("en").segment("a")[Symbol.iterator](), () => new WebAssembly.Memory({ initial: 1 }), () => Iterator.from({ next() {} }),
    () => new Proxy({}, {}), () => new WeakRef({}), () => new FinalizationRegistry(() => {}), () => new AbortController().signal, () => new DOMException("x"),
    () => import.meta];
  const fresh = new Set();
  for (const make of made) { try { const o = make(); push(o); fresh.add(o); } catch {} }
  while (open.length) {
    const o = open.pop();
    push(Object.getPrototypeOf(o));
    for (const k of Reflect.ownKeys(o)) {
      const d = Object.getOwnPropertyDescriptor(o, k);
      if ("value" in d) push(d.value); else { push(d.get); push(d.set); if (o === globalThis) push(o[k]); }
    }
  }`;

const vandalize = `({}, context) => { const inputs = {}; ${reach}
  const evil = () => { throw new Error("evil"); };
  let wrote = 0;
  const tries = (act) => { try { act(); wrote += 1; } catch {} };
  const own = new Set([evil, tries, seen, open, push, made, fresh, inputs, ...made, ...fresh]);
  for (const o of seen) {
    if (own.has(o) || o instanceof Promise) continue;
    for (const k of Reflect.ownKeys(o)) {
      const before = Object.getOwnPropertyDescriptor(o, k);
      tries(() => { o[k] = evil; });
      tries(() => Object.defineProperty(o, k, { value: evil }));
      tries(() => Object.defineProperty(o, k, { get: evil, set: evil }));
      tries(() => { delete o[k]; });
      const after = Object.getOwnPropertyDescriptor(o, k);
    }
    tries(() => { o.leak = 1; });
    tries(() => Object.defineProperty(o, "leak", { value: 1 }));
    tries(() => Object.setPrototypeOf(o, { leak: 1 }));
  }
  return seen.size;
}`;

const fingerprint = `({}, context) => { const inputs = {}; ${reach}
  // What this step made itself.
  const own = new Set([seen, open, push, made, inputs, ...made, ...fresh, ...Object.values(context.log)]);
  for (const o of fresh) if (/Generator/.test(Object.prototype.toString.call(o))) own.add(Object.getPrototypeOf(o));
  own.delete(globalThis); own.delete(import.meta);
  const lines = [], unfrozen = [];
  let leaks = 0;
  for (const o of seen) {
    if (own.has(o)) continue;
    if (Object.hasOwn(o, "leak") || o.leak) leaks += 1;
    if (!Object.isFrozen(o)) unfrozen.push(Object.prototype.toString.call(o) + " " + (o.name ?? "") + " " + Reflect.ownKeys(o).slice(0, 6).map(String).join(","));
    lines.push(typeof o + Reflect.ownKeys(o).map(String).sort().join());
  }
  return { leaks, count: lines.length, unfrozen, text: lines.sort().join("|").length };
}`;

test('a body that rewrites everything it can reach changes nothing for the next', async ({ page }) => {
  await page.goto(app.url);
  const [before, reached, after, plain] = outcomes(
    await run(
      page,
      [fingerprint, vandalize, fingerprint, 'async () => [3, 1, 2].toSorted().map(String).join()'],
      {
        libraries: ['d3-array'],
      },
    ),
  ) as [{ leaks: number; unfrozen: string[] }, number, { leaks: number }, string];
  console.log(`  reached ${reached} objects`);
  expect(reached).toBeGreaterThan(2000);
  expect(before.unfrozen).toEqual([]);
  expect(after.leaks).toBe(0);
  expect(after).toEqual(before);
  expect(plain).toBe('1,2,3');
});

/** What a body tries, and what the next one returns when it saw nothing of it. */
const attempts: readonly (readonly [name: string, attack: string, look: string, unseen: unknown])[] = [
  ['a global', 'globalThis.x = 1', 'typeof x', 'undefined'],
  ['a method of arrays', 'Array.prototype.map = () => "evil"', '[1].map((n) => n + 1)', [2]],
  ['a method of promises', 'Promise.prototype.then = null', 'await Promise.resolve(1).then((n) => n)', 1],
  ['a property of all objects', 'Object.prototype.polluted = 1', '({}).polluted ?? null', null],
  [
    'a property of all objects, by merging',
    'Object.assign({}.__proto__, JSON.parse(\'{"polluted":1}\'))',
    '({}).polluted ?? null',
    null,
  ],
  ['the control port', 'MessagePort.prototype.postMessage = function () { globalThis.port = this; }', '1', 1],
  ['listening to the worker', 'addEventListener("message", () => {})', '1', 1],
  [
    'listening under another name',
    'EventTarget.prototype.addEventListener.call(null, "message", () => {})',
    '1',
    1,
  ],
  ['the message handler', 'self.onmessage = () => {}', 'typeof onmessage', 'undefined'],
  ['a forged message', 'self.postMessage(3)', '1', 1],
  ['closing the worker', 'self.close()', '1', 1],
  [
    'the last match',
    '/secret/.exec("secret")',
    'String(RegExp.lastMatch) + RegExp["$&"]',
    'undefinedundefined',
  ],
  ['how stacks are made', 'Error.prepareStackTrace = () => "evil"', 'typeof new Error("x").stack', 'string'],
  ['the depth of stacks', 'Error.stackTraceLimit = 0', 'new Error("x").stack.includes("at ")', true],
  ['marks', 'performance.mark("x")', 'typeof performance.getEntries', 'undefined'],
  ['the console', 'console.log = 1', 'typeof console.log', 'function'],
  ['other bodies', 'bodies[1] = () => () => "evil"', '1', 1],
  ['a note on other bodies', 'bodies[1].note = 1', 'bodies[1].note ?? null', null],
  ['the context', 'Object.getPrototypeOf(context).note = 1', 'context.note ?? null', null],
  ['the SDK', '__load("headwater").MaterializeResult.prototype.value = 1', '1', 1],
  ['a library', '__load("d3-array").mean.note = 1', '__load("d3-array").mean.note ?? null', null],
  [
    'a stray timer',
    'setTimeout(() => console.log("stray"), 1)',
    'new Promise((r) => setTimeout(() => r(1), 50))',
    1,
  ],
  ['a stray promise', 'Promise.resolve().then(() => context.log.info("stray"))', '1', 1],
];

for (const [name, attack, look, unseen] of attempts)
  test(`the next body sees nothing of an attack on ${name}`, async ({ page }) => {
    await page.goto(app.url);
    const record = await run(
      page,
      [`(_, context) => { ${attack}; return "done"; }`, `async (_, context) => (${look})`],
      { libraries: ['d3-array'] },
    );
    const [attacked, seen] = outcomes(record);
    console.log(`  ${String(attacked).slice(0, 120)}`);
    expect(seen).toEqual(unseen);
    expect(record.death).toBeUndefined();
    const logs = record.replies.flatMap((reply) =>
      typeof reply === 'object' && reply.type === 'reports' ? (reply.reports[1]?.logs ?? []) : [],
    );
    expect(logs).toEqual([]);
  });

test('ordinary code that assigns over what it inherits still works', async ({ page }) => {
  await page.goto(app.url);
  expect(
    outcomes(
      await run(
        page,
        [
          '() => { const e = new Error("x"); e.name = "Mine"; e.message = "y"; return String(e); }',
          '() => { class Mine extends Error { constructor(m) { super(m); this.name = "Mine"; } } return String(new Mine("z")); }',
          '() => { const count = {}; for (const w of ["constructor", "toString", "valueOf", "a"]) count[w] = Object.hasOwn(count, w) ? count[w] + 1 : 1; return count; }',
          '() => { function Old() {} Old.prototype.toString = () => "old"; Old.prototype.constructor = Old; return String(new Old()); }',
          '() => { const f = () => 1; f.toString = () => "f"; return String(f); }',
          '() => { const u = new Uint8Array([3, 1, 2]); u.sort(); return [u instanceof Uint8Array, u.constructor === Uint8Array, [...Uint8Array.from([1, 2])], u.slice(1).length, Uint8Array.BYTES_PER_ELEMENT]; }',
          '() => { class Bytes extends Uint8Array {} return [new Bytes(3).length, new Bytes(3) instanceof Bytes]; }',
          'async () => { const s = new Blob(["hi"]).stream().pipeThrough(new CompressionStream("gzip")).pipeThrough(new DecompressionStream("gzip")); return await new Response(s).text(); }',
          '() => __load("date-fns").format(__load("date-fns").addDays(new Date(2024, 0, 31), 1), "yyyy-MM-dd")',
        ],
        { libraries: ['date-fns'] },
      ),
    ),
  ).toEqual([
    'Mine: y',
    'Mine: z',
    { constructor: 1, toString: 1, valueOf: 1, a: 1 },
    'old',
    'f',
    [true, true, [1, 2], 2, 1],
    [3, true],
    'hi',
    '2024-02-01',
  ]);
});
