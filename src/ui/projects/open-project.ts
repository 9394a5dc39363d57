// Brings a project from the workspace into the stores. Edits of the one before are stored first; openings
// follow one another, and asking twice for the same one opens it once.

import type { Clock } from '#engine/ports.ts';
import type { WorkspaceEvent } from '#engine/workspace-port.ts';
import { readHeads } from '#model/graph.ts';
import type { ProjectId } from '#model/ids.ts';
import type { Services } from '#ui/kit/services.tsx';

export type Opening =
  | { readonly type: 'opening' }
  | { readonly type: 'open' }
  | { readonly type: 'missing' }
  /** The project before this one has edits that could not be stored; opening another would lose them. */
  | { readonly type: 'unsaved'; readonly before: ProjectId; readonly name: string }
  | { readonly type: 'failed'; readonly detail: string };

/** Lets what waits for the page's thread go first. */
const rest = (clock: Clock) => new Promise<void>((resolve) => clock.after(0, resolve));

export const lastProjectPreference = 'last-project';

interface UnderWay {
  readonly projectId: ProjectId;
  readonly result: Promise<Opening>;
}

const underWayByServices = new WeakMap<Services, UnderWay>();

export function openProject(services: Services, projectId: ProjectId): Promise<Opening> {
  const before = underWayByServices.get(services);
  if (before?.projectId === projectId) return before.result;
  const result = (before?.result ?? Promise.resolve()).then(() => open(services, projectId));
  const underWay = { projectId, result };
  underWayByServices.set(services, underWay);
  void result.then(() => {
    if (underWayByServices.get(services) === underWay) underWayByServices.delete(services);
  });
  return result;
}

async function open(services: Services, projectId: ProjectId): Promise<Opening> {
  const { documents, runs, session, workspace, preferences, clock } = services;
  const before = documents.store.getState();
  if (before.projectId === projectId) return { type: 'open' };
  if (before.projectId !== undefined && !(await documents.settled()))
    return { type: 'unsaved', before: before.projectId, name: before.document.info.name };

  // Events come by a way of their own and may be here before the answer: the stores would not know them yet.
  const early: WorkspaceEvent[] = [];
  const stopListening = workspace.subscribe((event) => {
    if ('projectId' in event && event.projectId === projectId) early.push(event);
  });
  try {
    const project = await workspace.openProject(projectId);
    if (!project) return { type: 'missing' };
    await readHeads(project.document.assets.values(), () => rest(clock));
    documents.open(project);
    runs.open(project);
    for (const event of early) {
      runs.take(event);
      if (event.type === 'log-grew') documents.takeEntries(event.projectId, event.after, event.entries);
    }
    session.setState({ selectedAssets: new Set(), selectedNotes: new Set(), watchedRun: undefined });
    preferences.write(lastProjectPreference, projectId);
    return { type: 'open' };
  } catch (error) {
    return { type: 'failed', detail: error instanceof Error ? error.message : String(error) };
  } finally {
    stopListening();
  }
}
