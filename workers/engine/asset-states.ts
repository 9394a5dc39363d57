// The asset states of an open project: recomputed from document, log and run; only changes are told.

import type { AssetIndex } from '#engine/asset-index.ts';
import { assetState, type LiveStep } from '#engine/asset-status.ts';
import { compileProblem, definitionVersion } from '#engine/code-version.ts';
import type { Compiler } from '#engine/compiler.ts';
import type { Clock } from '#engine/ports.ts';
import { findStaleCauses, staleCausesOf } from '#engine/versions.ts';
import type { BodyProblem, LiveState } from '#engine/workspace-port.ts';
import type { AssetState, StaleCause } from '#model/asset-state.ts';
import { sameRecord } from '#model/diff.ts';
import type { Asset, OutputAsset, ProjectDocument, Unit } from '#model/document.ts';
import { type AssetGraph, buildGraph, graphAfter } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';

export interface AssetStatesDeps {
  readonly compiler: Compiler;
  readonly clock: Clock;
  readonly index: AssetIndex;
  readonly live: ReadonlyMap<AssetId, LiveStep>;
  onStates(states: readonly AssetState[], live: readonly LiveState[]): void;
  onProblems(problems: readonly BodyProblem[]): void;
}

export interface AssetStates {
  /** Everything as it is now, with what has been compiled so far. */
  all(): readonly AssetState[];
  documentChanged(document: ProjectDocument): void;
  /** Some assets' history changed, or anything. */
  touch(ids: Iterable<AssetId> | 'all'): void;
  /** An asset's live step changed, and nothing else of it. */
  touchLive(id: AssetId): void;
  stop(): void;
}

/** A few states are told at once; after many, more gather first, because telling them costs a run its time. */
const tellAfterMs = (lastTold: number): number => Math.min(60, 2 + lastTold / 10);
/** Compiling yields to messages this often. */
const compileSliceMs = 12;

export function createAssetStates(document: ProjectDocument, deps: AssetStatesDeps): AssetStates {
  const { compiler, clock, index, live } = deps;
  let graph: AssetGraph = buildGraph(document);
  let codeVersions = new Map<AssetId, string>();
  let problems = new Map<AssetId, BodyProblem>();
  let compiledFrom = new Map<AssetId, Asset>();
  const unitOf = new Map<AssetId, Unit | undefined>();
  let causes = new Map<AssetId, readonly StaleCause[]>();
  /** Assets whose causes may have changed since they were computed. */
  let unsure: Set<AssetId> | 'all' = 'all';
  const told = new Map<AssetId, AssetState>();
  let dirty: Set<AssetId> | 'all' = new Set();
  let cancelTell: (() => void) | undefined;
  let lastTold = 0;
  let cancelCompile: (() => void) | undefined;

  const stateOf = (asset: Asset): AssetState =>
    assetState(asset, index.heads.get(asset.id), causes.get(asset.id) ?? [], live.get(asset.id));

  function recomputeCauses(): void {
    const facts = {
      codeVersionOf: (id: AssetId) => codeVersions.get(id),
      latestOf: (id: AssetId) => index.heads.get(id)?.latest,
    };
    if (unsure === 'all') causes = findStaleCauses(graph, facts);
    else
      for (const id of unsure) {
        const asset = graph.document.assets.get(id);
        const found = asset ? staleCausesOf(asset, graph, facts) : [];
        if (found.length > 0) causes.set(id, found);
        else causes.delete(id);
      }
    unsure = new Set();
  }

  // A new version of an asset concerns itself and its direct downstream.
  function markUnsure(id: AssetId): void {
    if (unsure === 'all') return;
    unsure.add(id);
    for (const edge of graph.downstream.get(id) ?? []) unsure.add(edge.to);
  }

  /** Assets that may have to be told, in the order of the document when there are many. */
  function suspects(): Iterable<Asset> {
    if (unsure === 'all' || dirty === 'all') return graph.document.assets.values();
    return [...new Set([...dirty, ...unsure])].flatMap((id) => graph.document.assets.get(id) ?? []);
  }

  function tellSoon(): void {
    cancelTell ??= clock.after(tellAfterMs(lastTold), () => {
      cancelTell = undefined;
      tell();
    });
  }

  function tell(): void {
    const assets = suspects();
    recomputeCauses();
    const changed: AssetState[] = [];
    const live: LiveState[] = [];
    for (const asset of assets) {
      const known = told.get(asset.id);
      const isDirty = dirty === 'all' || dirty.has(asset.id);
      const staleChanged = known && !sameCauses(known.staleCauses, causes.get(asset.id) ?? []);
      if (known && !isDirty && !staleChanged) continue;
      const state = stateOf(asset);
      if (known && sameState(known, state)) continue;
      told.set(asset.id, state);
      if (known && differsOnlyLive(known, state)) live.push(liveOf(state));
      else changed.push(state);
    }
    dirty = new Set();
    lastTold = changed.length + live.length;
    if (lastTold > 0) deps.onStates(changed, live);
  }

  // Compiles what changed, a slice at a time; cheap when little did, because compiled texts are remembered.
  function compileAll(): void {
    cancelCompile?.();
    const waiting = [...graph.document.assets.values()].filter(
      (asset) => compiledFrom.get(asset.id) !== asset || (asset.kind === 'output' && isUnitNew(asset)),
    );
    let next = 0;
    let problemsChanged = false;
    const slice = () => {
      const until = clock.now() + compileSliceMs;
      while (next < waiting.length && clock.now() < until) {
        if (compileOne(waiting[next]!)) problemsChanged = true;
        next += 1;
      }
      if (next < waiting.length) {
        cancelCompile = clock.after(0, slice);
        return;
      }
      cancelCompile = undefined;
      if (problemsChanged) deps.onProblems([...problems.values()]);
      tellSoon();
    };
    slice();
  }

  function compileOne(asset: Asset): boolean {
    compiledFrom.set(asset.id, asset);
    markUnsure(asset.id);
    const version = definitionVersion(asset, graph, compiler);
    if (version === undefined) codeVersions.delete(asset.id);
    else codeVersions.set(asset.id, version);
    const had = problems.delete(asset.id);
    const problem = compileProblem(asset, graph.document, compiler);
    if (!problem) return had;
    const { message, line, column, op } = problem;
    const place = { line, column, ...(op === undefined ? {} : { op }) };
    problems.set(asset.id, { assetId: asset.id, message, ...place });
    return true;
  }

  function isUnitNew(asset: OutputAsset): boolean {
    const unit = graph.document.units.get(asset.unit);
    const isNew = unitOf.get(asset.id) !== unit;
    unitOf.set(asset.id, unit);
    return isNew;
  }

  compileAll();
  return {
    all() {
      recomputeCauses();
      const states = [...graph.document.assets.values()].map(stateOf);
      for (const state of states) told.set(state.assetId, state);
      return states;
    },
    documentChanged(next) {
      const before = graph.document;
      graph = graphAfter(graph, next);
      unsure = 'all';
      // A shared module changes every body that imports it.
      if (before.modules !== next.modules || before.files !== next.files) compiledFrom = new Map();
      for (const id of before.assets.keys())
        if (!next.assets.has(id)) {
          codeVersions.delete(id);
          compiledFrom.delete(id);
          told.delete(id);
          if (problems.delete(id)) deps.onProblems([...problems.values()]);
        }
      compileAll();
    },
    touch(ids) {
      if (ids === 'all') {
        dirty = 'all';
        unsure = 'all';
      } else
        for (const id of ids) {
          if (dirty !== 'all') dirty.add(id);
          markUnsure(id);
        }
      tellSoon();
    },
    touchLive(id) {
      if (dirty !== 'all') dirty.add(id);
      tellSoon();
    },
    stop() {
      cancelTell?.();
      cancelCompile?.();
      codeVersions = new Map();
      problems = new Map();
    },
  };
}

const sameCauses = (a: readonly StaleCause[], b: readonly StaleCause[]): boolean =>
  a.length === b.length &&
  a.every((cause, i) => cause.reason === b[i]!.reason && cause.dependency === b[i]!.dependency);

const sameState = (a: AssetState, b: AssetState): boolean =>
  a.status === b.status && sameRecord(a.progress, b.progress) && differsOnlyLive(a, b);

const differsOnlyLive = (a: AssetState, b: AssetState): boolean =>
  a.latest === b.latest && a.failure?.runId === b.failure?.runId && sameCauses(a.staleCauses, b.staleCauses);

const liveOf = ({ assetId, status, progress }: AssetState): LiveState => ({
  assetId,
  status,
  ...(progress === undefined ? {} : { progress }),
});
