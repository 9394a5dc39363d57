// What was tried in the scratchpad, for as long as the page lives: nothing of it is stored.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ScratchResult } from '#engine/scratch-port.ts';
import type { Services } from '#ui/kit/services.tsx';

export interface ScratchEntry {
  readonly id: string;
  readonly source: string;
  /** Undefined while it runs. */
  readonly result?: ScratchResult;
}

export interface ScratchState {
  readonly entries: readonly ScratchEntry[];
  /** What is typed and not run yet. */
  readonly draft: string;
}

const mostKept = 200;

const stores = new WeakMap<Services, Map<string, StoreApi<ScratchState>>>();

/** The scratchpad of a project. */
export function scratchStore(services: Services, projectId: string): StoreApi<ScratchState> {
  const byProject = stores.get(services) ?? new Map<string, StoreApi<ScratchState>>();
  stores.set(services, byProject);
  let store = byProject.get(projectId);
  if (!store) {
    store = createStore<ScratchState>(() => ({ entries: [], draft: '' }));
    byProject.set(projectId, store);
  }
  return store;
}

/** Runs lines and keeps what came of them. */
export async function runLines(
  { workspace, newId, documents }: Services,
  store: StoreApi<ScratchState>,
  source: string,
): Promise<void> {
  const { projectId } = documents.store.getState();
  if (projectId === undefined || source.trim() === '') return;
  const id = newId();
  const { entries } = store.getState();
  store.setState({ entries: [...entries, { id, source }].slice(-mostKept), draft: '' });
  const settle = (result: ScratchResult) =>
    store.setState(({ entries: now }) => ({
      entries: now.map((entry) => (entry.id === id ? { ...entry, result } : entry)),
    }));
  try {
    // Lines see the graph that is on the screen.
    await documents.settled();
    settle(await workspace.evaluate(projectId, id, source));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    settle({ outcome: { type: 'failed', error: { name: 'Error', message } }, lines: [], durationMs: 0 });
  }
}

export function stopLines({ workspace, documents }: Services, store: StoreApi<ScratchState>): void {
  const { projectId } = documents.store.getState();
  if (projectId === undefined) return;
  for (const { id, result } of store.getState().entries)
    if (!result) void workspace.stopEvaluation(projectId, id);
}
