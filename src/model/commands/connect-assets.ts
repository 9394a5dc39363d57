// Drawing and deleting an edge: the code follows in the same command.

import { err, ok, type Result } from '#base/result.ts';
import { isPlainName, keyName, keyToStepKey } from '../asset-key.ts';
import { applySplice, spliceAddingInput, spliceRemovingInput } from '../body-edit.ts';
import { type GraphDiff, sameRecord } from '../diff.ts';
import type { Asset, CodeAsset, ProjectDocument } from '../document.ts';
import { type AssetGraph, bodyInputs, buildGraph, cachedBodyHead, cycleClosedBy } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import type { CommandError } from './command.ts';

interface Ends {
  readonly from: AssetId;
  readonly to: AssetId;
}

/** Why an edge cannot be drawn, or undefined. Used while dragging, and again by the command. */
export function connectionProblem(
  graph: AssetGraph,
  { from, to }: Ends,
  kind: 'value' | 'order',
): CommandError | undefined {
  const source = graph.document.assets.get(from);
  const target = graph.document.assets.get(to);
  if (!source) return { type: 'AssetNotFound', id: from };
  if (!target) return { type: 'AssetNotFound', id: to };
  const existing = graph.upstream.get(to)?.find((edge) => edge.from === from);
  if (existing) return { type: 'AlreadyConnected', from: source.key, to: target.key };
  const cycle = cycleClosedBy(graph, from, to);
  if (cycle) return { type: 'CycleFound', path: cycle.map((id) => graph.document.assets.get(id)!.key) };
  if (target.kind === 'external')
    return { type: 'NoInputs', key: target.key, reason: 'an external asset is made elsewhere' };
  if (kind === 'value' && target.kind === 'file')
    return { type: 'NoInputs', key: target.key, reason: 'it is read from a file' };
  if (kind === 'value' && target.kind === 'asset') {
    const head = cachedBodyHead(target.body);
    if (!head.ok) return { type: 'NoInputs', key: target.key, reason: head.error.message };
  }
  return undefined;
}

/** Adds the input to the body's pattern (with an `ins` entry when needed), or the key to `deps`. */
export function connectAssets(
  document: ProjectDocument,
  command: Ends & { readonly kind: 'value' | 'order' },
): Result<GraphDiff, CommandError> {
  const graph = buildGraph(document);
  const problem = connectionProblem(graph, command, command.kind);
  if (problem) return err(problem);
  const source = document.assets.get(command.from)!;
  const target = document.assets.get(command.to)!;
  if (command.kind === 'order' || target.kind !== 'asset')
    return ok(change(target, { ...target, deps: [...(target.deps ?? []), source.key] }));

  const taken = new Set(bodyInputs(target).flatMap((input) => [input.name, input.local]));
  const name = freeInputName(source.key, taken);
  const splice = spliceAddingInput(target.body, name);
  if (!splice) return err({ type: 'NoInputs', key: target.key, reason: 'its parameters cannot be edited' });
  const after: CodeAsset = { ...target, body: applySplice(target.body, splice) };
  return ok(change(target, withIns(after, name, name === source.key ? undefined : source.key)));
}

/** Takes out every input and dep of `to` that resolves to `from`. */
export function disconnectAssets(
  document: ProjectDocument,
  { from, to }: Ends,
): Result<GraphDiff, CommandError> {
  const source = document.assets.get(from);
  const target = document.assets.get(to);
  if (!source) return err({ type: 'AssetNotFound', id: from });
  if (!target) return err({ type: 'AssetNotFound', id: to });
  let after: Asset = target;
  let graph = buildGraph(document);
  const left = () => graph.upstream.get(to)?.filter((edge) => edge.from === from) ?? [];
  if (left().length === 0) return err({ type: 'NotConnected', from: source.key, to: target.key });
  // Where an input is gone, a dep of the same asset shows that it had hidden.
  for (let edges = left(); edges.length > 0; edges = left()) {
    for (const edge of edges) {
      if (edge.kind === 'value' && after.kind === 'asset') after = withoutInput(after, edge.input!);
      else after = withoutDep(after, source.key, graph);
    }
    const next: ProjectDocument = { ...document, assets: new Map(document.assets).set(to, after) };
    if (sameRecord(graph.document.assets.get(to), after)) break;
    graph = buildGraph(next);
  }
  return ok(change(target, after));
}

function withoutInput(asset: CodeAsset, name: string): CodeAsset {
  const splice = spliceRemovingInput(asset.body, name);
  const body = splice ? applySplice(asset.body, splice) : asset.body;
  return withIns({ ...asset, body }, name, undefined);
}

/**
 * The asset with its input `name` read from `key`, or from the asset that is called like it. An entry that was
 * left behind when a name was typed out of the body must not lead the same name elsewhere.
 */
export function withIns(asset: CodeAsset, name: string, key: string | undefined): CodeAsset {
  const { ins, ...rest } = asset;
  const entries = Object.entries(ins ?? {}).filter(([input]) => input !== name);
  if (key !== undefined) entries.push([name, key]);
  return entries.length > 0 ? { ...rest, ins: Object.fromEntries(entries) } : rest;
}

function withoutDep(asset: Asset, key: string, graph: AssetGraph): Asset {
  const { deps, ...rest } = asset;
  const others = (deps ?? []).filter((dep) => !isDepOn(dep, key, graph));
  return (others.length > 0 ? { ...rest, deps: others } : rest) as Asset;
}

/**
 * Does `dep` mean the asset called `key`? It may name it by its last part alone, where no asset is called just
 * that (same-group rule).
 */
export const isDepOn = (dep: string, key: string, graph: AssetGraph): boolean =>
  dep === key || (dep === keyName(key) && !graph.idByKey.has(dep));

/** A plain name for an input that reads `key`, not among `taken`. */
export function freeInputName(key: string, taken: ReadonlySet<string>): string {
  if (isPlainName(key) && !taken.has(key)) return key;
  const last = keyName(key).replace(/[^\w$]/g, '_');
  const base = isPlainName(last) ? last : `_${last}`;
  const candidates = [base, keyToStepKey(key).replace(/[^\w$]/g, '_')];
  for (const name of candidates) if (isPlainName(name) && !taken.has(name)) return name;
  for (let i = 2; ; i++) if (!taken.has(`${base}_${i}`)) return `${base}_${i}`;
}

const change = (before: Asset, after: Asset): GraphDiff => ({
  changes: [{ table: 'assets', id: before.id, before, after }],
});
