// What has changed between two states of a document, as little of it as will do: records that both share stay where
// they are, so that what was written of them needs not be written again.

import type { ProjectDocument } from '#model/document.ts';

type Table = ReadonlyMap<string, unknown>;
type TableName = Exclude<keyof ProjectDocument, 'info'>;

interface TableChange {
  /** All keys, in order. */
  readonly keys: readonly string[];
  /** Records that are new, or no longer the same. */
  readonly records: Table;
}

export interface DocumentChange {
  readonly info: ProjectDocument['info'];
  /** Tables that are as they were are left out. */
  readonly tables: ReadonlyMap<TableName, TableChange>;
}

/** All of them, so that a new one cannot be forgotten here. */
const everyTable: Readonly<Record<TableName, true>> = {
  assets: true,
  units: true,
  checks: true,
  resources: true,
  groups: true,
  modules: true,
  files: true,
  notes: true,
};
const tableNames = Object.keys(everyTable) as TableName[];

export function changeBetween(before: ProjectDocument, after: ProjectDocument): DocumentChange {
  const tables = new Map<TableName, TableChange>();
  for (const name of tableNames) {
    const [old, now]: readonly Table[] = [before[name], after[name]];
    if (!old || !now || old === now) continue;
    const records = new Map([...now].filter(([key, record]) => old.get(key) !== record));
    tables.set(name, { keys: [...now.keys()], records });
  }
  return { info: after.info, tables };
}

/** The state after a change of the state that it began with. */
export function changed(before: ProjectDocument, { info, tables }: DocumentChange): ProjectDocument {
  const changedTables = [...tables].map(([name, { keys, records }]): [TableName, Table] => {
    const old: Table = before[name];
    return [name, new Map(keys.map((key) => [key, records.get(key) ?? old.get(key)]))];
  });
  return { ...before, ...(Object.fromEntries(changedTables) as Partial<ProjectDocument>), info };
}
