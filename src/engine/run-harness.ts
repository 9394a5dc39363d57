// Runs documents for tests over any BodyRunner and a store in memory. Test code only.

import { ok } from '#base/result.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import type { RunEvent, RunRecord } from '#model/events.ts';
import { buildGraph } from '#model/graph.ts';
import { type AssetId, asProjectId, asRunId } from '#model/ids.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { type AssetIndex, emptyIndex, foldSegment } from './asset-index.ts';
import type { LiveStep } from './asset-status.ts';
import { definitionVersion } from './code-version.ts';
import { type Compiler, createCompiler } from './compiler.ts';
import { executeRun } from './execute-run.ts';
import { planRun } from './plan.ts';
import type { BodyRunner, Clock, RunCommit, Sha256 } from './ports.ts';
import type { DecodeFile, RunHandle } from './run-types.ts';
import { valueFacts } from './value-facts.ts';
import { findStaleCauses } from './versions.ts';

export interface RunHarness {
  readonly index: AssetIndex;
  readonly compiler: Compiler;
  readonly commits: readonly RunCommit[];
  start(document: ProjectDocument, keys?: readonly string[]): RunHandle;
  run(
    document: ProjectDocument,
    keys?: readonly string[],
  ): Promise<{ run: RunRecord; events: readonly RunEvent[] }>;
  valueOf(id: AssetId): unknown;
  staleCauses(document: ProjectDocument): Record<string, readonly string[]>;
}

/** `onLive` hears what the run says of assets, and whether they are materialized by what is stored so far. */
export function createRunHarness(
  runner: BodyRunner,
  sha256: Sha256,
  clock: Clock,
  onLive: (live: LiveStep | undefined, isMaterialized: boolean) => void = () => undefined,
  decodeFile: DecodeFile = async () => ({
    ok: false,
    error: { name: 'FileMissing', message: 'no files here' },
  }),
): RunHarness {
  const index = emptyIndex();
  const commits: RunCommit[] = [];
  const packs = new Map<string, Uint8Array>();
  const compiler = createCompiler({ strip: ok, sha256 });
  let runs = 0;

  function start(document: ProjectDocument, keys?: readonly string[]): RunHandle {
    const graph = buildGraph(document);
    const latestOf = (id: AssetId) => index.heads.get(id)?.latest;
    const selection = keys && new Set(keys.map((key) => graph.idByKey.get(key)!));
    const plan = planRun({ graph, selection: selection ?? 'all', compiler, latestOf });
    if (!plan.ok) throw new Error(JSON.stringify(plan.error));
    runs += 1;
    return executeRun(
      {
        projectId: asProjectId('p'),
        runId: asRunId(`run-${runs}`),
        fencing: 1,
        plan: plan.value,
        target: 'all',
        trigger: 'manual',
        tags: {},
        defaultTimeoutMs: 60_000,
        latestOf,
      },
      {
        clock,
        random: () => 0.5,
        sha256,
        runner,
        values: valueFacts,
        decodeFile,
        async readValue(ref) {
          return packs.get(ref.pack)?.subarray(ref.offset, ref.offset + ref.length);
        },
        store: {
          async commit(commit) {
            await new Promise((resolve) => clock.after(1, () => resolve(undefined)));
            commits.push(commit);
            for (const pack of commit.packs) packs.set(pack.id, pack.bytes);
            return ok(commits.length);
          },
        },
      },
      {
        onCommitted: (segment) => foldSegment(index, segment),
        onLive: (id, live) => onLive(live, index.heads.get(id)?.latest !== undefined),
        onStoreFailed: () => undefined,
      },
    );
  }

  return {
    index,
    compiler,
    commits,
    start,
    async run(document, keys) {
      const handle = start(document, keys);
      const run = await handle.ended;
      const events = commits
        .filter((commit) => commit.runId === handle.runId)
        .flatMap((commit) => commit.events);
      return { run, events };
    },
    valueOf(id) {
      const value = index.heads.get(id)?.latest?.value;
      const pack = value && packs.get(value.pack);
      return pack && decodeValue(pack.subarray(value.offset, value.offset + value.length));
    },
    staleCauses(document) {
      const graph = buildGraph(document);
      const codeVersion = (asset: Asset | undefined) => {
        return asset && definitionVersion(asset, graph, compiler);
      };
      const causes = findStaleCauses(graph, {
        codeVersionOf: (id) => codeVersion(document.assets.get(id)),
        latestOf: (id) => index.heads.get(id)?.latest,
      });
      return Object.fromEntries(
        [...causes].map(([id, list]) => [document.assets.get(id)!.key, list.map((cause) => cause.reason)]),
      );
    },
  };
}
