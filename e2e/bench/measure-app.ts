// P3, P9, P10, P15 and P18: the built app, as a user meets it, beside what else one could use.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { projectText } from '../stories/app-page.ts';
import { appFolder, type ServedApp, serveApp } from '../stories/serve-app.ts';
import { callPeer, openProject, viewport } from './bench-pages.ts';
import { gridPlace } from './grid-place.ts';
import { measureEditor } from './measure-editor.ts';
import { expectedValue, randomGraph } from './random-graph.ts';
import { type BenchRow, median } from './statistics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const peerFolder = join(root, '.cache/bench-peers');
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const largeCount = 10_000;

export async function measureApp(
  executablePath: string,
  only: ReadonlySet<string>,
  rounds: number,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  if (only.has('P18')) rows.push(firstLoad());
  if (!['P3', 'P9', 'P10', 'P15'].some((name) => only.has(name))) return rows;
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./peer-pages', import.meta.url)),
    logLevel: 'error',
    base: './',
    publicDir: false,
    worker: { format: 'es' },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: peerFolder, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 7_000 },
  });
  const app = await serveApp();
  const peers = await serveApp(0, peerFolder);
  const browser = await chromium.launch({
    ...(executablePath === '' ? {} : { executablePath }),
    args: flags.split(' '),
  });
  try {
    if (only.has('P3')) rows.push(await measureClick(browser, app, peers, rounds, say));
    if (only.has('P15')) rows.push(...(await measureEditor(browser, app, peers, rounds, say)));
    if (only.has('P9') || only.has('P10'))
      rows.push(...(await measureLarge(browser, app, peers, only, rounds, say)));
    return rows;
  } finally {
    await browser.close();
    await Promise.all([app.stop(), peers.stop()]);
  }
}

/** P18: script and style that the page itself asks for, gzipped. */
function firstLoad(): BenchRow {
  const html = readFileSync(join(appFolder, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1]!);
  const kb = (pattern: RegExp) =>
    files
      .filter((file) => pattern.test(file))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(appFolder, file))).length, 0) / 1000;
  const script = kb(/\.js$/);
  return {
    id: 'P18',
    what: 'script at first load, gzipped',
    unit: 'kB',
    ours: script,
    ratio: script / 400,
    goal: '≤ 400 kB',
    reached: script <= 400,
    samples: { ours: [script], style: [kb(/\.css$/)] },
  };
}

/** P3: from the click to the frame in which the node says that its new value is stored. */
async function measureClick(
  browser: Browser,
  app: ServedApp,
  peers: ServedApp,
  rounds: number,
  say: (text: string) => void,
): Promise<BenchRow> {
  say('P3: one asset, from the click to the painted status …');
  const clicks = rounds * 20;
  const page = await openProject(
    browser,
    app,
    projectText('One', [{ key: 'one', body: '() => 100 + Math.floor(performance.now() * 1000)' }]),
  );
  await page.locator('[data-asset-key="one"]').click();
  const click = (count: number) =>
    page.evaluate(async (wanted) => {
      const button = [...document.querySelectorAll('button')].find(
        (each) => each.textContent === 'Materialize selected',
      );
      const node = document.querySelector('[data-asset-key="one"]');
      if (!button || !node) throw new Error('The button or the node is not there.');
      const taken: number[] = [];
      for (let i = 0; i < wanted; i += 1) {
        // The value is another each time, and the node shows it.
        const before = node.textContent;
        const done = new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            const isMade = node.getAttribute('data-status') === 'materialized';
            if (!isMade || node.textContent === before || !/\d\d/.test(node.textContent ?? '')) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(node, { attributes: true, childList: true, characterData: true, subtree: true });
        });
        const startedAt = performance.now();
        button.click();
        await done;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        taken.push(performance.now() - startedAt);
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
      return taken;
    }, count);
  await click(5);
  const peerPage = await (await browser.newContext({ viewport })).newPage();
  await peerPage.goto(peers.origin);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(...(await click(clicks / rounds)));
    peer.push(...(await callPeer<readonly number[]>(peerPage, 'handWritten', clicks / rounds)));
  }
  await Promise.all([page.context().close(), peerPage.context().close()]);
  const ratio = median(ours) / median(peer);
  const p95 = ours.toSorted((a, b) => a - b)[Math.floor(ours.length * 0.95)]!;
  return {
    id: 'P3',
    what: 'one asset, click to painted status',
    unit: 'ms',
    ours: median(ours),
    peer: { name: 'a worker call and a put by hand', value: median(peer) },
    ratio,
    goal: '≤ 1.5 of the pair by hand',
    reached: ratio <= 1.5,
    samples: { ours, peer },
    note: `95 % within ${p95.toFixed(0)} ms (goal: two frames)`,
  };
}

const largeProject = () =>
  JSON.stringify({
    format: 'headwater',
    version: 1,
    name: 'Large',
    assets: randomGraph(largeCount).nodes.map(({ key, deps }, i) => ({
      id: key,
      kind: 'asset',
      key,
      position: gridPlace(i),
      body: `export default ({ ${deps.join(', ')} }) => ${expectedValue(i)};\n`,
    })),
  });

/** P9 and P10: opening, panning, zooming and fitting 10,000 assets with ten materializations each. */
async function measureLarge(
  browser: Browser,
  app: ServedApp,
  peers: ServedApp,
  only: ReadonlySet<string>,
  rounds: number,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  say(`P9, P10: ${largeCount.toLocaleString('en-US')} assets, run ten times, then opened ${rounds} times …`);
  const page = await openProject(browser, app, largeProject());
  const url = page.url();
  for (let i = 0; i < 10; i += 1) {
    await page.getByRole('button', { name: 'Materialize all' }).press('Enter');
    const cancel = page.getByRole('button', { name: 'Cancel run' });
    await cancel.waitFor({ timeout: 30_000 }).catch(() => undefined);
    await cancel.waitFor({ state: 'detached', timeout: 180_000 });
  }
  const opened: number[] = [];
  const mounted: number[] = [];
  const ourFrames: Gestures[] = [];
  const theirFrames: Gestures[] = [];
  await page.addInitScript(recordOpening);
  for (let round = 0; round < rounds; round += 1) {
    await page.goto('about:blank');
    await page.goto(url);
    opened.push(await openedAt(page));
    await page.waitForTimeout(1_500);
    if (only.has('P10')) ourFrames.push(await gestures(page, '.react-flow'));

    const context = await browser.newContext({ viewport });
    const peer = await context.newPage();
    await peer.goto(peers.origin);
    mounted.push(await callPeer<number>(peer, 'mountFlow', largeCount));
    await peer.waitForTimeout(500);
    if (only.has('P10')) theirFrames.push(await gestures(peer, '.react-flow'));
    await context.close();
  }
  await page.context().close();
  const rows: BenchRow[] = [];
  if (only.has('P9')) {
    const ratio = median(opened) / median(mounted);
    rows.push({
      id: 'P9',
      what: 'opening 10,000 assets with 100,000 materializations',
      unit: 'ms',
      ours: median(opened),
      peer: { name: 'React Flow’s mount of the nodes alone', value: median(mounted) },
      ratio,
      goal: '≤ 0.3 of React Flow’s mount',
      reached: ratio <= 0.3,
      samples: { ours: opened, peer: mounted },
    });
  }
  if (only.has('P10'))
    for (const gesture of ['pan', 'zoom', 'fit'] as const) {
      const ours = ourFrames.map((each) => each[gesture]);
      const peer = theirFrames.map((each) => each[gesture]);
      const ratio = median(peer) / median(ours);
      rows.push({
        id: 'P10',
        what: `worst frame: ${gesture} of 10,000 assets`,
        unit: 'ms',
        ours: median(ours),
        peer: { name: 'React Flow with culling', value: median(peer) },
        ratio,
        goal: '≥ 50 smaller than React Flow’s',
        reached: ratio >= 50,
        samples: { ours, peer },
      });
    }
  return rows;
}

/** Notes when the graph is on the screen and answers: two frames after its picture is there. */
function recordOpening(): void {
  const marks = globalThis as unknown as { openedAt: number };
  marks.openedAt = 0;
  const look = () => {
    const isThere = document.querySelector('.react-flow canvas, [data-testid="asset-node"]') !== null;
    if (!isThere) return requestAnimationFrame(look);
    return requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        marks.openedAt = performance.now();
      }),
    );
  };
  requestAnimationFrame(look);
}

interface Gestures {
  readonly pan: number;
  readonly zoom: number;
  readonly fit: number;
}

/** The longest gap between two frames during each gesture, in milliseconds. */
/** When the page could first be used. Asked by evaluating, because its policy lets nobody wait by a text of code. */
async function openedAt(page: Page): Promise<number> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const at = await page.evaluate(() => Reflect.get(globalThis, 'openedAt') as unknown);
    if (typeof at === 'number' && at > 0) return at;
    await page.waitForTimeout(50);
  }
  throw new Error('The large project did not open within a minute.');
}

async function gestures(page: Page, selector: string): Promise<Gestures> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error('The graph is not on the screen.');
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 3 };
  const worst = async (act: () => Promise<void>): Promise<number> => {
    await page.evaluate(() => {
      const marks = globalThis as unknown as { worstGap: number; isWatching: boolean };
      marks.worstGap = 0;
      marks.isWatching = true;
      let last = performance.now();
      const look = () => {
        const now = performance.now();
        marks.worstGap = Math.max(marks.worstGap, now - last);
        last = now;
        if (marks.isWatching) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await act();
    await page.waitForTimeout(300);
    return page.evaluate(() => {
      const marks = globalThis as unknown as { worstGap: number; isWatching: boolean };
      marks.isWatching = false;
      return marks.worstGap;
    });
  };
  await page.mouse.move(centre.x, centre.y);
  const zoom = await worst(async () => {
    for (let i = 0; i < 24; i += 1) await page.mouse.wheel(0, i < 12 ? -120 : 120);
  });
  const pan = await worst(async () => {
    await page.mouse.down();
    for (let i = 1; i <= 30; i += 1) await page.mouse.move(centre.x + i * 8, centre.y + i * 5);
    await page.mouse.up();
  });
  const fit = await worst(async () => {
    for (let i = 0; i < 14; i += 1) await page.mouse.wheel(0, 240);
  });
  return { pan, zoom, fit };
}
