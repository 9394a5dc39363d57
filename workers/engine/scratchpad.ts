// Runs lines of the scratchpad as a body of its own over stored values. Nothing that comes of it is stored: the
// commits of its run end here.

import { ok } from '#base/result.ts';
import type { Compiler } from '#engine/compiler.ts';
import { executeRun } from '#engine/execute-run.ts';
import { planResources, withEnvironment } from '#engine/lane-resource.ts';
import { planRun } from '#engine/plan.ts';
import type { Clock, IdSource } from '#engine/ports.ts';
import type { RunDeps, RunHandle, RunSpec } from '#engine/run-types.ts';
import { literalKeys, notLoadedName, scratchBody } from '#engine/scratch-body.ts';
import type { ScratchLine, ScratchOutcome, ScratchPrinted, ScratchResult } from '#engine/scratch-port.ts';
import { afterPrinting, nothingPrinted, printedOf } from '#engine/scratch-printed.ts';
import type { CodeAsset, ProjectDocument } from '#model/document.ts';
import type { RunEvent } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import { asAssetId, asRunId, type ProjectId } from '#model/ids.ts';
import { similarKeys } from '#model/similar-keys.ts';
import { createValueReader } from './value-reader.ts';

export interface ScratchpadDeps {
  readonly projectId: ProjectId;
  readonly compiler: Compiler;
  readonly clock: Clock;
  readonly newId: IdSource;
  readonly run: Omit<RunDeps, 'store' | 'clock'>;
  readonly latestOf: RunSpec['latestOf'];
  document(): ProjectDocument;
  readSecret(name: string): Promise<string | undefined>;
  /** As it comes, while lines run. */
  onPrinted(evaluationId: string, attempt: number, printed: ScratchPrinted): void;
}

export interface Scratchpad {
  evaluate(evaluationId: string, source: string): Promise<ScratchResult>;
  stop(evaluationId: string): void;
  stopAll(): void;
}

const timeoutMs = 300_000;
/** How often lines are run again because they load something that was not known before they ran. */
const mostLoads = 100;

export function createScratchpad(deps: ScratchpadDeps): Scratchpad {
  const { compiler, clock } = deps;
  const running = new Map<string, RunHandle>();
  const stopped = new Set<string>();

  async function evaluate(evaluationId: string, source: string): Promise<ScratchResult> {
    const startedAt = clock.now();
    const graph = buildGraph(deps.document());
    const keys = new Set(literalKeys(source).filter((key) => graph.idByKey.has(key)));
    const answer = (outcome: ScratchOutcome, printed = nothingPrinted): ScratchResult => ({
      outcome,
      printed,
      durationMs: clock.now() - startedAt,
    });
    for (let loads = 0; ; loads++) {
      const result = await runOnce(evaluationId, loads, source, [...keys]);
      if (stopped.delete(evaluationId)) return answer({ type: 'stopped' }, result.printed);
      const missing = missingKey(result.outcome);
      if (missing === undefined || keys.has(missing) || loads >= mostLoads)
        return answer(result.outcome, result.printed);
      if (!graph.idByKey.has(missing)) {
        const didYouMean = similarKeys(missing, graph.idByKey.keys()).slice(0, 3);
        return answer(
          { type: 'refused', error: { type: 'NoSuchAsset', key: missing, didYouMean } },
          result.printed,
        );
      }
      keys.add(missing);
    }
  }

  async function runOnce(
    evaluationId: string,
    attempt: number,
    source: string,
    keys: readonly string[],
  ): Promise<Pick<ScratchResult, 'outcome' | 'printed'>> {
    const refused = (outcome: ScratchOutcome) => ({ outcome, printed: nothingPrinted });
    const made = scratchBody(source, keys, compiler.strip);
    if (!made.ok) {
      const { message, line, column } = made.error;
      return refused({ type: 'failed', error: { name: 'SyntaxError', message, position: { line, column } } });
    }
    const document = deps.document();
    const asset = scratchAsset(document, made.value.body, made.value.ins);
    const withScratch = { ...document, assets: new Map([...document.assets, [asset.id, asset]]) };
    const planned = planRun({
      graph: buildGraph(withScratch),
      selection: new Set([asset.id]),
      checks: 'none',
      compiler,
      latestOf: deps.latestOf,
    });
    if (!planned.ok) return refused({ type: 'refused', error: planned.error });
    const resources = planResources(planned.value, withScratch, compiler);
    if (!resources.ok) return refused({ type: 'refused', error: resources.error });
    const environment = await withEnvironment(resources.value, deps.readSecret);
    if (stopped.has(evaluationId)) return refused({ type: 'stopped' });

    const events: RunEvent[] = [];
    const packs = new Map<string, Uint8Array>();
    let printed = nothingPrinted;
    const handle = executeRun(
      {
        projectId: deps.projectId,
        runId: asRunId(deps.newId()),
        fencing: 0,
        plan: planned.value,
        target: asset.key,
        trigger: 'manual',
        tags: {},
        defaultTimeoutMs: timeoutMs,
        latestOf: deps.latestOf,
        maxLanes: 1,
        ...environment,
      },
      {
        ...deps.run,
        clock,
        store: {
          async commit(commit) {
            const lines: ScratchLine[] = [];
            for (const event of commit.events)
              if (event.type === 'LOG') lines.push(lineOf(event));
              else events.push(event);
            if (lines.length > 0) {
              const more = printedOf(lines);
              printed = afterPrinting(printed, more);
              deps.onPrinted(evaluationId, attempt, more);
            }
            for (const pack of commit.packs) packs.set(pack.id, pack.bytes);
            return ok(events.length);
          },
        },
      },
      { onCommitted: () => undefined, onLive: () => undefined, onStoreFailed: () => undefined },
    );
    running.set(evaluationId, handle);
    await handle.ended;
    running.delete(evaluationId);
    return { outcome: await outcomeOf(events, packs), printed };
  }

  async function outcomeOf(
    events: readonly RunEvent[],
    packs: ReadonlyMap<string, Uint8Array>,
  ): Promise<ScratchOutcome> {
    const failure = events.find(({ type }) => type === 'STEP_FAILURE');
    if (failure)
      return { type: 'failed', error: failure.error ?? { name: 'Error', message: failure.message ?? '' } };
    const value = events.find(({ type }) => type === 'ASSET_MATERIALIZATION')?.value;
    if (!value) return { type: 'nothing' };
    const reader = createValueReader({
      store: { readPack: async (_, id) => packs.get(id), listDeletedPacks: async () => new Set() },
      sha256: deps.run.sha256,
      values: deps.run.values,
    });
    return { type: 'value', preview: await reader.preview(deps.projectId, value) };
  }

  function stop(evaluationId: string): void {
    stopped.add(evaluationId);
    running.get(evaluationId)?.cancel();
  }

  return {
    async evaluate(evaluationId, source) {
      try {
        return await evaluate(evaluationId, source);
      } finally {
        stopped.delete(evaluationId);
      }
    },
    stop,
    stopAll() {
      for (const id of running.keys()) stop(id);
    },
  };
}

function scratchAsset(
  document: ProjectDocument,
  body: string,
  ins: Readonly<Record<string, string>>,
): CodeAsset {
  const keys = new Set([...document.assets.values()].map(({ key }) => key));
  let key = 'scratchpad';
  while (keys.has(key)) key += '_';
  let id = asAssetId('scratchpad');
  while (document.assets.has(id)) id = asAssetId(`${id}_`);
  return { kind: 'asset', id, key, position: { x: 0, y: 0 }, body, ins };
}

/** The key of a value that the lines asked for and did not have. */
function missingKey(outcome: ScratchOutcome): string | undefined {
  if (outcome.type !== 'failed') return undefined;
  let { error } = outcome;
  while (error.cause && error.name !== notLoadedName) error = error.cause;
  return error.name === notLoadedName ? error.message : undefined;
}

const lineOf = ({ level = 'INFO', message = '' }: RunEvent): ScratchLine => ({ level, message });
