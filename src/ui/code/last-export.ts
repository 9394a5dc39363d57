// When the project was last written out as code: what has changed since is told from the history of the graph.

import type { CodeTarget } from '#interop/project-code.ts';
import type { ProjectId } from '#model/ids.ts';
import type { Services } from '#ui/kit/services.tsx';
import { readTarget, writeTarget } from './code-target.ts';

export interface LastExport {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly target: CodeTarget;
}

const nameOf = (projectId: ProjectId, type: CodeTarget['type']): string =>
  type === 'typescript' ? `last-export-${projectId}` : `last-export-${type}-${projectId}`;

/** Undefined when there was none, in this browser. */
export function lastExportOf(
  { preferences }: Pick<Services, 'preferences'>,
  projectId: ProjectId,
  type: CodeTarget['type'],
): LastExport | undefined {
  const [time, target] = (preferences.read(nameOf(projectId, type)) ?? '').split(' ');
  const at = time ? Number(time) : Number.NaN;
  return Number.isFinite(at) ? { at, target: readTarget(target) } : undefined;
}

export function noteExport(
  { preferences, clock }: Pick<Services, 'preferences' | 'clock'>,
  projectId: ProjectId,
  target: CodeTarget,
): void {
  preferences.write(nameOf(projectId, target.type), `${clock.now()} ${writeTarget(target)}`);
}
