// Values of assets whose IO manager is the memory: kept as long as the process lives, the newest of each asset.

import type { AssetId, ProjectId } from '#model/ids.ts';

export interface MemoryValues {
  put(projectId: ProjectId, pack: string, bytes: Uint8Array): void;
  get(projectId: ProjectId, pack: string): Uint8Array | undefined;
}

const prefix = 'memory.';

/** What events call the place of an asset's value; no store has a pack of that name. */
export const memoryPack = (assetId: AssetId): string => `${prefix}${assetId}`;

export const isMemoryPack = (pack: string): boolean => pack.startsWith(prefix);

export function createMemoryValues(): MemoryValues {
  const kept = new Map<string, Uint8Array>();
  const place = (projectId: ProjectId, pack: string) => `${projectId}\u0000${pack}`;
  return {
    put(projectId, pack, bytes) {
      kept.set(place(projectId, pack), bytes);
    },
    get: (projectId, pack) => kept.get(place(projectId, pack)),
  };
}
