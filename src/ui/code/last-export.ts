// When the project was last written out as code: what has changed since is told from the history of the graph.

import type { ProjectId } from '#model/ids.ts';
import type { Services } from '#ui/kit/services.tsx';

const nameOf = (projectId: ProjectId): string => `last-export-${projectId}`;

/** Milliseconds since the epoch; undefined when it never was, in this browser. */
export function lastExportOf({ preferences }: Services, projectId: ProjectId): number | undefined {
  const at = Number(preferences.read(nameOf(projectId)) ?? Number.NaN);
  return Number.isFinite(at) ? at : undefined;
}

export function noteExport(
  { preferences, clock }: Pick<Services, 'preferences' | 'clock'>,
  projectId: ProjectId,
): void {
  preferences.write(nameOf(projectId), String(clock.now()));
}
