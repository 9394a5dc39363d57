// Values of assets whose IO manager is the memory: kept as long as the process lives, the newest of each asset.

import type { AssetId, ProjectId, RunId } from '#model/ids.ts';

export interface MemoryValues {
  put(projectId: ProjectId, pack: string, bytes: Uint8Array): void;
  get(projectId: ProjectId, pack: string): Uint8Array | undefined;
}

const prefix = 'memory.';

/** What events call the place of a value; no store has a pack of that name. */
export const memoryPack = (assetId: AssetId, runId: RunId): string => `${prefix}${assetId}.${runId}`;

export const isMemoryPack = (pack: string): boolean => pack.startsWith(prefix);

export function createMemoryValues(): MemoryValues {
  const kept = new Map<string, { readonly pack: string; readonly bytes: Uint8Array }>();
  const owner = (projectId: ProjectId, pack: string) =>
    `${projectId}\u0000${pack.slice(0, pack.lastIndexOf('.'))}`;
  return {
    put(projectId, pack, bytes) {
      kept.set(owner(projectId, pack), { pack, bytes });
    },
    get(projectId, pack) {
      const found = kept.get(owner(projectId, pack));
      return found?.pack === pack ? found.bytes : undefined;
    },
  };
}
