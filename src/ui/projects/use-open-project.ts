// Opens the project that the address names, and says how far that has come.

import { useCallback, useEffect, useState } from 'react';
import type { ProjectId } from '#model/ids.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { type Opening, openProject } from './open-project.ts';

export interface ProjectOpening {
  readonly opening: Opening;
  tryAgain(): void;
  /** Gives up the unsaved edits of the project before and opens this one. */
  openAnyway(): void;
}

export function useOpenProject(projectId: ProjectId): ProjectOpening {
  const services = useServices();
  const isOpen = useDocument((state) => state.projectId === projectId);
  const [outcome, setOutcome] = useState<{ readonly of: ProjectId; readonly opening: Opening }>();

  const start = useCallback(() => {
    setOutcome(undefined);
    void openProject(services, projectId).then((opening) => setOutcome({ of: projectId, opening }));
  }, [services, projectId]);

  // Also when an open project was let go of: it is opened anew.
  useEffect(() => {
    if (!isOpen) start();
  }, [start, isOpen]);

  const openAnyway = useCallback(() => {
    services.documents.close();
    start();
  }, [services, start]);

  const opening: Opening = isOpen
    ? { type: 'open' }
    : outcome?.of === projectId && outcome.opening.type !== 'open'
      ? outcome.opening
      : { type: 'opening' };
  return { opening, tryAgain: start, openAnyway };
}
