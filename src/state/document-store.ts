// The document store: commands show at once and are appended to the log in the background, one at a time.
// "Saved" is said only when the log holds everything.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#engine/ports.ts';
import type { OpenedProject, WorkspacePort } from '#engine/workspace-port.ts';
import type { Command } from '#model/commands/command.ts';
import { emptyDocument, type ProjectDocument } from '#model/document.ts';
import { type AssetGraph, buildGraph, graphAfter } from '#model/graph.ts';
import {
  documentAt,
  type HistoryError,
  type Intent,
  type LogEntry,
  restoreHistory,
  startHistory,
} from '#model/history.ts';
import type { ProjectId, TabId } from '#model/ids.ts';
import {
  addIntent,
  confirmFirst,
  type RejectedIntent,
  rebase,
  type SyncedHistory,
  startSynced,
} from './synced-history.ts';

export type SaveState =
  | { readonly type: 'saved' }
  | { readonly type: 'saving' }
  | { readonly type: 'unsaved'; readonly reason: string };

export interface DocumentState {
  readonly projectId: ProjectId | undefined;
  readonly document: ProjectDocument;
  readonly graph: AssetGraph;
  /** Label of what would be undone or redone next, and whether another tab did it. */
  readonly undo: { readonly label: string; readonly byOther: boolean } | undefined;
  readonly redo: { readonly label: string; readonly byOther: boolean } | undefined;
  readonly save: SaveState;
  /** Number of the newest entry in the stored log. */
  readonly seq: number;
  /** The latest commands of this tab that no longer applied, for a notice. */
  readonly rejected: readonly RejectedIntent[];
}

export interface DocumentStore {
  readonly store: StoreApi<DocumentState>;
  open(project: OpenedProject): void;
  close(): void;
  /** Carries out a command; the error is for the user to read. */
  run(command: Command): HistoryError | undefined;
  undo(): HistoryError | undefined;
  redo(): HistoryError | undefined;
  /** The document as it was at a moment, in milliseconds since the epoch. */
  documentAt(at: number): ProjectDocument;
  /** Entries that other tabs appended after number `after`. */
  takeEntries(projectId: ProjectId, after: number, entries: readonly LogEntry[]): void;
  /** Says that something on the screen is no command yet, so not saved. The answer takes that back. */
  beginEditing(): () => void;
  /** Resolves once everything done so far is in the log; false when it could not be stored. */
  settled(): Promise<boolean>;
}

export interface DocumentStoreDeps {
  readonly workspace: Pick<WorkspacePort, 'appendEntry'>;
  readonly clock: Clock;
  readonly tabId: TabId;
}

export function createDocumentStore({ workspace, clock, tabId }: DocumentStoreDeps): DocumentStore {
  const nothing = emptyDocument('');
  let synced = startSynced(startHistory(nothing));
  let projectId: ProjectId | undefined;
  let appending: Promise<void> | undefined;
  /** Others' entries that were heard of while an append of ours was under way. */
  let heard: { readonly after: number; readonly entries: readonly LogEntry[] }[] = [];
  let graph = buildGraph(nothing);
  let typing = 0;
  let saved: SaveState = { type: 'saved' };

  const store = createStore<DocumentState>(() => stateOf({ type: 'saved' }));

  function stateOf(save: SaveState, rejected: readonly RejectedIntent[] = []): DocumentState {
    const { shown, confirmed } = synced;
    saved = save;
    if (graph.document !== shown.document) graph = graphAfter(graph, shown.document);
    const next = (stack: readonly number[]) => {
      const entry = shown.entries[(stack[stack.length - 1] ?? 0) - 1];
      return entry && { label: entry.label, byOther: entry.by !== tabId };
    };
    return {
      projectId,
      document: shown.document,
      graph,
      undo: next(shown.done),
      redo: next(shown.undone),
      save: shownSave(),
      seq: confirmed.entries.length,
      rejected,
    };
  }

  function shownSave(): SaveState {
    return typing > 0 && saved.type === 'saved' ? { type: 'saving' } : saved;
  }

  function show(next: SyncedHistory, save: SaveState, rejected: readonly RejectedIntent[] = []): void {
    synced = next;
    store.setState(stateOf(save, rejected.length > 0 ? rejected : store.getState().rejected), true);
  }

  function carryOut(intent: Intent): HistoryError | undefined {
    if (projectId === undefined) return undefined;
    const next = addIntent(synced, intent, { by: tabId, at: clock.now() });
    if (!next.ok) return next.error;
    if (next.value === undefined) return undefined;
    show(next.value, { type: 'saving' });
    startAppending();
    return undefined;
  }

  function startAppending(): void {
    if (appending) return;
    appending = appendAll().finally(() => {
      appending = undefined;
      const waiting = heard;
      heard = [];
      for (const { after, entries } of waiting) takeIn(after, entries);
    });
  }

  async function appendAll(): Promise<void> {
    for (let first = synced.pending[0]; first; first = synced.pending[0]) {
      const project = projectId;
      if (project === undefined) return;
      const answer = await workspace.appendEntry(project, synced.confirmed.entries.length, first.entry);
      if (project !== projectId) return;
      if (answer.ok) {
        show(confirmFirst(synced), { type: 'saving' });
      } else if (answer.error.type === 'Behind') {
        const result = rebase(synced, answer.error.missed);
        show(result.synced, { type: 'saving' }, result.rejected);
      } else {
        show(synced, { type: 'unsaved', reason: answer.error.type });
        return;
      }
    }
    show(synced, { type: 'saved' });
  }

  function takeIn(after: number, entries: readonly LogEntry[]): void {
    const known = synced.confirmed.entries.length;
    const fresh = entries.slice(Math.max(0, known - after));
    if (fresh.length === 0 || after > known) return;
    const result = rebase(synced, fresh);
    show(result.synced, savingOrSaved(), result.rejected);
  }

  const savingOrSaved = (): SaveState => (synced.pending.length > 0 ? { type: 'saving' } : { type: 'saved' });

  return {
    store,
    open(project) {
      projectId = project.row.projectId;
      heard = [];
      synced = startSynced(restoreHistory(project.document, project.entries));
      store.setState(stateOf({ type: 'saved' }), true);
    },
    close() {
      projectId = undefined;
      synced = startSynced(startHistory(nothing));
      store.setState(stateOf({ type: 'saved' }), true);
    },
    run: (command) => carryOut({ type: 'do', command }),
    undo: () => carryOut({ type: 'undo' }),
    redo: () => carryOut({ type: 'redo' }),
    documentAt: (at) => documentAt(synced.shown, at),
    takeEntries(project, after, entries) {
      if (project !== projectId) return;
      if (appending) heard.push({ after, entries });
      else takeIn(after, entries);
    },
    beginEditing() {
      typing += 1;
      store.setState({ save: shownSave() });
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        typing -= 1;
        store.setState({ save: shownSave() });
      };
    },
    async settled() {
      if (synced.pending.length > 0) startAppending();
      await appending;
      return synced.pending.length === 0;
    },
  };
}
