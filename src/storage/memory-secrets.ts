// Secrets that are forgotten: for tests, and for browsers that refuse to store anything.

import { ok } from '#base/result.ts';
import type { SecretStore } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';

export function createMemorySecrets(): SecretStore {
  const byProject = new Map<ProjectId, Map<string, { readonly value: string; readonly setAt: number }>>();
  return {
    list: async () =>
      [...byProject.keys()]
        .sort()
        .flatMap((projectId) =>
          [...byProject.get(projectId)!]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, { setAt }]) => ({ projectId, name, setAt })),
        ),
    names: async (projectId) => [...(byProject.get(projectId)?.keys() ?? [])].sort(),
    read: async (projectId, name) => byProject.get(projectId)?.get(name)?.value,
    async put(projectId, name, value, setAt) {
      const secrets = byProject.get(projectId) ?? new Map<string, { value: string; setAt: number }>();
      byProject.set(projectId, secrets.set(name, { value, setAt }));
      return ok(undefined);
    },
    async remove(projectId, name) {
      byProject.get(projectId)?.delete(name);
      return ok(undefined);
    },
    async removeAll(projectId) {
      byProject.delete(projectId);
      return ok(undefined);
    },
  };
}
