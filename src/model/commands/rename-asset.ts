// Renaming an asset rewrites everyone who reads it, in the same command.

import { err, ok, type Result } from '#base/result.ts';
import { assetKeyProblem, isPlainName, keyName, keyToStepKey } from '../asset-key.ts';
import { applySplice } from '../body-edit.ts';
import { readBodyParameters } from '../body-head.ts';
import type { GraphDiff, RecordChange } from '../diff.ts';
import type { Asset, CodeAsset, ObservableAsset, ProjectDocument, Unit } from '../document.ts';
import { type AssetGraph, buildGraph, type Edge } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import { checksAfterRename } from './check-commands.ts';
import type { CommandError } from './command.ts';
import { isDepOn } from './connect-assets.ts';
import { bodyWithAssetKey } from './output-names.ts';
import { ReaderEdits, readerWithInput } from './readers.ts';
import { definitionNameProblem } from './unit-commands.ts';

/** Gives an asset a new key. Its id stays, and with it its history. */
export function renameAsset(
  document: ProjectDocument,
  id: AssetId,
  key: string,
): Result<GraphDiff, CommandError> {
  const asset = document.assets.get(id);
  if (!asset) return err({ type: 'AssetNotFound', id });
  const reason = assetKeyProblem(key);
  if (reason !== undefined) return err({ type: 'KeyInvalid', key, reason });
  if (key === asset.key) return ok({ changes: [] });
  for (const other of document.assets.values())
    if (other.key === key && other.id !== id) return err({ type: 'KeyTaken', key });

  const graph = buildGraph(document);
  const changes: RecordChange[] = [];
  const units = new ReaderEdits(document);
  const seen = new Set<string>();
  const readers = new Map<AssetId, Edge[]>();
  for (const edge of graph.downstream.get(id) ?? []) {
    const edges = readers.get(edge.to);
    if (edges) edges.push(edge);
    else readers.set(edge.to, [edge]);
  }
  // One change a record, also when an asset reads itself.
  if (!readers.has(id)) readers.set(id, []);
  for (const [readerId, edges] of readers) {
    const before = document.assets.get(readerId)!;
    let after: Asset = readerId === id ? renamed(before, key) : before;
    for (const edge of edges) {
      if (edge.kind === 'order') after = readerWithDep(after, asset.key, key, graph);
      else if (after.kind === 'asset' || after.kind === 'observable')
        after = readerWithInput(after, edge.input!, key);
      else if (after.kind === 'output' && !seen.has(`${after.unit} ${edge.input}`)) {
        // The same input leads to every output of its unit, and is renamed once.
        seen.add(`${after.unit} ${edge.input}`);
        units.put(readerWithInput(units.unit(after.unit), edge.input!, key));
      }
    }
    if (after !== before) changes.push({ table: 'assets', id: readerId, before, after });
  }
  for (const unit of document.units.values())
    units.put(unitWithKeys(units.unit(unit.id), new Map([[asset.key, key]])));
  if (asset.kind === 'output') {
    const maker = units.unit(asset.unit);
    const unit = graphUnderNewKey(document, maker, asset, key);
    if (unit) units.put(unit);
    const body = maker && maker.kind !== 'graph' && bodyWithAssetKey(maker.body, asset.key, key);
    if (maker && maker.kind !== 'graph' && body) units.put({ ...maker, body });
  }
  changes.push(...units.changes());
  changes.push(...checksAfterRename(document, asset.key, key));
  return ok({ changes });
}

/** A graph that is called like the one asset it makes, as Dagster calls it, goes on being called so. */
function graphUnderNewKey(
  { units, assets }: ProjectDocument,
  unit: Unit | undefined,
  asset: Asset,
  key: string,
): Unit | undefined {
  const name = keyToStepKey(key);
  if (unit?.kind !== 'graph' || unit.name !== keyToStepKey(asset.key)) return undefined;
  for (const other of assets.values())
    if (other.kind === 'output' && other.unit === unit.id && other.id !== asset.id) return undefined;
  for (const other of units.values()) if (other.name === name) return undefined;
  return definitionNameProblem(name) === undefined ? { ...unit, name } : undefined;
}

/** Where a unit names keys outside its inputs: in what its outputs are made from, and in its checks. */
export function unitWithKeys(unit: Unit, newKeys: ReadonlyMap<string, string>): Unit {
  const names = (list: readonly string[]) => list.some((each) => newKeys.has(each));
  const swap = (list: readonly string[]) => list.map((each) => newKeys.get(each) ?? each);
  let after = unit;
  if (after.kind !== 'graph' && after.internalDeps && Object.values(after.internalDeps).some(names))
    after = {
      ...after,
      internalDeps: Object.fromEntries(
        Object.entries(after.internalDeps).map(([output, keys]) => [output, swap(keys)]),
      ),
    };
  if (after.checks?.some(({ asset }) => asset !== undefined && newKeys.has(asset)))
    after = {
      ...after,
      checks: after.checks.map((check) =>
        check.asset === undefined ? check : { ...check, asset: newKeys.get(check.asset) ?? check.asset },
      ),
    };
  return after;
}

/** The asset under another key, its body following. */
export function renamed(asset: Asset, key: string): Asset {
  if (asset.kind !== 'asset' && asset.kind !== 'observable') return { ...asset, key };
  return { ...asset, key, body: bodyUnderNewKey(asset, key) };
}

// The function's name and the `#types/…` import follow the key when they followed it before.
function bodyUnderNewKey(asset: CodeAsset | ObservableAsset, key: string): string {
  const body = withFunctionName(asset.body, keyName(asset.key), keyName(key));
  return body
    .replaceAll(`'#types/${asset.key}'`, `'#types/${key}'`)
    .replaceAll(`"#types/${asset.key}"`, `"#types/${key}"`);
}

/** The body with its function called `to`, where it was called `from` and names itself nowhere else. */
export function withFunctionName(body: string, from: string, to: string): string {
  const head = readBodyParameters(body);
  const fn = head.ok ? head.value.functionName : undefined;
  return fn && fn.name === from && isPlainName(to) && !usesName(body, fn)
    ? applySplice(body, { start: fn.start, end: fn.end, insert: to })
    : body;
}

// Does the body name its own function again (recursion)? Then the name is left alone.
function usesName(body: string, fn: { name: string; start: number; end: number }): boolean {
  const rest = body.slice(0, fn.start) + body.slice(fn.end);
  return new RegExp(`(?<![\\w$/])${fn.name.replaceAll('$', '\\$')}(?![\\w$])`).test(
    rest.replace(/['"]#types\/[^'"]*['"]/g, ''),
  );
}

function readerWithDep(reader: Asset, oldKey: string, key: string, graph: AssetGraph): Asset {
  if (reader.deps === undefined) return reader;
  const deps = reader.deps.map((dep) => (isDepOn(dep, oldKey, graph) ? key : dep));
  return { ...reader, deps };
}
