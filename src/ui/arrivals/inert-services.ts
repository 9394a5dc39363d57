// Services for a project that is looked at and nothing more: its stores are in memory, and every port refuses. What
// shows it can neither store, run, nor ask for anything, whatever is in it.

import { createStore } from 'zustand/vanilla';
import type { Clock } from '#engine/ports.ts';
import type { ProjectDocument } from '#model/document.ts';
import { asProjectId, asTabId } from '#model/ids.ts';
import { createArrivalStore } from '#state/arrival-store.ts';
import { createDocumentStore } from '#state/document-store.ts';
import { createRunsStore } from '#state/runs-store.ts';
import { createSessionStore } from '#state/session-store.ts';
import { noTypes } from '#state/types-store.ts';
import type { Services } from '#ui/kit/services.tsx';

export function inertServices(document: ProjectDocument, clock: Clock): Services {
  const name = document.info.name;
  const projectId = asProjectId('arrival');
  const project = {
    row: {
      projectId,
      name,
      createdAt: 0,
      updatedAt: 0,
      openedAt: 0,
      assetCount: document.assets.size,
    },
    document,
    entries: [],
    states: [],
    checks: [],
    problems: [],
    runs: [],
    leading: false,
  };
  const documents = createDocumentStore({ workspace: refusing(), clock, tabId: asTabId('arrival') });
  documents.open(project);
  const runs = createRunsStore({ type: 'durable', persisted: false }, () => undefined);
  runs.open(project);
  return {
    documents,
    runs,
    clock,
    workspace: refusing(),
    data: refusing(),
    code: refusing(),
    layout: refusing(),
    playerPages: refusing(),
    session: createSessionStore('auto'),
    types: { store: createStore(() => noTypes), port: refusing() },
    arrivals: createArrivalStore(),
    preferences: { read: () => undefined, write: () => undefined },
    newId: () => {
      throw new Error('Internal error: a project that is only looked at was changed');
    },
  };
}

/** A port whose every call is a bug. */
const refusing = <T extends object>(): T =>
  new Proxy({} as T, {
    get: (_, name) => () => {
      throw new Error(`Internal error: a project that is only looked at asked for ${String(name)}`);
    },
  });
