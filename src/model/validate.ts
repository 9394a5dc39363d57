// Everything that is wrong with a document, each with the thing it is about. Never stops at the first.

import { assetKeyProblem } from './asset-key.ts';
import type { Asset, ProjectDocument } from './document.ts';
import { type AssetGraph, buildGraph, cachedBodyHead, topologicalOrder } from './graph.ts';
import type { GraphProblem } from './graph-problem.ts';
import { positionAt } from './position-at.ts';
import { similarKeys } from './similar-keys.ts';
import { tagProblem } from './tag-problem.ts';
import { unitProblems } from './validate-units.ts';

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

// The rules of the reference, §1.2 and §1.13.
function fieldProblems(asset: Asset): [field: string, reason: string][] {
  const problems: [string, string][] = [];
  if (asset.group !== undefined && !/^[A-Za-z0-9_/]+$/.test(asset.group))
    problems.push(['group', `“${asset.group}” can use letters, digits, “_” and “/” only`]);
  for (const owner of asset.owners ?? [])
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(owner) && !/^team:[\w-]+$/.test(owner))
      problems.push(['owners', `“${owner}” is neither an e-mail address nor “team:name”`]);
  for (const [name, value] of Object.entries(asset.tags ?? {})) {
    const problem = tagProblem(name, value);
    if (problem !== undefined) problems.push(['tags', problem]);
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
