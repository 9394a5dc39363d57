// Renaming an asset rewrites everyone who reads it, in the same command.

import { err, ok, type Result } from '#base/result.ts';
import { assetKeyProblem, keyToStepKey } from '../asset-key.ts';
import type { GraphDiff, RecordChange } from '../diff.ts';
import type { Asset, ProjectDocument, Unit } from '../document.ts';
import { type AssetGraph, buildGraph, type Edge } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import { bodyUnderName } from './body-name.ts';
import { checksAfterRename } from './check-commands.ts';
import type { CommandError } from './command.ts';
import { isDepOn } from './connect-assets.ts';
import { ReaderEdits, readerWithInput } from './readers.ts';
import { definitionNameProblem } from './unit-commands.ts';
import { assetWithKeys, unitWithKeys } from './with-keys.ts';

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
  const rename = (each: string) => (each === asset.key ? key : each);
  // One change a record, also when an asset reads itself.
  for (const before of document.assets.values()) {
    let after: Asset = before.id === id ? renamed(before, key) : before;
    for (const edge of readers.get(before.id) ?? []) {
      if (edge.kind === 'order') after = readerWithDep(after, asset.key, key, graph);
      else if (after.kind === 'asset' || after.kind === 'observable')
        after = readerWithInput(after, edge.input!, key);
      else if (after.kind === 'output' && !seen.has(`${after.unit} ${edge.input}`)) {
        // The same input leads to every output of its unit, and is renamed once.
        seen.add(`${after.unit} ${edge.input}`);
        units.put(readerWithInput(units.unit(after.unit), edge.input!, key));
      }
    }
    after = assetWithKeys(after, rename);
    if (after !== before) changes.push({ table: 'assets', id: before.id, before, after });
  }
  for (const unit of document.units.values()) units.put(unitWithKeys(units.unit(unit.id), rename));
  if (asset.kind === 'output') {
    const unit = graphUnderNewKey(document, units.unit(asset.unit), asset, key);
    if (unit) units.put(unit);
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

/** The asset under another key, its body following. */
export function renamed(asset: Asset, key: string): Asset {
  if (asset.kind !== 'asset' && asset.kind !== 'observable') return { ...asset, key };
  return { ...asset, key, body: bodyUnderName(asset.body, asset.key, key) };
}

function readerWithDep(reader: Asset, oldKey: string, key: string, graph: AssetGraph): Asset {
  if (reader.deps === undefined) return reader;
  const deps = reader.deps.map((dep) => (isDepOn(dep, oldKey, graph) ? key : dep));
  return { ...reader, deps };
}
