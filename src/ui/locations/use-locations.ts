// The code locations of this browser: each is shown as soon as it is read, and read again when it is asked for.

import { useCallback, useEffect, useState } from 'react';
import type { ProjectRow } from '#engine/ports.ts';
import type { CodeLocation } from '#engine/workspace-port.ts';
import type { ProjectId } from '#model/ids.ts';
import { useServices } from '#ui/kit/services.tsx';

export interface LocationRow {
  readonly project: ProjectRow;
  /** Undefined while it is read. */
  readonly location: CodeLocation | undefined;
}

export type Locations =
  | { readonly type: 'loading' }
  | { readonly type: 'ready'; readonly rows: readonly LocationRow[] }
  | { readonly type: 'failed'; readonly detail: string };

export interface LocationList {
  readonly locations: Locations;
  reload(projectId: ProjectId): Promise<void>;
  reloadAll(): void;
}

export function useLocations(): LocationList {
  const { workspace } = useServices();
  const [projects, setProjects] = useState<readonly ProjectRow[]>();
  const [failed, setFailed] = useState<string>();
  const [read, setRead] = useState<ReadonlyMap<ProjectId, CodeLocation>>(new Map());

  const reload = useCallback(
    async (projectId: ProjectId) => {
      setRead((known) => new Map([...known].filter(([id]) => id !== projectId)));
      try {
        const location = await workspace.readLocation(projectId);
        if (location) setRead((known) => new Map(known).set(projectId, location));
      } catch (error) {
        setFailed(String(error));
      }
    },
    [workspace],
  );
  const reloadAll = useCallback(async () => {
    try {
      const rows = await workspace.listProjects();
      setFailed(undefined);
      setProjects([...rows].sort((a, b) => (a.name < b.name ? -1 : 1)));
      for (const { projectId } of rows) await reload(projectId);
    } catch (error) {
      setFailed(String(error));
    }
  }, [workspace, reload]);
  useEffect(() => {
    void reloadAll();
    return workspace.subscribe((event) => {
      if (event.type === 'projects-changed') void reloadAll();
    });
  }, [workspace, reloadAll]);

  const locations: Locations =
    failed !== undefined
      ? { type: 'failed', detail: failed }
      : projects === undefined
        ? { type: 'loading' }
        : {
            type: 'ready',
            rows: projects.map((project) => ({ project, location: read.get(project.projectId) })),
          };
  return { locations, reload, reloadAll: () => void reloadAll() };
}
