// What the contract suite needs of an adapter to test it. Test code only.

import type { Result } from '#base/result.ts';
import type { EventSegment, Store } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';

/** One place of storage, empty at first, that several handles open as several tabs do. */
export interface StoreUnderTest {
  open(schemaEpoch?: number): Promise<Store>;
  damageSegment(projectId: ProjectId, seq: number): Promise<void>;
  losePack(projectId: ProjectId, packId: string): Promise<void>;
  dispose(): Promise<void>;
}

export async function segmentsAfter(
  store: Store,
  projectId: ProjectId,
  after: number,
): Promise<EventSegment[]> {
  const segments: EventSegment[] = [];
  for await (const segment of store.readSegments(projectId, after)) segments.push(segment);
  return segments;
}

/** What a Result holds; fails the test when it holds an error. */
export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function error<E>(result: Result<unknown, E>): E {
  if (result.ok) throw new Error('It was not refused');
  return result.error;
}
