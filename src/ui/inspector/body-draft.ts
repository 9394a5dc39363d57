// Text on its way from the editor into the document. Typing is gathered into one edit per pause, and never
// waits longer than a second, so that what is on screen is in the log within a second. Ctrl+Z commits first:
// the project's log is the only undo there is.

import type { Clock } from '#engine/ports.ts';
import type { HistoryError } from '#model/history.ts';
import { applyEdit, type BodyEdit, editBetween } from '#model/text-edit.ts';

const idleMs = 400;
const longestMs = 900;

export interface BodyDraft {
  /** The editor's text has changed to this. */
  type(text: string): void;
  /** Puts what was typed into the document now. */
  flush(): HistoryError | undefined;
  /** The document's text has changed to this: the text that the editor should show. */
  takeCommitted(committed: string): string;
  /** Flushes, and types no more. */
  close(): void;
}

export interface BodyDraftDeps {
  readonly clock: Clock;
  commit(edit: BodyEdit): HistoryError | undefined;
  onRefused(error: HistoryError): void;
  /** Whether there is text now that is not in the document. Told on each change. */
  onDirty?(isDirty: boolean): void;
}

export function createBodyDraft(start: string, deps: BodyDraftDeps): BodyDraft {
  const { clock, commit, onRefused } = deps;
  /** The document's text, as far as this draft has heard. */
  let committed = start;
  let text = start;
  let stopIdle: (() => void) | undefined;
  let stopLongest: (() => void) | undefined;
  let wasDirty = false;

  const tellDirty = () => {
    const isDirty = text !== committed;
    if (isDirty !== wasDirty) deps.onDirty?.(isDirty);
    wasDirty = isDirty;
  };

  const stopTimers = () => {
    stopIdle?.();
    stopLongest?.();
    stopIdle = undefined;
    stopLongest = undefined;
  };

  const flush = (): HistoryError | undefined => {
    stopTimers();
    const edit = editBetween(committed, text);
    if (!edit) return undefined;
    const before = committed;
    // The store answers by takeCommitted before `commit` returns; what it says then is our own text.
    committed = text;
    const error = commit(edit);
    if (error && committed === text) committed = before;
    tellDirty();
    if (!error) return undefined;
    onRefused(error);
    return error;
  };

  return {
    type(next) {
      text = next;
      tellDirty();
      if (text === committed) return stopTimers();
      stopIdle?.();
      stopIdle = clock.after(idleMs, flush);
      stopLongest ??= clock.after(longestMs, flush);
    },
    flush,
    takeCommitted(next) {
      if (next === committed) return text;
      const edit = editBetween(committed, text);
      committed = next;
      // What was typed meanwhile goes on top; where it no longer fits, it wins, and undo has the rest.
      text = edit ? (applyEdit(next, edit) ?? text) : next;
      tellDirty();
      return text;
    },
    close() {
      flush();
      stopTimers();
    },
  };
}
