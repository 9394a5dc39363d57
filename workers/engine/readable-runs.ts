// The history of runs as far as it can be read: a damaged part is passed over, so that it costs nothing but itself.

import type { AssetIndex } from '#engine/asset-index.ts';
import { type EventSegment, type RunStore, StoreDamaged } from '#engine/ports.ts';
import type { RunEvent } from '#model/events.ts';
import type { ProjectId, RunId } from '#model/ids.ts';

/** The segments that `index` does not have yet. Its number moves past those that are damaged. */
export async function* readableSegments(
  store: Pick<RunStore, 'readSegments'>,
  projectId: ProjectId,
  index: AssetIndex,
): AsyncGenerator<EventSegment> {
  for (;;) {
    try {
      yield* store.readSegments(projectId, index.seq);
      return;
    } catch (thrown) {
      if (!(thrown instanceof StoreDamaged) || thrown.seq <= index.seq) throw thrown;
      index.seq = thrown.seq;
    }
  }
}

/** The events of a run; none when some of them are damaged. */
export async function readableRunEvents(
  store: Pick<RunStore, 'readRunEvents'>,
  projectId: ProjectId,
  runId: RunId,
): Promise<readonly RunEvent[]> {
  try {
    return await store.readRunEvents(projectId, runId);
  } catch (thrown) {
    if (thrown instanceof StoreDamaged) return [];
    throw thrown;
  }
}
