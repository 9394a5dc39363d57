// Everything that is wrong with a document, each with the thing it is about. Never stops at the first.

import { assetKeyProblem, keyName, parseUserString } from './asset-key.ts';
import type { Asset, ProjectDocument } from './document.ts';
import { type AssetGraph, buildGraph, cachedBodyHead, topologicalOrder } from './graph.ts';
import type { AssetId, CheckId } from './ids.ts';
import { unitProblems } from './validate-units.ts';

export type GraphProblem =
  | { readonly type: 'KeyInvalid'; readonly assetId: AssetId; readonly key: string; readonly reason: string }
  | { readonly type: 'DuplicateKey'; readonly assetId: AssetId; readonly key: string }
  | {
      readonly type: 'HeadUnreadable';
      readonly assetId: AssetId;
      readonly key: string;
      readonly reason: string;
      /** 1-based. */
      readonly line: number;
      readonly column: number;
      readonly checkId?: CheckId;
    }
  | {
      readonly type: 'InputMissing';
      readonly assetId: AssetId;
      readonly key: string;
      readonly input: string;
      readonly missing: string;
      readonly didYouMean: readonly string[];
      readonly checkId?: CheckId;
    }
  | { readonly type: 'CycleFound'; readonly assetId: AssetId; readonly path: readonly string[] }
  | { readonly type: 'FileMissing'; readonly assetId: AssetId; readonly key: string; readonly path: string }
  | {
      readonly type: 'FieldInvalid';
      readonly assetId: AssetId;
      readonly key: string;
      readonly field: string;
      readonly reason: string;
      readonly checkId?: CheckId;
    }
  | { readonly type: 'DuplicateCheck'; readonly assetId: AssetId; readonly key: string; readonly check: string }
  | {
      readonly type: 'ResourceMissing';
      readonly assetId: AssetId;
      readonly key: string;
      readonly resource: string;
      readonly checkId?: CheckId;
    };

/** Checks a whole document. Problems come in the order of assets. */
export function validateDocument(
  document: ProjectDocument,
  graph: AssetGraph = buildGraph(document),
): GraphProblem[] {
  const problems: GraphProblem[] = [];
  for (const asset of document.assets.values()) {
    const about = { assetId: asset.id, key: asset.key };
    const reason = assetKeyProblem(asset.key);
    if (reason !== undefined) problems.push({ type: 'KeyInvalid', ...about, reason });
    if (graph.idByKey.get(asset.key) !== asset.id) problems.push({ type: 'DuplicateKey', ...about });
    if (asset.kind === 'asset' || asset.kind === 'observable') {
      const head = cachedBodyHead(asset.body);
      if (!head.ok) {
        const { line, column } = positionAt(asset.body, head.error.offset);
        problems.push({ type: 'HeadUnreadable', ...about, reason: head.error.message, line, column });
      }
    }
    if (asset.kind === 'file' && !document.files.has(asset.path))
      problems.push({ type: 'FileMissing', ...about, path: asset.path });
    for (const [field, why] of fieldProblems(asset))
      problems.push({ type: 'FieldInvalid', ...about, field, reason: why });
  }
  problems.push(...unitProblems(graph));
  for (const { assetId, input, key } of graph.unresolved)
    problems.push({
      type: 'InputMissing',
      assetId,
      key: document.assets.get(assetId)!.key,
      input,
      missing: key,
      didYouMean: similarKeys(key, graph.idByKey.keys()),
    });
  const order = topologicalOrder(graph);
  if (order.type === 'CycleFound')
    problems.push({
      type: 'CycleFound',
      assetId: order.path[0]!,
      path: order.path.map((id) => document.assets.get(id)!.key),
    });
  return problems;
}

/** 1-based line and column of an offset. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (const char of before) if (char === '\n') line++;
  return { line, column: offset - lineStart + 1 };
}

const tagPart = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

// The rules of the reference, §1.2 and §1.13.
function fieldProblems(asset: Asset): [field: string, reason: string][] {
  const problems: [string, string][] = [];
  if (asset.group !== undefined && !/^[A-Za-z0-9_/]+$/.test(asset.group))
    problems.push(['group', `“${asset.group}” can use letters, digits, “_” and “/” only`]);
  for (const owner of asset.owners ?? [])
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(owner) && !/^team:[\w-]+$/.test(owner))
      problems.push(['owners', `“${owner}” is neither an e-mail address nor “team:name”`]);
  for (const [name, value] of Object.entries(asset.tags ?? {})) {
    const parts = name.split('/');
    if (parts.length > 2 || !parts.every((part) => tagPart.test(part)))
      problems.push(['tags', `“${name}” is not a valid tag name`]);
    if (value.length > 63 || !/^[A-Za-z0-9._-]*$/.test(value))
      problems.push(['tags', `the value of “${name}” can have 63 letters, digits, “.”, “_” and “-”`]);
  }
  if ((asset.kinds?.length ?? 0) > 10) problems.push(['kinds', 'an asset has at most 10 kinds']);
  if (asset.deps && new Set(asset.deps).size < asset.deps.length)
    problems.push(['deps', 'a dependency is named twice']);
  if ((asset.kind === 'asset' || asset.kind === 'observable') && asset.retryPolicy) {
    const { delay, backoff, jitter } = asset.retryPolicy;
    if (delay === undefined && (backoff !== undefined || jitter !== undefined))
      problems.push(['retryPolicy', 'back-off and jitter need a delay']);
  }
  return problems;
}

/** Up to ten keys that a mistyped key may have meant (reference §1.12). */
export function similarKeys(key: string, keys: Iterable<string>): string[] {
  const name = keyName(key);
  const path = parseUserString(key);
  const found: string[] = [];
  for (const candidate of keys) {
    const other = parseUserString(candidate);
    const sameName = other[other.length - 1] === name;
    const samePrefix = other.slice(0, -1).join('/') === path.slice(0, -1).join('/');
    if ((sameName && Math.abs(other.length - path.length) <= 1) || (sameName && path.length === 1))
      found.push(candidate);
    else if (samePrefix && similarity(other[other.length - 1]!, name) >= 0.8) found.push(candidate);
    if (found.length === 10) break;
  }
  return found;
}

// 1 − (edit distance / longer length).
function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0 || Math.abs(a.length - b.length) > longer * 0.2) return longer === 0 ? 1 : 0;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return 1 - row[b.length]! / longer;
}
