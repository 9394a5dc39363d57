// What a command changed: before and after of each record. The one currency of undo, saving,
// synchronising tabs and staleness.

import { err, ok, type Result } from '#base/result.ts';
import type {
  Asset,
  Check,
  DataFile,
  Group,
  Note,
  ProjectDocument,
  ProjectInfo,
  Resource,
  SharedModule,
  Unit,
} from './document.ts';

interface RecordByTable {
  assets: Asset;
  units: Unit;
  checks: Check;
  resources: Resource;
  groups: Group;
  modules: SharedModule;
  files: DataFile;
  notes: Note;
}
export type TableName = keyof RecordByTable;

/** One record's change; a missing `before` is an addition, a missing `after` a removal. */
export type RecordChange = {
  [T in TableName]: {
    readonly table: T;
    readonly id: string;
    readonly before?: RecordByTable[T];
    readonly after?: RecordByTable[T];
  };
}[TableName];

export interface GraphDiff {
  readonly info?: { readonly before: ProjectInfo; readonly after: ProjectInfo };
  readonly changes: readonly RecordChange[];
}

export const isEmptyDiff = (diff: GraphDiff): boolean => diff.info === undefined && diff.changes.length === 0;

export interface DiffConflict {
  readonly type: 'DiffConflict';
  readonly table: TableName | 'info';
  readonly id: string;
}

/** The diff that takes `diff` back. */
export function invertDiff(diff: GraphDiff): GraphDiff {
  const changes = diff.changes
    .map(({ table, id, before, after }) => ({
      table,
      id,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    }))
    .reverse() as RecordChange[];
  return diff.info ? { info: { before: diff.info.after, after: diff.info.before }, changes } : { changes };
}

/** Diffs made one after another as one: of each record the first `before` and the last `after`. */
export function joinDiffs(diffs: readonly GraphDiff[]): GraphDiff {
  const changes = new Map<string, RecordChange>();
  let info: GraphDiff['info'];
  for (const diff of diffs) {
    if (diff.info) info = { before: info?.before ?? diff.info.before, after: diff.info.after };
    for (const change of diff.changes) {
      const { table, id, after } = change;
      const known = changes.get(`${table} ${id}`);
      const before = known ? known.before : change.before;
      changes.set(`${table} ${id}`, {
        table,
        id,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      } as RecordChange);
    }
  }
  const kept = [...changes.values()].filter(({ before, after }) => !sameRecord(before, after));
  return info ? { info, changes: kept } : { changes: kept };
}

/** Applies a diff made on an equal document; a record that is not as the diff found it is a conflict. */
export function applyDiff(document: ProjectDocument, diff: GraphDiff): Result<ProjectDocument, DiffConflict> {
  const tables = new Map<TableName, Map<string, unknown>>();
  for (const change of diff.changes) {
    let table = tables.get(change.table);
    if (!table) {
      table = new Map<string, unknown>(document[change.table]);
      tables.set(change.table, table);
    }
    if (!sameRecord(table.get(change.id), change.before))
      return err({ type: 'DiffConflict', table: change.table, id: change.id });
    if (change.after === undefined) table.delete(change.id);
    else table.set(change.id, change.after);
  }
  if (diff.info && !sameRecord(document.info, diff.info.before))
    return err({ type: 'DiffConflict', table: 'info', id: 'info' });
  return ok({
    ...document,
    ...Object.fromEntries(tables),
    ...(diff.info ? { info: diff.info.after } : {}),
  });
}

/** Deep equality of plain records as JSON has them: key order does not matter, and −0 is 0. */
export function sameRecord(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const aKeys = Object.keys(a);
  if (aKeys.length !== Object.keys(b).length) return false;
  return aKeys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameRecord((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
