// From a document and a selection to a plan: the steps in an order in which they can run, each with where
// its inputs come from. Refuses with every reason at once. Reads no values.

import { err, ok, type Result } from '#base/result.ts';
import { keyToStepKey } from '#model/asset-key.ts';
import type { Materialization } from '#model/asset-state.ts';
import type { CodeAsset, FileAsset } from '#model/document.ts';
import { type AssetGraph, topologicalOrder } from '#model/graph.ts';
import type { AssetId, RunId } from '#model/ids.ts';
import { type GraphProblem, validateDocument } from '#model/validate.ts';
import { bodyVersion, fileVersion } from './code-version.ts';
import type { CompiledAsset, Compiler } from './compiler.ts';
import type { StepNumber } from './lane-protocol.ts';
import { type ReuseFacts, reusableAssets } from './reusable.ts';

/** Where a value input comes from: a step of this run, or the stored value of an asset outside it. */
export type InputSource =
  | { readonly type: 'step'; readonly step: StepNumber }
  | { readonly type: 'stored'; readonly assetId: AssetId };

export interface PlanInput {
  readonly name: string;
  readonly key: string;
  readonly source: InputSource;
}

interface StepBase {
  readonly number: StepNumber;
  readonly assetId: AssetId;
  readonly assetKey: string;
  readonly stepKey: string;
  /** Steps of this run that must have succeeded first, without repeats. */
  readonly upstream: readonly StepNumber[];
  readonly downstream: readonly StepNumber[];
  /** Every asset it depends on, in or out of the run, for provenance; no id for stub external assets. */
  readonly parents: readonly { readonly key: string; readonly assetId?: AssetId }[];
  readonly codeVersion: string;
  readonly hasUserCodeVersion: boolean;
}

export interface CodeStep extends StepBase {
  readonly kind: 'code';
  readonly asset: CodeAsset;
  readonly compiled: CompiledAsset;
  readonly inputs: readonly PlanInput[];
}

export interface FileStep extends StepBase {
  readonly kind: 'file';
  readonly asset: FileAsset;
}

export type PlanStep = CodeStep | FileStep;

/** A step that is not run, because its stored materialization stands for what it would make. */
export interface ReusedStep {
  readonly assetId: AssetId;
  readonly assetKey: string;
  readonly stepKey: string;
  /** The run that made it. */
  readonly madeBy: RunId;
}

export interface Plan {
  readonly steps: readonly PlanStep[];
  readonly reused: readonly ReusedStep[];
}

export type PlanError =
  /** `reused`: how many were asked for and are up to date. */
  | { readonly type: 'NothingToRun'; readonly reused?: number }
  | {
      readonly type: 'DefinitionsInvalid';
      readonly problems: readonly PlanProblem[];
    };

export type PlanProblem =
  | GraphProblem
  | {
      readonly type: 'BodyInvalid';
      readonly assetId: AssetId;
      readonly key: string;
      readonly message: string;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly type: 'NoValueUpstream';
      readonly assetId: AssetId;
      readonly key: string;
      readonly upstream: string;
    };

export interface PlanInputs {
  readonly graph: AssetGraph;
  readonly selection: ReadonlySet<AssetId> | 'all';
  readonly compiler: Compiler;
  /** The SHA-256 of a file asset's data and format stands for its code version. */
  latestOf(id: AssetId): Materialization | undefined;
  /** Given when what is up to date is to be reused. */
  readonly reuse?: Pick<ReuseFacts, 'attemptOf'>;
}

/** Plans a run. External assets in the selection are passed over, as Dagster does with "*". */
export function planRun({
  graph,
  selection,
  compiler,
  latestOf,
  reuse,
}: PlanInputs): Result<Plan, PlanError> {
  const { document } = graph;
  const isSelected = (id: AssetId) => selection === 'all' || selection.has(id);
  const problems: PlanProblem[] = validateDocument(document, graph).filter(
    (problem) => problem.type === 'CycleFound' || isSelected(problem.assetId),
  );
  const order = topologicalOrder(graph);
  if (order.type === 'CycleFound') return err({ type: 'DefinitionsInvalid', problems });

  const numberOf = new Map<AssetId, StepNumber>();
  const asked = order.order.filter((id) => isSelected(id) && document.assets.get(id)!.kind !== 'external');
  const reused = reuse
    ? reusableAssets(asked, { graph, compiler, latestOf, attemptOf: reuse.attemptOf })
    : new Set<AssetId>();
  const chosen = asked.filter((id) => !reused.has(id));
  chosen.forEach((id, number) => {
    numberOf.set(id, number);
  });
  if (chosen.length === 0)
    return err({ type: 'NothingToRun', ...(reused.size > 0 ? { reused: reused.size } : {}) });

  const downstream: StepNumber[][] = chosen.map(() => []);
  const steps: PlanStep[] = [];
  for (const [number, id] of chosen.entries()) {
    const asset = document.assets.get(id)!;
    const edges = graph.upstream.get(id) ?? [];
    const upstream = [...new Set(edges.flatMap((edge) => numberOf.get(edge.from) ?? []))];
    for (const step of upstream) downstream[step]!.push(number);
    const parents = new Map<string, AssetId | undefined>();
    for (const edge of edges) parents.set(document.assets.get(edge.from)!.key, edge.from);
    for (const dep of asset.deps ?? []) if (graph.stubKeys.has(dep)) parents.set(dep, undefined);
    const base = {
      number,
      assetId: id,
      assetKey: asset.key,
      stepKey: keyToStepKey(asset.key),
      upstream,
      downstream: downstream[number]!,
      parents: [...parents].map(([key, assetId]) => (assetId === undefined ? { key } : { key, assetId })),
      hasUserCodeVersion: asset.codeVersion !== undefined,
    };
    if (asset.kind === 'file') {
      steps.push({
        ...base,
        kind: 'file',
        asset,
        codeVersion: fileVersion(asset, graph),
      });
      continue;
    }
    if (asset.kind !== 'asset') continue;
    const compiled = compiler.compile(asset, document);
    if (!compiled.ok) {
      const { message, line, column } = compiled.error;
      // A head that cannot be read has been reported by validation, in the words of the graph.
      if (!problems.some((problem) => problem.type === 'HeadUnreadable' && problem.assetId === id))
        problems.push({ type: 'BodyInvalid', assetId: id, key: asset.key, message, line, column });
      continue;
    }
    const inputs: PlanInput[] = [];
    for (const edge of edges) {
      if (edge.kind !== 'value') continue;
      const key = document.assets.get(edge.from)!.key;
      const step = numberOf.get(edge.from);
      if (step === undefined && !latestOf(edge.from)?.value)
        problems.push({ type: 'NoValueUpstream', assetId: id, key: asset.key, upstream: key });
      inputs.push({
        name: edge.input!,
        key,
        source: step === undefined ? { type: 'stored', assetId: edge.from } : { type: 'step', step },
      });
    }
    steps.push({
      ...base,
      kind: 'code',
      asset,
      compiled: compiled.value,
      inputs,
      codeVersion: bodyVersion(asset, compiled.value),
    });
  }
  if (problems.length > 0) return err({ type: 'DefinitionsInvalid', problems });
  return ok({
    steps,
    reused: [...reused].map((assetId) => {
      const { key } = document.assets.get(assetId)!;
      return { assetId, assetKey: key, stepKey: keyToStepKey(key), madeBy: latestOf(assetId)!.runId };
    }),
  });
}
