// The decisions that every adapter takes alike: who may write, and how what is read is put in order.

import { type Err, err, ok, type Result } from '#base/result.ts';
import { StoreDamaged, type StoreError, type ValuePack } from '#engine/ports.ts';
import type { RunEvent, RunRecord } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import { decodeEvents, encodeEvents } from './segment-codec.ts';

/** The layout of stored data that this build writes. A store that carries a higher number is only read. */
export const SCHEMA_EPOCH = 1;

export const storeFailed = (detail: string): Err<StoreError> => err({ type: 'StoreFailed', detail });
export const noSuchProject = storeFailed('The project is not in the store; it may have been deleted.');

/** `found` is undefined in a store that nobody has written to yet. */
export const refusedByEpoch = (found: number | undefined, known: number): Err<StoreError> | undefined =>
  found !== undefined && found > known ? err({ type: 'NewerSchema', found, known }) : undefined;

/** Until a lease was taken anyone writes; from then on its holder alone. */
export const refusedByFence = (current: number | undefined, fencing: number): Err<StoreError> | undefined =>
  current !== undefined && current !== fencing ? err({ type: 'Fenced', current }) : undefined;

/** What a restored project's fencing begins at, so that none of its runs looks like the next leader's. */
export const highestFencing = (runs: readonly RunRecord[], current: number | undefined): number | undefined =>
  runs.reduce((highest, run) => Math.max(highest, run.fencing), current ?? 0) || undefined;

/**
 * A pack that was deleted on purpose, as backups and copies carry it on: no value has so few bytes. What reads the
 * project then can still tell it from one that was lost.
 */
export const deletedPack = (id: string): ValuePack => ({ id, bytes: new Uint8Array(0) });
export const isDeletedPack = ({ bytes }: ValuePack): boolean => bytes.length === 0;

export const newestRunFirst = (a: RunRecord, b: RunRecord): number =>
  b.createdAt - a.createdAt || (a.runId < b.runId ? -1 : 1);

export function packEvents(events: readonly RunEvent[]): Result<Uint8Array<ArrayBuffer>, StoreError> {
  try {
    return ok(encodeEvents(events));
  } catch (thrown) {
    return storeFailed(`The events cannot be stored: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

/** Throws StoreDamaged. */
export function unpackEvents(
  projectId: ProjectId,
  seq: number,
  bytes: Uint8Array | undefined,
): readonly RunEvent[] {
  if (!bytes) throw new StoreDamaged(projectId, 'segment', seq, 'it is missing');
  const decoded = decodeEvents(bytes);
  if (!decoded.ok) throw new StoreDamaged(projectId, 'segment', seq, decoded.error.detail);
  return decoded.value;
}

/** A copy that shares no memory and is no longer than its bytes: what is cloned or kept for long. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** The same bytes when their buffer holds nothing else, or a copy: cloning a view clones its whole buffer. */
export const exactBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
    ? (bytes as Uint8Array<ArrayBuffer>)
    : ownBytes(bytes);
