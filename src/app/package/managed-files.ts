// The bytes that IO managers keep in an instance, by manager and path, and what they were told when they kept them.

import type { ManagerStore, OutputContext } from '#sdk/io-manager.ts';

export interface ManagedFiles {
  /** A store whose changes are seen by others when `commit` is called. */
  stage(manager: string): { readonly store: ManagerStore; commit(): void };
  remember(assetKey: string, context: OutputContext): void;
  /** What the manager was told about the asset's newest value. */
  contextOf(assetKey: string): OutputContext | undefined;
}

export function createManagedFiles(): ManagedFiles {
  const byManager = new Map<string, Map<string, Uint8Array>>();
  const contexts = new Map<string, OutputContext>();
  return {
    stage(manager) {
      const kept = byManager.get(manager) ?? new Map<string, Uint8Array>();
      byManager.set(manager, kept);
      const changes = new Map<string, Uint8Array | undefined>();
      return {
        store: {
          get: async (path) => (changes.has(path) ? changes.get(path) : kept.get(path))?.slice(),
          put: async (path, bytes) => {
            changes.set(path, bytes.slice());
          },
          delete: async (path) => {
            changes.set(path, undefined);
          },
        },
        commit() {
          for (const [path, bytes] of changes) {
            if (bytes === undefined) kept.delete(path);
            else kept.set(path, bytes);
          }
          changes.clear();
        },
      };
    },
    remember(assetKey, context) {
      contexts.set(assetKey, context);
    },
    contextOf: (assetKey) => contexts.get(assetKey),
  };
}
