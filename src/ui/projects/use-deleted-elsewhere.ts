// Whether the open project was deleted in another tab. Once it is back, it is opened anew: its runs may have
// gone on elsewhere.

import { useEffect, useState } from 'react';
import type { ProjectId } from '#model/ids.ts';
import { noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';

/** `discarded`: put aside for a day, and can be brought back. */
export type Deletion = 'discarded' | 'erased';

export function useDeletedElsewhere(projectId: ProjectId, isOpen: boolean): Deletion | undefined {
  const { workspace, documents, runs } = useServices();
  const [deletion, setDeletion] = useState<Deletion>();

  useEffect(() => {
    if (!isOpen) return;
    let wanted = true;
    let known: Deletion | undefined;
    const look = async () => {
      const [rows, discarded] = await Promise.all([workspace.listProjects(), workspace.listDiscarded()]);
      if (!wanted) return;
      const isHere = rows.some((row) => row.projectId === projectId);
      const isAside = discarded.some(({ row }) => row.projectId === projectId);
      const before = known;
      known = isHere ? undefined : isAside ? 'discarded' : 'erased';
      setDeletion(known);
      if (before === undefined || known !== undefined || !(await documents.settled()) || !wanted) return;
      await workspace.closeProject();
      runs.close();
      documents.close();
    };
    const stop = workspace.subscribe((event) => {
      if (event.type !== 'projects-changed') return;
      look().catch((thrown: unknown) => noticeFault('The list of projects could not be read', thrown));
    });
    return () => {
      wanted = false;
      setDeletion(undefined);
      stop();
    };
  }, [workspace, documents, runs, projectId, isOpen]);

  return deletion;
}
