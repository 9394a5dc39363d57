// Renaming an asset rewrites everyone who reads it, in the same command.

import { err, ok, type Result } from '#base/result.ts';
import { assetKeyProblem, isPlainName, keyName } from '../asset-key.ts';
import { applySplice, spliceRenamingInput } from '../body-edit.ts';
import type { GraphDiff, RecordChange } from '../diff.ts';
import type { Asset, CodeAsset, ProjectDocument } from '../document.ts';
import { type AssetGraph, buildGraph, cachedBodyHead, type Edge } from '../graph.ts';
import type { AssetId } from '../ids.ts';
import type { CommandError } from './command.ts';
import { isDepOn, withIns } from './connect-assets.ts';

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
    for (const edge of edges)
      after =
        edge.kind === 'value' && after.kind === 'asset'
          ? readerWithInput(after, edge.input!, key)
          : readerWithDep(after, asset.key, key, graph);
    changes.push({ table: 'assets', id: readerId, before, after });
  }
  return ok({ changes });
}

/** The asset under another key, its body following. */
export function renamed(asset: Asset, key: string): Asset {
  if (asset.kind !== 'asset') return { ...asset, key };
  return { ...asset, key, body: bodyUnderNewKey(asset, key) };
}

// The function's name and the `#types/…` import follow the key when they followed it before.
function bodyUnderNewKey(asset: CodeAsset, key: string): string {
  let body = asset.body;
  const head = cachedBodyHead(body);
  const fn = head.ok ? head.value.functionName : undefined;
  const name = keyName(key);
  if (fn && fn.name === keyName(asset.key) && isPlainName(name) && !usesName(body, fn))
    body = applySplice(body, { start: fn.start, end: fn.end, insert: name });
  return body
    .replaceAll(`'#types/${asset.key}'`, `'#types/${key}'`)
    .replaceAll(`"#types/${asset.key}"`, `"#types/${key}"`);
}

// Does the body name its own function again (recursion)? Then the name is left alone.
function usesName(body: string, fn: { name: string; start: number; end: number }): boolean {
  const rest = body.slice(0, fn.start) + body.slice(fn.end);
  return new RegExp(`(?<![\\w$/])${fn.name.replaceAll('$', '\\$')}(?![\\w$])`).test(
    rest.replace(/['"]#types\/[^'"]*['"]/g, ''),
  );
}

/** The reader with its input `input` reading `key`, under the variable that its code already uses. */
export function readerWithInput(reader: CodeAsset, input: string, key: string): CodeAsset {
  if (reader.ins && Object.hasOwn(reader.ins, input)) return withIns(reader, input, key);
  const head = cachedBodyHead(reader.body);
  const taken = head.ok && head.value.inputs.some((other) => other.name === key);
  const splice = isPlainName(key) && !taken ? spliceRenamingInput(reader.body, input, key) : undefined;
  if (!splice) return withIns(reader, input, key);
  return withIns({ ...reader, body: applySplice(reader.body, splice) }, key, undefined);
}

function readerWithDep(reader: Asset, oldKey: string, key: string, graph: AssetGraph): Asset {
  const deps = (reader.deps ?? []).map((dep) => (isDepOn(dep, oldKey, graph) ? key : dep));
  return { ...reader, deps };
}
