// Builds the page's stores and ports and wires them together; nothing else constructs them.

import { asTabId } from '#model/ids.ts';
import { createArrivalStore } from '#state/arrival-store.ts';
import { createDocumentStore } from '#state/document-store.ts';
import { createRunsStore } from '#state/runs-store.ts';
import { createSessionStore } from '#state/session-store.ts';
import { createTypesStore } from '#state/types-store.ts';
import type { PreferencesPort, Services } from '#ui/kit/services.tsx';
import { whenIdle } from '#ui/kit/when-idle.ts';
import { createCodeClient } from '#workers/code/client.ts';
import { createLayoutClient } from '#workers/layout/client.ts';
import { createTypesClient } from '#workers/types/client.ts';
import { createDataClient } from '#workers/values/client.ts';
import { createWorkspace } from './create-workspace.ts';
import { log } from './log.ts';
import { pageClock } from './page-clock.ts';
import { createPlayerPages } from './player-pages.ts';
import { readScheme } from './theme.ts';

export function createServices(preferences: PreferencesPort): Services {
  const newId = () => crypto.randomUUID();
  const clock = pageClock;
  const tabId = asTabId(newId());
  const workspace = createWorkspace(tabId);
  const documents = createDocumentStore({ workspace, clock, tabId });
  const runs = createRunsStore({ type: 'durable', persisted: false }, (wanted) => {
    void workspace.watchEvents(wanted);
  });
  const session = createSessionStore(readScheme(preferences));
  const types = createTypesStore({ port: createTypesClient(whenIdle), documents, runs, workspace });

  workspace.subscribe((event) => {
    runs.take(event);
    if (event.type === 'log-grew') documents.takeEntries(event.projectId, event.after, event.entries);
  });
  workspace.storageState().then(
    (state) => runs.take({ type: 'storage', state }),
    (error: unknown) => log.fault('the state of the storage is unknown', error),
  );
  const data = createDataClient(workspace);
  return {
    workspace,
    data,
    code: createCodeClient(),
    documents,
    runs,
    session,
    preferences,
    layout: createLayoutClient(),
    types,
    playerPages: createPlayerPages(workspace),
    arrivals: createArrivalStore(),
    clock,
    newId,
  };
}
