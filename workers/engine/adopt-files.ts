// Data files of pasted assets: what another project of this browser has need not be chosen again.

import { ok, type Result } from '#base/result.ts';
import type { DocumentStore, StoreError } from '#engine/ports.ts';
import type { ProjectId } from '#model/ids.ts';

/** Copies files by their hashes from whichever project has them; answers with those that none has. */
export async function adoptFiles(
  store: Pick<DocumentStore, 'listProjects' | 'listFiles' | 'getFile' | 'putFile'>,
  projectId: ProjectId,
  sha256s: readonly string[],
): Promise<Result<readonly string[], StoreError>> {
  const own = new Set(await store.listFiles(projectId));
  const wanted = new Set(sha256s.filter((sha256) => !own.has(sha256)));
  if (wanted.size === 0) return ok([]);
  for (const { projectId: other } of await store.listProjects()) {
    if (other === projectId || wanted.size === 0) continue;
    for (const sha256 of await store.listFiles(other)) {
      if (!wanted.has(sha256)) continue;
      const bytes = await store.getFile(other, sha256);
      if (!bytes) continue;
      const put = await store.putFile(projectId, sha256, bytes);
      if (!put.ok) return put;
      wanted.delete(sha256);
    }
  }
  return ok([...wanted]);
}
