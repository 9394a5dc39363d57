// Secrets that are forgotten: for tests, and for browsers that refuse to store anything.

import { ok } from '#base/result.ts';
import type { SecretStore } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';

export function createMemorySecrets(): SecretStore {
  const byProject = new Map<ProjectId, Map<string, string>>();
  return {
    names: async (projectId) => [...(byProject.get(projectId)?.keys() ?? [])].sort(),
    read: async (projectId, name) => byProject.get(projectId)?.get(name),
    async put(projectId, name, value) {
      const secrets = byProject.get(projectId) ?? new Map<string, string>();
      byProject.set(projectId, secrets.set(name, value));
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
