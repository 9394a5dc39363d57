// A project's document as the store has it: checkpoint plus log.

import type { DocumentStore, LogRow, ProjectRow } from '#engine/ports.ts';
import { applyDiff } from '#model/diff.ts';
import { formatDocument } from '#model/format-document.ts';
import { appendEntry, type History, type LogEntry, restoreHistory } from '#model/history.ts';
import type { ProjectId } from '#model/ids.ts';
import { parseDocument } from '#model/parse-document.ts';

export interface StoredDocument {
  readonly row: ProjectRow;
  readonly history: History;
  readonly checkpointSeq: number;
}

export const parseEntry = (row: LogRow): LogEntry => JSON.parse(row.entry) as LogEntry;

/** Reads a project. Throws when its own checkpoint or log cannot be read: the store is damaged. */
export async function readStoredDocument(
  store: DocumentStore,
  projectId: ProjectId,
): Promise<StoredDocument | undefined> {
  const stored = await store.readProject(projectId);
  if (!stored) return undefined;
  const parsed = parseDocument(stored.checkpoint.documentText);
  if (!parsed.ok) throw new Error(`The project’s checkpoint cannot be read (${parsed.error[0]!.type}).`);
  let document = parsed.value;
  const entries = stored.log.map(parseEntry);
  for (const entry of entries.slice(stored.checkpoint.seq)) {
    const next = applyDiff(document, entry.diff);
    if (!next.ok)
      throw new Error(`The project’s log does not apply at ${next.error.table} ${next.error.id}.`);
    document = next.value;
  }
  return {
    row: stored.row,
    history: restoreHistory(document, entries),
    checkpointSeq: stored.checkpoint.seq,
  };
}

const entriesPerCheckpoint = 200;

/** Writes a checkpoint when the log has grown enough since the last one; tells where the last one is. */
export async function checkpointWhenDue(
  store: DocumentStore,
  projectId: ProjectId,
  history: History,
  checkpointSeq: number,
): Promise<number> {
  const seq = history.entries.length;
  if (seq - checkpointSeq < entriesPerCheckpoint) return checkpointSeq;
  const written = await store.writeCheckpoint(projectId, seq, formatDocument(history.document));
  return written.ok ? seq : checkpointSeq;
}

/** The history with rows that were appended elsewhere. */
export function withRows(history: History, rows: readonly LogRow[]): History {
  let next = history;
  for (const row of rows) {
    if (row.seq <= next.entries.length) continue;
    const appended = appendEntry(next, parseEntry(row));
    if (!appended.ok) throw new Error(`The project’s log does not apply at entry ${row.seq}.`);
    next = appended.value;
  }
  return next;
}
