// What the driver calls in the page: `bench`. The page is made of the app's own parts; see bench-engine.worker.ts.

import { createRunnerFrame } from '#app/runner-frame.ts';
import { attachRunnerHost } from '#app/runner-host.ts';
import { installTrustedTypes } from '#app/runner-trusted-types.ts';
import { shippedLibraryText } from '#app/shipped-libraries.ts';
import type { WorkspaceEvent } from '#engine/workspace-port.ts';
import { type CodeAsset, emptyDocument } from '#model/document.ts';
import { isTerminal, type RunEvent, type RunRecord } from '#model/events.ts';
import { formatDocument } from '#model/format-document.ts';
import { type AssetId, asAssetId, asTabId, type ProjectId, type RunId } from '#model/ids.ts';
import { startEngineWorker } from '#workers/engine/client.ts';
import { type BenchGraph, expectedValue } from '../random-graph.ts';
import type { BenchCommand } from './bench-engine.worker.ts';
import { prepareFloor } from './floor.ts';
import type { AcrossLanes } from './lane-hand-off.ts';
import { measureClone, measureNewWorker } from './peers.ts';
import { handOffBodies } from './rows-text.ts';

installTrustedTypes();

const worker = new Worker(new URL('./bench-engine.worker.ts', import.meta.url), { type: 'module' });
const faults: string[] = [];
const { workspace, runnerPort } = startEngineWorker(worker, asTabId(crypto.randomUUID()), (message) =>
  faults.push(message),
);
attachRunnerHost(createRunnerFrame(shippedLibraryText), runnerPort);

let project: { readonly id: ProjectId; readonly ids: readonly AssetId[] } | undefined;
let floor: (() => Promise<number>) | undefined;

function tell(command: BenchCommand): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(command, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}

/** Resolves with the first event that fits, among those from now on. */
function next<T>(read: (event: WorkspaceEvent) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const stop = workspace.subscribe((event) => {
      const found = read(event);
      if (found === undefined) return;
      stop();
      resolve(found);
    });
  });
}

async function open(name: string, bodies: Readonly<Record<string, string>>): Promise<void> {
  const assets = Object.entries(bodies).map(([key, body], i): CodeAsset => {
    return { id: asAssetId(`id-${i}`), kind: 'asset', key, position: { x: 0, y: 0 }, body };
  });
  const text = formatDocument({
    ...emptyDocument(name),
    assets: new Map(assets.map((asset) => [asset.id, asset])),
  });
  const imported = await workspace.importProject(text, []);
  if (!imported.ok) throw new Error(imported.error.type);
  const leading = next((event) => (event.type === 'leading' && event.leading ? true : undefined));
  await workspace.openProject(imported.value);
  await leading;
  project = { id: imported.value, ids: assets.map((asset) => asset.id) };
}

async function launch(ids?: readonly AssetId[]): Promise<{ runId: RunId; ended: Promise<RunRecord> }> {
  if (!project) throw new Error('No project is open.');
  const early: RunRecord[] = [];
  let wanted: RunId | undefined;
  const ended = next((event) => {
    if (event.type !== 'runs') return undefined;
    for (const run of event.runs) {
      if (!isTerminal(run.status)) continue;
      if (wanted === undefined) early.push(run);
      else if (run.runId === wanted) return run;
    }
    return undefined;
  });
  const launched = await workspace.launch(project.id, {
    target: ids === undefined ? { type: 'all' } : { type: 'assets', ids },
    seq: 0,
    trigger: 'manual',
  });
  if (!launched.ok) throw new Error(JSON.stringify(launched.error).slice(0, 500));
  wanted = launched.value;
  const already = early.find((run) => run.runId === wanted);
  return { runId: launched.value, ended: already ? Promise.resolve(already) : ended };
}

/** One run of the whole project: from the call to the news that its last event is safe. */
async function timedRun(): Promise<{ ms: number; runId: RunId }> {
  const begunAt = performance.now();
  const { runId, ended } = await launch();
  const run = await ended;
  const ms = performance.now() - begunAt;
  if (run.status !== 'SUCCESS') throw new Error(await whyNot(run));
  return { ms, runId };
}

const eventsOf = (runId: RunId): Promise<readonly RunEvent[]> => {
  if (!project) throw new Error('No project is open.');
  return workspace.runEvents(project.id, runId);
};

async function whyNot(run: RunRecord): Promise<string> {
  const failures = (await eventsOf(run.runId)).filter((event) => event.type === 'STEP_FAILURE');
  const first = failures[0];
  return `The run ended as ${run.status}, ${run.succeeded} of ${run.stepCount} steps succeeded; ${first?.assetKey}: ${first?.message}`;
}

const metadataOf = (events: readonly RunEvent[], key: string, label: string): unknown =>
  events.find((event) => event.type === 'ASSET_MATERIALIZATION' && event.assetKey === key)?.metadata?.[label]
    ?.value;

const bench = {
  faults,
  hardware: () => ({ cores: navigator.hardwareConcurrency, userAgent: navigator.userAgent }),

  async openGraph(graph: BenchGraph): Promise<void> {
    await open(
      `graph of ${graph.nodes.length}`,
      Object.fromEntries(
        graph.nodes.map(({ key, deps }, i) => [
          key,
          `export default function ${key}({ ${deps.join(', ')} }: Inputs): number {\n  return ${expectedValue(i)};\n}\n`,
        ]),
      ),
    );
    floor = prepareFloor(graph);
  },
  async runGraph(options: { cold: boolean; runner: 'sandbox' | 'plain' }): Promise<number> {
    await tell({ type: 'use-runner', runner: options.runner });
    if (options.cold) await tell({ type: 'forget-compiled' });
    return (await timedRun()).ms;
  },
  runFloor: () => floor?.() ?? Promise.reject(new Error('No graph is open.')),
  /** Runs once more and checks that each asset's value is stored, and is its own. */
  async checkValues(): Promise<{ materialized: number; versions: number; packsRead: number }> {
    const { runId } = await timedRun();
    const made = (await eventsOf(runId)).filter((event) => event.type === 'ASSET_MATERIALIZATION');
    const hashes = new Set(made.map((event) => event.value?.hash));
    let packsRead = 0;
    for (const event of made) {
      if (!project || !event.value) continue;
      // Reading checks the bytes against their hash.
      const index = Number(event.assetKey?.slice(1));
      if (packsRead < 200) {
        const preview = await workspace.preview(project.id, event.value);
        if (preview.type !== 'tree' || preview.root.text !== String(expectedValue(index)))
          throw new Error(`The value of ${event.assetKey} is not what its body returned.`);
        packsRead += 1;
      }
    }
    return { materialized: made.length, versions: hashes.size, packsRead };
  },

  async openLoop(): Promise<void> {
    await open('endless', {
      endless: 'export default function endless() { for (;;); }',
      next: 'export default function next() { return performance.timeOrigin + performance.now(); }',
    });
  },
  /** Cancels an endless loop and runs another asset: from the cancel to that asset's first line. */
  async cancelThenNext(): Promise<{ nextMs: number; canceledMs: number; worstGapMs: number }> {
    if (!project) throw new Error('No project is open.');
    const [endless, after] = project.ids as [AssetId, AssetId];
    const running = next((event) =>
      event.type === 'states' &&
      [...event.states, ...event.live].some((s) => s.assetId === endless && s.status === 'running')
        ? true
        : undefined,
    );
    const looping = await launch([endless]);
    await running;
    // The spare worker stands ready a moment after a run has begun.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const gaps = watchFrames();
    const canceledAt = performance.now();
    const canceledAtTime = performance.timeOrigin + canceledAt;
    void workspace.cancel(project.id, looping.runId);
    const following = launch([after]);
    const canceled = await looping.ended;
    const canceledMs = performance.now() - canceledAt;
    if (canceled.status !== 'CANCELED') throw new Error(`The endless run ended as ${canceled.status}.`);
    const { runId, ended } = await following;
    await ended;
    const worstGapMs = gaps();
    const start = (await eventsOf(runId)).find((event) => event.type === 'STEP_START');
    return { nextMs: (start?.timestamp ?? 0) * 1000 - canceledAtTime, canceledMs, worstGapMs };
  },
  newWorkerAfterTerminate: measureNewWorker,

  async openRows(count: number): Promise<void> {
    await open('rows', handOffBodies(count));
  },
  /** Two assets in one run: from the first one's report to the second one's first line. */
  async handOffInLane(): Promise<{ handOffMs: number; encodeMs: number; isEqual: boolean }> {
    const { runId } = await timedRun();
    const events = await eventsOf(runId);
    const made = events.find((event) => event.type === 'STEP_SUCCESS' && event.assetKey === 'rows');
    const start = events.find((event) => event.type === 'STEP_START' && event.assetKey === 'rows');
    const endedAt = (start?.timestamp ?? 0) * 1000 + (made?.durationMs ?? 0);
    return {
      handOffMs: Number(metadataOf(events, 'reader', 'at')) - endedAt,
      encodeMs: endedAt - Number(metadataOf(events, 'rows', 'at')),
      isEqual: metadataOf(events, 'rows', 'checksum') === metadataOf(events, 'reader', 'checksum'),
    };
  },
  handOffAcrossLanes: (rows: number) => tell({ type: 'across-lanes', rows }) as Promise<AcrossLanes>,
  cloneOneWay: measureClone,
};
export type Bench = typeof bench;
Object.assign(globalThis, { bench });

/** Watches animation frames; the call of what it returns ends that and gives the worst gap. */
function watchFrames(): () => number {
  let last = performance.now();
  let worst = 0;
  let isOver = false;
  requestAnimationFrame(function tick() {
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
    if (!isOver) requestAnimationFrame(tick);
  });
  return () => {
    isOver = true;
    return Math.max(worst, performance.now() - last);
  };
}
