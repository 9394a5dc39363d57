// Brings the project that the address names into the stores. Edits of the one before are stored first.

import { useCallback, useEffect, useState } from 'react';
import type { ProjectId } from '#model/ids.ts';
import { type Services, useServices } from '#ui/kit/services.tsx';

export type Opening =
  | { readonly type: 'opening' }
  | { readonly type: 'open' }
  | { readonly type: 'missing' }
  /** The project before this one has edits that could not be stored; opening another would lose them. */
  | { readonly type: 'unsaved'; readonly before: ProjectId; readonly name: string }
  | { readonly type: 'failed'; readonly detail: string };

export const lastProjectPreference = 'last-project';

async function open(services: Services, projectId: ProjectId, isWanted: () => boolean): Promise<Opening> {
  const { documents, runs, session, workspace, preferences } = services;
  const before = documents.store.getState();
  if (before.projectId !== undefined && !(await documents.settled()))
    return { type: 'unsaved', before: before.projectId, name: before.document.info.name };
  try {
    // The stores take the project in the same turn in which it arrives, so that no event falls in between.
    return await workspace.openProject(projectId).then((project): Opening => {
      if (!project) return { type: 'missing' };
      if (isWanted()) {
        documents.open(project);
        runs.open(project);
        session.setState({ selectedAssets: new Set(), selectedNotes: new Set(), watchedRun: undefined });
        preferences.write(lastProjectPreference, projectId);
      }
      return { type: 'open' };
    });
  } catch (error) {
    return { type: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
}

export function useOpenProject(projectId: ProjectId): {
  readonly opening: Opening;
  tryAgain(): void;
  /** Gives up the unsaved edits of the project before and opens this one. */
  openAnyway(): void;
} {
  const services = useServices();
  const isOpen = () => services.documents.store.getState().projectId === projectId;
  const [state, setState] = useState<{ readonly of: ProjectId; readonly opening: Opening }>(() => ({
    of: projectId,
    opening: { type: isOpen() ? 'open' : 'opening' },
  }));
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens again
  useEffect(() => {
    let wanted = true;
    const show = (opening: Opening) => {
      if (wanted) setState({ of: projectId, opening });
    };
    if (services.documents.store.getState().projectId === projectId) show({ type: 'open' });
    else {
      show({ type: 'opening' });
      void open(services, projectId, () => wanted).then(show);
    }
    return () => {
      wanted = false;
    };
  }, [services, projectId, attempt]);

  const tryAgain = useCallback(() => setAttempt((count) => count + 1), []);
  const openAnyway = useCallback(() => {
    services.documents.close();
    setAttempt((count) => count + 1);
  }, [services]);
  const opening: Opening = state.of === projectId ? state.opening : { type: 'opening' };
  return { opening, tryAgain, openAnyway };
}
