// Retention over a store: says what would go, and lets it go.

import { ok, type Result } from '#base/result.ts';
import { emptyIndex, foldSegment } from '#engine/asset-index.ts';
import type { EventSegment, RunStore, StoreError } from '#engine/ports.ts';
import { type Pruning, planPruning } from '#engine/retention.ts';
import type { PruningPlan } from '#engine/workspace-port.ts';
import type { ProjectId } from '#model/ids.ts';
import { readableSegments } from './readable-runs.ts';

type ValueStore = Pick<RunStore, 'readSegments' | 'listDeletedPacks' | 'deletePacks'>;

async function look(store: ValueStore, projectId: ProjectId, keep: number): Promise<Pruning> {
  const segments: EventSegment[] = [];
  const index = emptyIndex();
  for await (const segment of readableSegments(store, projectId, index)) {
    foldSegment(index, segment);
    segments.push({
      ...segment,
      events: segment.events.filter(({ value, managed }) => value !== undefined || managed !== undefined),
    });
  }
  return planPruning(segments, keep, await store.listDeletedPacks(projectId));
}

const withoutPacks = ({ packs: _, ...plan }: Pruning): PruningPlan => plan;

export async function planValuePruning(
  store: ValueStore,
  projectId: ProjectId,
  keep: number,
): Promise<PruningPlan> {
  return withoutPacks(await look(store, projectId, keep));
}

export async function pruneValues(
  store: ValueStore,
  projectId: ProjectId,
  fencing: number,
  keep: number,
): Promise<Result<PruningPlan, StoreError>> {
  const plan = await look(store, projectId, keep);
  if (plan.packs.length > 0) {
    const deleted = await store.deletePacks(projectId, fencing, plan.packs);
    if (!deleted.ok) return deleted;
  }
  return ok(withoutPacks(plan));
}
