// The command log as one line of history: what was done, taken back and done again, by whom.

import { err, ok, type Result } from '#base/result.ts';
import { applyCommand, commandLabel } from './commands/apply-command.ts';
import type { Command, CommandError } from './commands/command.ts';
import { applyDiff, type DiffConflict, type GraphDiff, invertDiff, isEmptyDiff } from './diff.ts';
import type { ProjectDocument } from './document.ts';
import type { TabId } from './ids.ts';

interface EntryBase {
  readonly label: string;
  readonly diff: GraphDiff;
  readonly by: TabId;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One entry of the log. `of` is the number of the command that is taken back or done again. */
export type LogEntry =
  | (EntryBase & { readonly kind: 'do'; readonly command: Command })
  | (EntryBase & { readonly kind: 'undo'; readonly of: number })
  | (EntryBase & { readonly kind: 'redo'; readonly of: number });

/** A document with its log: entry number n (from 1) is `entries[n - 1]`. */
export interface History {
  readonly document: ProjectDocument;
  readonly entries: readonly LogEntry[];
  /** Numbers of the commands that stand, oldest first: the last one is undone next. */
  readonly done: readonly number[];
  /** Numbers of the commands taken back: the last one is redone next. */
  readonly undone: readonly number[];
}

export type HistoryError =
  | CommandError
  | DiffConflict
  | { readonly type: 'NothingToUndo' | 'NothingToRedo' }
  /** What was to be taken back or done again is not the latest any more: another tab was first. */
  | { readonly type: 'NotTheLatest' };

export interface Author {
  readonly by: TabId;
  readonly at: number;
}

/** A wish of the user, before it is known what it changes. */
export type Intent =
  | { readonly type: 'do'; readonly command: Command }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' };

export const startHistory = (document: ProjectDocument): History => ({
  document,
  entries: [],
  done: [],
  undone: [],
});

/** The log entry that carries out `intent` on this history; undefined when it would change nothing. */
export function entryFor(
  history: History,
  intent: Intent,
  author: Author,
): Result<LogEntry | undefined, HistoryError> {
  if (intent.type === 'do') {
    const diff = applyCommand(history.document, intent.command);
    if (!diff.ok) return diff;
    if (isEmptyDiff(diff.value)) return ok(undefined);
    return ok({
      kind: 'do',
      label: commandLabel(intent.command),
      command: intent.command,
      diff: diff.value,
      ...author,
    });
  }
  const stack = intent.type === 'undo' ? history.done : history.undone;
  const of = stack[stack.length - 1];
  if (of === undefined) return err({ type: intent.type === 'undo' ? 'NothingToUndo' : 'NothingToRedo' });
  const entry = history.entries[of - 1]!;
  const diff = intent.type === 'undo' ? invertDiff(entry.diff) : entry.diff;
  return ok({ kind: intent.type, of, label: entry.label, diff, ...author });
}

/** The history with one more entry. */
export function appendEntry(history: History, entry: LogEntry): Result<History, DiffConflict> {
  const document = applyDiff(history.document, entry.diff);
  if (!document.ok) return document;
  return ok({ document: document.value, ...withEntry(history, entry) });
}

/** Replays a log that was already applied to `document`: only the stacks are rebuilt. */
export function restoreHistory(document: ProjectDocument, entries: readonly LogEntry[]): History {
  const done: number[] = [];
  let undone: number[] = [];
  entries.forEach((entry, index) => {
    if (entry.kind === 'do') {
      done.push(index + 1);
      undone = [];
    } else if (entry.kind === 'undo') {
      done.pop();
      undone.push(entry.of);
    } else {
      undone.pop();
      done.push(entry.of);
    }
  });
  return { document, entries, done, undone };
}

/** The document as it was at a moment (milliseconds since the epoch): later entries are taken back. */
export function documentAt({ document, entries }: History, at: number): ProjectDocument {
  let then = document;
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]!;
    if (entry.at <= at) break;
    const before = applyDiff(then, invertDiff(entry.diff));
    if (!before.ok) break;
    then = before.value;
  }
  return then;
}

function withEntry(history: History, entry: LogEntry): Omit<History, 'document'> {
  const entries = [...history.entries, entry];
  if (entry.kind === 'do') return { entries, done: [...history.done, entries.length], undone: [] };
  if (entry.kind === 'undo')
    return { entries, done: history.done.slice(0, -1), undone: [...history.undone, entry.of] };
  return { entries, done: [...history.done, entry.of], undone: history.undone.slice(0, -1) };
}
