// An earlier value becomes the latest one again: one commit with a materialization that names what it restores.
// The value's bytes are not written a second time; the new event speaks of the same ones.

import { err, ok, type Result } from '#base/result.ts';
import type { EventPointer, RunEvent, RunRecord } from '#model/events.ts';
import { VersionTag } from '#model/events.ts';
import type { AssetId, ProjectId, RunId } from '#model/ids.ts';
import type { EventSegment, RunStore, StoreError } from './ports.ts';
import type { RunDeps } from './run-types.ts';
import { runEvent } from './step-events.ts';

export interface RestoreRequest {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  readonly fencing: number;
  readonly assetId: AssetId;
  /** The asset's key now; the value may have been made under another. */
  readonly key: string;
  readonly from: EventPointer;
  /** The asset's latest materialization, which the new one follows. */
  readonly latest: EventPointer | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type RestoreFailure = { readonly type: 'ValueLost'; readonly key: string } | StoreError;

/** Reads the value first, so that nothing is said to be restored that is not there. */
export async function restoreValue(
  request: RestoreRequest,
  deps: {
    readonly store: Pick<RunStore, 'commit' | 'readSegment'>;
    readonly readValue: RunDeps['readValue'];
  },
): Promise<Result<{ readonly segment: EventSegment; readonly run: RunRecord }, RestoreFailure>> {
  const { projectId, runId, fencing, assetId, key, from, latest, now } = request;
  const lost = err({ type: 'ValueLost' as const, key });
  const source = (await deps.store.readSegment(projectId, from.seq).catch(() => undefined))?.events[
    from.index
  ];
  if (source?.type !== 'ASSET_MATERIALIZATION' || source.assetId !== assetId || !source.value) return lost;
  if (!(await deps.readValue(source.value).catch(() => undefined))) return lost;
  const timestamp = now / 1000;
  // What a restored value restores is where it was made.
  const origin = source.tags?.[VersionTag.restoredFrom] ?? `${from.seq}:${from.index}`;
  const made = source.tags?.[VersionTag.restoredTime] ?? String(source.timestamp);
  const tags = { ...source.tags, [VersionTag.restoredFrom]: origin, [VersionTag.restoredTime]: made };
  const { previous: _, ...facts } = source;
  const materialization: RunEvent = {
    ...facts,
    runId,
    timestamp,
    stepKey: key,
    assetKey: key,
    durationMs: 0,
    tags,
    ...(latest === undefined ? {} : { previous: latest }),
  };
  const when = new Date(Number(made) * 1000).toISOString();
  const events: RunEvent[] = [
    runEvent(runId, 'RUN_START', now),
    materialization,
    runEvent(runId, 'RUN_SUCCESS', now, `Restored the value of ${key} that was made at ${when}.`),
  ];
  const run: RunRecord = {
    runId,
    status: 'SUCCESS',
    target: key,
    trigger: 'manual',
    createdAt: now,
    startedAt: now,
    endedAt: now,
    stepCount: 1,
    succeeded: 1,
    failed: 0,
    skipped: 0,
    tags: { [VersionTag.restoredFrom]: origin },
    fencing,
    assetIds: [assetId],
  };
  const written = await deps.store.commit({ projectId, runId, fencing, packs: [], events, run });
  return written.ok ? ok({ segment: { seq: written.value, runId, events }, run }) : err(written.error);
}
