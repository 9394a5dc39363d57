// A project under another id, with everything it has. What cannot be read any more is left behind.

import { err, type Result } from '#base/result.ts';
import {
  type EventSegment,
  type Store,
  StoreDamaged,
  type StoreError,
  type ValuePack,
} from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';
import { deletedPack } from './store-rules.ts';

export async function copyProject(
  store: Store,
  projectId: ProjectId,
  copyId: ProjectId,
  now: number,
): Promise<Result<void, StoreError>> {
  const project = await store.readProject(projectId);
  if (!project) return err({ type: 'StoreFailed', detail: 'The project is not in this browser any more.' });
  const segments: EventSegment[] = [];
  for (let last = 0, done = false; !done; ) {
    try {
      for await (const segment of store.readSegments(projectId, last)) {
        segments.push(segment);
        last = segment.seq;
      }
      done = true;
    } catch (thrown) {
      if (!(thrown instanceof StoreDamaged) || thrown.seq <= last) throw thrown;
      last = thrown.seq;
    }
  }
  const packIds = new Set(
    segments.flatMap(({ events }) => events.flatMap(({ value }) => (value ? [value.pack] : []))),
  );
  const packs: ValuePack[] = [];
  const deleted = await store.listDeletedPacks(projectId);
  for (const id of packIds) {
    const bytes = await store.readPack(projectId, id);
    if (bytes) packs.push({ id, bytes });
    else if (deleted.has(id)) packs.push(deletedPack(id));
  }
  const files: { sha256: string; bytes: Uint8Array }[] = [];
  for (const sha256 of await store.listFiles(projectId)) {
    const bytes = await store.getFile(projectId, sha256);
    if (bytes) files.push({ sha256, bytes });
  }
  // Read last: a run that goes on meanwhile has its newest row, and is ended in the copy as interrupted.
  const runs = await store.listRuns(projectId, Number.POSITIVE_INFINITY);
  const { row, checkpoint, log } = project;
  return store.restoreProject({
    row: { ...row, projectId: copyId, createdAt: now, updatedAt: now, openedAt: now },
    checkpoint,
    log,
    files,
    segments,
    runs,
    packs,
  });
}
