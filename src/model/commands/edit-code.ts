// An edit of a project's code, read back: the records that it changes, as they were and as they are to be.

import { err, ok, type Result } from '#base/result.ts';
import { type GraphDiff, type RecordChange, sameRecord } from '../diff.ts';
import type { ProjectDocument } from '../document.ts';

export interface CodeCommand {
  readonly type: 'EditCode';
  /** The file that was edited. */
  readonly path: string;
  readonly changes: readonly RecordChange[];
}

/** Somebody else has changed one of the records since the code was read. */
export interface CodeCommandError {
  readonly type: 'CodeOutdated';
  readonly path: string;
}

export function editCode(
  document: ProjectDocument,
  { path, changes }: CodeCommand,
): Result<GraphDiff, CodeCommandError> {
  for (const { table, id, before } of changes) {
    const records: ReadonlyMap<string, unknown> = document[table];
    if (!sameRecord(records.get(id), before)) return err({ type: 'CodeOutdated', path });
  }
  return ok({ changes });
}
