// `materialize`: runs assets in this process, with the same plan and engine as everywhere.

import { ok } from '#base/result.ts';
import { foldSegment } from '#engine/asset-index.ts';
import { createCompiler } from '#engine/compiler.ts';
import { executeRun } from '#engine/execute-run.ts';
import { planRun } from '#engine/plan.ts';
import { valueFacts } from '#engine/value-facts.ts';
import type { Json } from '#model/document.ts';
import type { BodyError } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import { asAssetId, asRunId } from '#model/ids.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import {
  type AssetSpec,
  type AssetsDefinition,
  type CoercibleToAssetKey,
  isAssetsDefinition,
  keyTextOf,
} from '#sdk/asset.ts';
import { toDocument } from '#sdk/definitions-document.ts';
import type { BodyFunction } from '#sdk/run-body.ts';
import { DefinitionsError } from './definitions.ts';
import { ExecuteInProcessResult } from './execute-result.ts';
import { createInProcessRunner } from './in-process-runner.ts';
import { Instance } from './instance.ts';
import { sha256Hex } from './sha256.ts';

/** What a run of `materialize` may be told. */
export interface MaterializeOptions {
  /** `"*"`, comma-separated user strings, or keys; everything by default. */
  selection?: string | readonly CoercibleToAssetKey[];
  /** Tags of the run. */
  tags?: Readonly<Record<string, string>>;
  /** Where runs are remembered; a fresh one in memory by default. */
  instance?: Instance;
  /** Throw the first error of a body. True by default. */
  raiseOnError?: boolean;
  runConfig?: { assets?: Readonly<Record<string, unknown>> };
}

/** Materializes assets in this process, one after another. Dagster: `materialize`. */
export async function materialize(
  assets: readonly (AssetsDefinition | AssetSpec)[],
  options: MaterializeOptions = {},
): Promise<ExecuteInProcessResult> {
  const { document, problems } = toDocument(assets);
  if (problems.length > 0) throw new DefinitionsError(problems);
  const { store, index, projectId, fencing } = await Instance.open(options.instance ?? Instance.ephemeral());
  const graph = buildGraph(document);
  const definitions = new Map(assets.filter(isAssetsDefinition).map((item) => [item.key.toString(), item]));
  const latestOf = (id: ReturnType<typeof asAssetId>) => index.heads.get(id)?.latest;
  const plan = planRun({
    graph,
    selection: selectionOf(options.selection, document.assets),
    // Functions are JavaScript already: there is nothing to strip.
    compiler: createCompiler({ strip: ok, sha256: sha256Hex }),
    latestOf,
  });
  if (!plan.ok)
    throw plan.error.type === 'NothingToRun'
      ? new TypeError('The selection holds no asset that can be materialized.')
      : new DefinitionsError(plan.error.problems as readonly GraphProblem[]);

  const config = new Map<string, Json>();
  for (const [key, definition] of definitions) {
    const schema = definition.options.config;
    const raw = options.runConfig?.assets?.[key];
    if (schema) config.set(key, schema.parse(raw ?? {}) as Json);
    else if (raw !== undefined) config.set(key, raw as Json);
  }
  const thrown = new Map<string, unknown>();
  const handle = executeRun(
    {
      projectId,
      runId: asRunId(crypto.randomUUID()),
      fencing,
      plan: plan.value,
      target: typeof options.selection === 'string' ? options.selection : 'all',
      trigger: 'api',
      tags: options.tags ?? {},
      defaultTimeoutMs: Number.POSITIVE_INFINITY,
      latestOf,
      configOf: (step) => config.get(step.label),
    },
    {
      clock: systemClock,
      random: Math.random,
      sha256: sha256Hex,
      runner: createInProcessRunner((key) => catching(key, definitions.get(key)!.body, thrown)),
      store,
      values: valueFacts,
      decodeFile: async () => ({ ok: false, error: noFiles }),
      async readValue(ref) {
        const pack = await store.readPack(projectId, ref.pack);
        return pack?.subarray(ref.offset, ref.offset + ref.length);
      },
    },
    {
      onCommitted: (segment) => foldSegment(index, segment),
      onLive: () => undefined,
      onStoreFailed: () => undefined,
    },
  );
  const run = await handle.ended;
  const events = await store.readRunEvents(projectId, run.runId);
  const failure = events.find((event) => event.type === 'STEP_FAILURE');
  if (failure && (options.raiseOnError ?? true))
    throw thrown.has(failure.assetKey!) ? thrown.get(failure.assetKey!) : errorFrom(failure.error!);
  const values = new Map<string, unknown>();
  for (const event of events) {
    if (event.type !== 'ASSET_MATERIALIZATION' || !event.value) continue;
    const pack = await store.readPack(projectId, event.value.pack);
    const { offset, length } = event.value;
    if (pack) values.set(event.assetKey!, decodeValue(pack.subarray(offset, offset + length)));
  }
  return new ExecuteInProcessResult(run, events, values);
}

const noFiles: BodyError = { name: 'FileMissing', message: 'Files belong to saved projects.' };

const systemClock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

function selectionOf(
  selection: MaterializeOptions['selection'],
  known: ReadonlyMap<ReturnType<typeof asAssetId>, unknown>,
) {
  if (selection === undefined || selection === '*') return 'all' as const;
  const keys =
    typeof selection === 'string' ? selection.split(',').map((key) => key.trim()) : selection.map(keyTextOf);
  const ids = new Set(keys.map(asAssetId));
  for (const id of ids)
    if (!known.has(id)) throw new TypeError(`The selection names “${id}”, which is not among the assets.`);
  return ids;
}

// The user's own error is what the caller wants to catch, so the last one of each body is kept.
function catching(key: string, body: BodyFunction, thrown: Map<string, unknown>): BodyFunction {
  return (inputs, context) => {
    const keep = (error: unknown): never => {
      thrown.set(key, error);
      throw error;
    };
    try {
      const result = body(inputs, context);
      return result instanceof Promise ? result.catch(keep) : result;
    } catch (error) {
      return keep(error);
    }
  };
}

const errorFrom = ({ name, message }: BodyError): Error => Object.assign(new Error(message), { name });
