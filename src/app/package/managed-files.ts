// The bytes that IO managers keep, by manager and path, and what they were told when they kept them.

import type { OutputContext } from '#sdk/io-manager.ts';
import { type ManagerFiles, stageFiles } from '#workers/bodies/step-resources.ts';

export type ManagedFiles = ManagerFiles;

/** Where the bytes are. `put` and `get` keep and give copies of their own. */
export interface ManagedBytes {
  get(manager: string, path: string): Uint8Array | undefined;
  put(manager: string, path: string, bytes: Uint8Array): void;
  delete(manager: string, path: string): void;
}

/** Over bytes in memory, unless there is another place for them. */
export function createManagedFiles(bytes: ManagedBytes = createBytesInMemory()): ManagedFiles {
  const contexts = new Map<string, OutputContext>();
  return {
    stage(manager) {
      const { store, changes } = stageFiles((path) => bytes.get(manager, path));
      return {
        store,
        commit() {
          for (const [path, given] of changes) {
            if (given === undefined) bytes.delete(manager, path);
            else bytes.put(manager, path, given);
          }
          // Kept already: nobody else has to.
          return undefined;
        },
      };
    },
    remember(assetKey, context) {
      contexts.set(assetKey, context);
    },
    contextOf: (assetKey) => contexts.get(assetKey),
  };
}

function createBytesInMemory(): ManagedBytes {
  const kept = new Map<string, Uint8Array>();
  const place = (manager: string, path: string) => `${manager}\u0000${path}`;
  return {
    get: (manager, path) => kept.get(place(manager, path))?.slice(),
    put: (manager, path, bytes) => {
      kept.set(place(manager, path), bytes);
    },
    delete: (manager, path) => {
      kept.delete(place(manager, path));
    },
  };
}
