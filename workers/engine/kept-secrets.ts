// Which environment values this browser keeps, for which projects, and what names them there. Values stay where they are.

import type { SecretRow, SecretStore, Store } from '#engine/ports.ts';
import type { SecretsOfProject } from '#engine/workspace-port.ts';
import { envNamesOf } from '#model/env-reference.ts';
import type { ProjectId } from '#model/ids.ts';
import { readStoredDocument } from './open-document.ts';

interface KeptSecretsDeps {
  readonly store: Store;
  readonly secrets: SecretStore;
}

/** By the name of the project; those of projects that are gone come last. */
export async function listKeptSecrets({
  store,
  secrets,
}: KeptSecretsDeps): Promise<readonly SecretsOfProject[]> {
  const rows = new Map<ProjectId, SecretRow[]>();
  for (const row of await secrets.list()) rows.set(row.projectId, [...(rows.get(row.projectId) ?? []), row]);
  const here = new Map((await store.listProjects()).map((row) => [row.projectId, row.name]));
  const aside = new Map((await store.listDiscarded()).map(({ row }) => [row.projectId, row.name]));
  const found = await Promise.all(
    [...rows].map(async ([projectId, kept]): Promise<SecretsOfProject> => {
      const users = await usersOf(store, projectId);
      return {
        projectId,
        name: here.get(projectId) ?? aside.get(projectId),
        isDiscarded: aside.has(projectId),
        secrets: kept.map(({ name, setAt }) => ({ name, setAt, usedBy: users && (users.get(name) ?? []) })),
      };
    }),
  );
  return found.sort(byName);
}

const byName = (a: SecretsOfProject, b: SecretsOfProject): number =>
  a.name === undefined || b.name === undefined
    ? Number(a.name === undefined) - Number(b.name === undefined)
    : a.name.localeCompare(b.name) || (a.projectId < b.projectId ? -1 : 1);

/** Keys of resources by the environment value that their fields name; undefined when the project cannot be read. */
async function usersOf(
  store: Store,
  projectId: ProjectId,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  // One damaged project does not hide the values of the others.
  const stored = await readStoredDocument(store, projectId).catch(() => undefined);
  if (!stored) return undefined;
  const users = new Map<string, string[]>();
  const { resources } = stored.history.document;
  for (const key of [...resources.keys()].sort())
    for (const name of envNamesOf(resources.get(key)?.config))
      users.set(name, [...(users.get(name) ?? []), key]);
  return users;
}
