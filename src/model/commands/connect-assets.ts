// Drawing and deleting an edge: the code follows in the same command.

import { err, ok, type Result } from '#base/result.ts';
import { isPlainName, keyName, keyToStepKey } from '../asset-key.ts';
import { applySplice, spliceAddingInput, spliceRemovingInput } from '../body-edit.ts';
import type { GraphDiff } from '../diff.ts';
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
  const after: CodeAsset = {
    ...target,
    body: applySplice(target.body, splice),
    ...(name === source.key ? {} : { ins: { ...target.ins, [name]: source.key } }),
  };
  return ok(change(target, after));
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
  const edges =
    buildGraph(document)
      .upstream.get(to)
      ?.filter((edge) => edge.from === from) ?? [];
  if (edges.length === 0) return err({ type: 'NotConnected', from: source.key, to: target.key });
  let after: Asset = target;
  for (const edge of edges) {
    if (edge.kind === 'value' && after.kind === 'asset') after = withoutInput(after, edge.input!);
    else after = withoutDep(after, source.key);
  }
  return ok(change(target, after));
}

function withoutInput(asset: CodeAsset, name: string): CodeAsset {
  const splice = spliceRemovingInput(asset.body, name);
  const { ins, ...rest } = asset;
  const others = Object.entries(ins ?? {}).filter(([input]) => input !== name);
  return {
    ...rest,
    body: splice ? applySplice(asset.body, splice) : asset.body,
    ...(others.length > 0 ? { ins: Object.fromEntries(others) } : {}),
  };
}

function withoutDep(asset: Asset, key: string): Asset {
  const { deps, ...rest } = asset;
  // A dep may name its asset by the last part alone (same-group rule).
  const others = (deps ?? []).filter((dep) => dep !== key && dep !== keyName(key));
  return (others.length > 0 ? { ...rest, deps: others } : rest) as Asset;
}

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
