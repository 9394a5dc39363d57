// `headwater list`: the keys of a project, sorted; with --json what the assets are and how they stand.

import type { AssetState } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import { type AssetGraph, bodyInputs, buildGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { documentByKey } from './document-by-key.ts';
import { openStorageIfAny, storagePath } from './open-storage.ts';
import type { Project } from './project.ts';
import { assetStates, readHeads } from './project-history.ts';
import { selectAssets, selectionErrorText } from './select-assets.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { storageErrorText } from './words.ts';

interface ListOptions {
  readonly select: string;
  readonly storage: string | undefined;
  readonly json: boolean;
}

/** Keys that no asset has are passed over, as in Dagster. */
export async function listProject(
  project: Project,
  options: ListOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const document = documentByKey(project.document);
  const selection = selectAssets(document, options.select);
  if (!selection.ok) {
    terminal.say(selectionErrorText(options.select, selection.error));
    return 2;
  }
  const { ids } = selection.value;
  const assets = [...document.assets.values()]
    .filter((asset) => ids === 'all' || ids.has(asset.id))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (!options.json) {
    if (assets.length > 0) terminal.out(assets.map((asset) => asset.key).join('\n'));
    return 0;
  }
  const graph = buildGraph(document);
  const states = await readStates(project, graph, storagePath(project, options.storage), terminal);
  terminal.out(
    JSON.stringify(
      assets.map((asset) => describeAsset(asset, graph, states)),
      null,
      2,
    ),
  );
  return 0;
}

type States = ReadonlyMap<AssetId, AssetState> | undefined;

async function readStates(
  project: Project,
  graph: AssetGraph,
  path: string,
  terminal: Terminal,
): Promise<States> {
  const opened = await openStorageIfAny(path);
  if (!opened) return undefined;
  if (!opened.ok) {
    terminal.say(`Statuses are left out. ${storageErrorText(path, opened.error)}`);
    return undefined;
  }
  const store = opened.value;
  try {
    const heads = await readHeads(store, project.projectId, terminal.say);
    return assetStates(graph, heads, project.compiler);
  } finally {
    store.close();
  }
}

function describeAsset(asset: Asset, graph: AssetGraph, states: States): Record<string, unknown> {
  const upstream = graph.upstream.get(asset.id) ?? [];
  const keyOf = (id: AssetId) => graph.document.assets.get(id)?.key ?? id;
  const stubs = (asset.deps ?? []).filter((key) => graph.stubKeys.has(key));
  const inputs =
    asset.kind === 'asset'
      ? Object.fromEntries(bodyInputs(asset).map(({ name }) => [name, asset.ins?.[name] ?? name]))
      : undefined;
  const state = states?.get(asset.id);
  const { latest } = state ?? {};
  return {
    key: asset.key,
    kind: asset.kind,
    group: asset.group ?? 'default',
    description: asset.description,
    deps: [...new Set([...upstream.map((edge) => keyOf(edge.from)), ...stubs])].sort(),
    inputs,
    kinds: asset.kinds ?? [],
    tags: asset.tags ?? {},
    owners: asset.owners ?? [],
    codeVersion: asset.codeVersion,
    metadata: asset.metadata ?? {},
    status: state?.status,
    staleCauses: state && state.staleCauses.length > 0 ? state.staleCauses : undefined,
    latest: latest && {
      runId: latest.runId,
      timestamp: latest.timestamp,
      dataVersion: latest.dataVersion,
      value: latest.value?.summary,
    },
  };
}
