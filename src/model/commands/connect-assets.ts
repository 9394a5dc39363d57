// Drawing and deleting an edge: the code follows in the same command.

import { err, ok, type Result } from '#base/result.ts';
import { isPlainName, keyName, keyToStepKey } from '../asset-key.ts';
import { type GraphDiff, type RecordChange, sameRecord } from '../diff.ts';
import type { Asset, OutputAsset, ProjectDocument, Unit } from '../document.ts';
import { type AssetGraph, buildGraph, cycleClosedBy } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import type { CommandError } from './command.ts';
import {
  isUnit,
  type Reader,
  readerOf,
  readerProblem,
  takenInputNames,
  withNewInput,
  withoutInput,
} from './readers.ts';

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
  const outputs = outputsBeside(graph, target);
  if (source.id !== target.id && outputs.includes(source.id))
    return { type: 'NoInputs', key: target.key, reason: `${source.key} is made by the same body` };
  if (outputs.some((id) => graph.upstream.get(id)?.some((edge) => edge.from === from)))
    return { type: 'AlreadyConnected', from: source.key, to: target.key };
  for (const id of outputs) {
    const cycle = cycleClosedBy(graph, from, id);
    if (cycle) return { type: 'CycleFound', path: cycle.map((each) => graph.document.assets.get(each)!.key) };
  }
  if (target.kind === 'external')
    return { type: 'NoInputs', key: target.key, reason: 'an external asset is made elsewhere' };
  if (kind === 'value' && target.kind === 'file')
    return { type: 'NoInputs', key: target.key, reason: 'it is read from a file' };
  const reader = kind === 'value' ? readerOf(graph.document, to) : undefined;
  const reason = reader && readerProblem(reader);
  return reason === undefined ? undefined : { type: 'NoInputs', key: target.key, reason };
}

/** All that the maker of `asset` makes: its unit's outputs, or the asset alone. */
const outputsBeside = (graph: AssetGraph, asset: Asset): readonly AssetId[] =>
  (asset.kind === 'output' ? graph.outputsByUnit.get(asset.unit) : undefined) ?? [asset.id];

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
  const reader = command.kind === 'order' ? undefined : readerOf(document, command.to);
  if (!reader) return ok(change(target, { ...target, deps: [...(target.deps ?? []), source.key] }));
  const after = withNewInput(reader, freeInputName(source.key, takenInputNames(reader)), source.key);
  if (!after) return err({ type: 'NoInputs', key: target.key, reason: 'its parameters cannot be edited' });
  if (!isUnit(after)) return ok(change(target, after));
  const unit = target.kind === 'output' ? withInternalDep(after, target, source.key) : after;
  return ok({
    changes: [{ table: 'units', id: unit.id, before: document.units.get(unit.id)!, after: unit }],
  });
}

// An output that names what it is made from must name this too; one that does not is made from everything.
function withInternalDep(unit: Unit, { output }: OutputAsset, key: string): Unit {
  if (unit.kind === 'graph' || !unit.internalDeps || !Object.hasOwn(unit.internalDeps, output)) return unit;
  const keys = unit.internalDeps[output]!;
  return { ...unit, internalDeps: { ...unit.internalDeps, [output]: [...keys, key] } };
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
  let graph = buildGraph(document);
  if (target.kind === 'output') return disconnectUnit(graph, source, target);
  let after: Asset = target;
  const left = () => graph.upstream.get(to)?.filter((edge) => edge.from === from) ?? [];
  if (left().length === 0) return err({ type: 'NotConnected', from: source.key, to: target.key });
  // Where an input is gone, a dep of the same asset shows that it had hidden.
  for (let edges = left(); edges.length > 0; edges = left()) {
    for (const edge of edges) {
      if (edge.kind === 'value') after = withoutInput(after as Reader, edge.input!) as Asset;
      else after = withoutDep(after, source.key, graph);
    }
    const next: ProjectDocument = { ...document, assets: new Map(document.assets).set(to, after) };
    if (sameRecord(graph.document.assets.get(to), after)) break;
    graph = buildGraph(next);
  }
  return ok(change(target, after));
}

/** What a unit reads, all of its outputs read: the edge goes from every one of them. */
function disconnectUnit(
  graph: AssetGraph,
  source: Asset,
  target: OutputAsset,
): Result<GraphDiff, CommandError> {
  const { document } = graph;
  const before = document.units.get(target.unit);
  let unit = before;
  const changes: RecordChange[] = [];
  for (const id of outputsBeside(graph, target)) {
    const edges = graph.upstream.get(id)?.filter((edge) => edge.from === source.id && !edge.isInternal) ?? [];
    for (const { input } of edges) if (unit && input !== undefined) unit = withoutInput(unit, input) as Unit;
    const output = document.assets.get(id)!;
    const after = output.deps?.some((dep) => isDepOn(dep, source.key, graph))
      ? withoutDep(output, source.key, graph)
      : output;
    if (after !== output) changes.push({ table: 'assets', id, before: output, after });
  }
  if (unit && unit.kind !== 'graph' && unit.internalDeps) {
    const internalDeps = Object.fromEntries(
      Object.entries(unit.internalDeps).map(([name, keys]) => [
        name,
        keys.filter((key) => key !== source.key),
      ]),
    );
    unit = { ...unit, internalDeps };
  }
  if (before && unit && !sameRecord(before, unit))
    changes.push({ table: 'units', id: before.id, before, after: unit });
  if (changes.length === 0) return err({ type: 'NotConnected', from: source.key, to: target.key });
  return ok({ changes });
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
