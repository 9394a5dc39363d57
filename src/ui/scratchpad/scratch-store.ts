// What was tried in the scratchpad, for as long as the page lives: nothing of it is stored.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ScratchPrinted, ScratchResult } from '#engine/scratch-port.ts';
import { afterPrinting, nothingPrinted } from '#engine/scratch-printed.ts';
import type { Services } from '#ui/kit/services.tsx';

export interface ScratchEntry {
  readonly id: string;
  readonly source: string;
  /** What it has printed so far, while it runs. */
  readonly printed?: ScratchPrinted;
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
  const change = (changed: (entry: ScratchEntry) => ScratchEntry) =>
    store.setState(({ entries: now }) => ({
      entries: now.map((entry) => (entry.id === id ? changed(entry) : entry)),
    }));
  const settle = (result: ScratchResult) => change(() => ({ id, source, result }));
  let attempt = 0;
  const stopListening = workspace.subscribe((event) => {
    if (event.type !== 'scratch-printed' || event.evaluationId !== id) return;
    const isAnew = event.attempt !== attempt;
    attempt = event.attempt;
    change((entry) => ({
      ...entry,
      printed: afterPrinting((isAnew ? undefined : entry.printed) ?? nothingPrinted, event.printed),
    }));
  });
  try {
    // Lines see the graph that is on the screen.
    await documents.settled();
    settle(await workspace.evaluate(projectId, id, source));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    change(({ printed = nothingPrinted }) => ({
      id,
      source,
      result: { outcome: { type: 'failed', error: { name: 'Error', message } }, printed, durationMs: 0 },
    }));
  } finally {
    stopListening();
  }
}

export function stopLines({ workspace, documents }: Services, store: StoreApi<ScratchState>): void {
  const { projectId } = documents.store.getState();
  if (projectId === undefined) return;
  for (const { id, result } of store.getState().entries)
    if (!result) void workspace.stopEvaluation(projectId, id);
}
