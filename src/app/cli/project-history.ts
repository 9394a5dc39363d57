// What the storage knows of a project: the log folded per asset, and the statuses that follow from it.

import { type AssetHead, type AssetIndex, emptyIndex, foldSegment } from '#engine/asset-index.ts';
import { assetState } from '#engine/asset-status.ts';
import { definitionVersion } from '#engine/code-version.ts';
import type { Compiler } from '#engine/compiler.ts';
import { type EventSegment, type RunStore, StoreDamaged } from '#engine/ports.ts';
import { findStaleCauses } from '#engine/versions.ts';
import type { AssetState } from '#model/asset-state.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId, ProjectId } from '#model/ids.ts';

export type AssetHeads = ReadonlyMap<AssetId, AssetHead>;

/** Folds all of the log. A damaged part is passed over, and said. */
export async function readIndex(...args: Parameters<typeof wholeSegments>): Promise<AssetIndex> {
  const index = emptyIndex();
  for await (const segment of wholeSegments(...args)) foldSegment(index, segment);
  return index;
}

/** The heads alone. */
export const readHeads = async (...args: Parameters<typeof wholeSegments>): Promise<AssetHeads> =>
  (await readIndex(...args)).heads;

export async function readSegments(
  ...args: Parameters<typeof wholeSegments>
): Promise<readonly EventSegment[]> {
  const segments: EventSegment[] = [];
  for await (const segment of wholeSegments(...args)) segments.push(segment);
  return segments;
}

async function* wholeSegments(
  store: RunStore,
  projectId: ProjectId,
  onDamage: (message: string) => void,
): AsyncGenerator<EventSegment> {
  for (let after = 0; ; ) {
    try {
      yield* store.readSegments(projectId, after);
      return;
    } catch (thrown) {
      if (!(thrown instanceof StoreDamaged)) throw thrown;
      onDamage(thrown.message);
      after = thrown.seq;
    }
  }
}

export function assetStates(
  graph: AssetGraph,
  heads: AssetHeads,
  compiler: Compiler,
): ReadonlyMap<AssetId, AssetState> {
  const { document } = graph;
  const causes = findStaleCauses(graph, {
    latestOf: (id) => heads.get(id)?.latest,
    codeVersionOf(id) {
      const asset = document.assets.get(id);
      return asset && definitionVersion(asset, graph, compiler);
    },
  });
  return new Map(
    [...document.assets.values()].map((asset) => [
      asset.id,
      assetState(asset, heads.get(asset.id), causes.get(asset.id) ?? [], undefined),
    ]),
  );
}
