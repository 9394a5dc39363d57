// From a content that is trusted to a project: the one that was made of it before, as long as that is there, else a
// new one.

import type { Result } from '#base/result.ts';
import type { ImportError } from '#engine/workspace-port.ts';
import type { ShareBundle } from '#interop/share/bundle-types.ts';
import type { ProjectId } from '#model/ids.ts';
import type { Arrival } from '#state/arrival-store.ts';
import type { Services } from '#ui/kit/services.tsx';
import { trustContent, trustedContent } from './trust.ts';

type OpenServices = Pick<Services, 'workspace' | 'preferences' | 'clock'>;

/** The project that was made of this content before; undefined when there is none, or it is not trusted. */
export async function projectOfArrival(
  { workspace, preferences }: OpenServices,
  hash: string,
): Promise<ProjectId | undefined> {
  const projectId = trustedContent(preferences, hash)?.projectId;
  if (projectId === undefined) return undefined;
  const rows = await workspace.listProjects();
  return rows.some((row) => row.projectId === projectId) ? projectId : undefined;
}

/** Makes a project of it and remembers that its content is trusted. */
export async function importArrival(
  { workspace, preferences, clock }: OpenServices,
  { content, document, hash }: Arrival,
): Promise<Result<ProjectId, ImportError>> {
  const { documentText, files = [], values, results } = content;
  const imported = await workspace.importProject(documentText, files, {
    ...(values ? { values } : {}),
    ...(results ? { results } : {}),
  });
  if (imported.ok)
    trustContent(preferences, {
      hash,
      name: document.info.name,
      at: clock.now(),
      projectId: imported.value,
    });
  return imported;
}

/** What this browser saves or shares itself needs no sheet when it comes back. */
export async function trustOwn(
  { preferences, clock }: Pick<Services, 'preferences' | 'clock'>,
  name: string,
  content: ShareBundle,
): Promise<void> {
  const { trustedHash } = await import('./trusted-hash.ts');
  const hash = await trustedHash(content);
  if (trustedContent(preferences, hash) === undefined)
    trustContent(preferences, { hash, name, at: clock.now() });
}
