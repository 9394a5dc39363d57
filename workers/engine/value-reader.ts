// Stored values for the screen and for runs: read by reference, checked against their hash, previewed by page.

import { isMemoryPack, type MemoryValues } from '#engine/memory-values.ts';
import type { RunStore, Sha256 } from '#engine/ports.ts';
import { previewOfTable, previewOfTree } from '#engine/preview-of-value.ts';
import type { ValueFacts } from '#engine/step-results.ts';
import type { TablePage, ValuePreview } from '#engine/value-preview.ts';
import type { ValueRef } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import { openTable, type TableReader } from '#model/values/table-reader.ts';

export interface ValueReader {
  /** The encoded bytes; undefined when they are missing or not what was written. */
  read(projectId: ProjectId, ref: ValueRef): Promise<Uint8Array | undefined>;
  preview(projectId: ProjectId, ref: ValueRef): Promise<ValuePreview>;
  rows(projectId: ProjectId, ref: ValueRef, from: number, to: number): Promise<TablePage | undefined>;
}

const maxRowsPerPage = 2_000;
const keptTables = 4;

export function createValueReader(deps: {
  readonly store: Pick<RunStore, 'readPack' | 'listDeletedPacks'>;
  readonly sha256: Sha256;
  readonly values: ValueFacts;
  readonly memory?: MemoryValues;
}): ValueReader {
  /** The tables looked at last, newest last. */
  const tables = new Map<string, TableReader>();

  async function read(projectId: ProjectId, ref: ValueRef): Promise<Uint8Array | undefined> {
    const pack = isMemoryPack(ref.pack)
      ? deps.memory?.get(projectId, ref.pack)
      : await deps.store.readPack(projectId, ref.pack);
    if (!pack || pack.length < ref.offset + ref.length) return undefined;
    const bytes = pack.subarray(ref.offset, ref.offset + ref.length);
    const canonical = deps.values.canonical(bytes);
    return canonical && deps.sha256(canonical) === ref.hash ? bytes : undefined;
  }

  async function table(projectId: ProjectId, ref: ValueRef): Promise<TableReader | undefined> {
    const id = `${projectId}/${ref.pack}/${ref.offset}/${ref.hash}`;
    let reader = tables.get(id);
    if (!reader) {
      const bytes = await read(projectId, ref);
      reader = bytes && openTable(bytes);
      if (!reader) return undefined;
    }
    tables.delete(id);
    tables.set(id, reader);
    if (tables.size > keptTables) tables.delete(tables.keys().next().value!);
    return reader;
  }

  const lost = async (projectId: ProjectId, ref: ValueRef): Promise<ValuePreview> => ({
    type: 'lost',
    isDeleted: (await deps.store.listDeletedPacks(projectId)).has(ref.pack),
    ...(isMemoryPack(ref.pack) ? { wasInMemory: true } : {}),
  });

  return {
    read,
    async preview(projectId, ref) {
      if (ref.summary.kind === 'table') {
        const reader = await table(projectId, ref);
        if (!reader) return lost(projectId, ref);
        return previewOfTable(reader);
      }
      const bytes = await read(projectId, ref);
      if (!bytes) return lost(projectId, ref);
      return { type: 'tree', summary: ref.summary, root: previewOfTree(bytes) };
    },
    async rows(projectId, ref, from, to) {
      const reader = await table(projectId, ref);
      if (!reader) return undefined;
      const start = Math.max(0, Math.min(from, reader.rowCount));
      const end = Math.min(to, reader.rowCount, start + maxRowsPerPage);
      return { from: start, rows: reader.rows(start, end) };
    },
  };
}
