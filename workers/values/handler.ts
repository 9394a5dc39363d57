// Stored values and data files, looked at and written out: everything about data that takes longer than a
// frame. Long work lets other calls run between its pieces.

import { ok, type Result } from '#base/result.ts';
import { BadRows } from '#interop/bad-rows.ts';
import { jsonReady } from '#interop/cell-string.ts';
import { type ColumnStats, columnStats } from '#interop/column-stats.ts';
import { decodeDataFile } from '#interop/decode-data-file.ts';
import { canSample, inspectFile, sampleBytes } from '#interop/inspect-file.ts';
import { type FilterProblem, queryTable, type TableQuery } from '#interop/table-query.ts';
import { arrowBytes, csvPieces, jsonPieces, pickRows } from '#interop/write-table.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { openTable, type TableReader } from '#model/values/table-reader.ts';
import { canceled, missing, type ValueCalls } from './contract.ts';

interface Held {
  readonly bytes: Uint8Array;
  readonly table: TableReader | undefined;
  /** Row numbers of the latest queries, by their text. */
  readonly views: Map<string, Uint32Array | undefined>;
}

const heldValues = 3;
const heldViews = 4;
const maxRowsPerPage = 2_000;
/** Text is given to the browser in parts of this size, which it may keep on disk. */
const partLength = 4 << 20;

class CanceledError extends Error {}

export function createValueCalls(deps: {
  /** Lets calls that wait run. */
  pause(): Promise<void>;
}): ValueCalls {
  const held = new Map<string, Held>();
  const stopped = new Set<string>();
  const jobs = new Set<string>();

  function find(id: string): Held | undefined {
    const value = held.get(id);
    if (!value) return undefined;
    held.delete(id);
    held.set(id, value);
    return value;
  }

  function viewOf({ table, views }: Held, query: TableQuery): Result<Uint32Array | undefined, FilterProblem> {
    const key = JSON.stringify(query);
    if (views.has(key)) {
      const known = views.get(key);
      views.delete(key);
      views.set(key, known);
      return ok(known);
    }
    const found = table ? queryTable(table, query) : ok(undefined);
    if (!found.ok) return found;
    views.set(key, found.value);
    if (views.size > heldViews) views.delete(views.keys().next().value!);
    return found;
  }

  async function rest(job: string): Promise<void> {
    await deps.pause();
    if (stopped.has(job)) throw new CanceledError();
  }

  async function asJob<T>(job: string, work: () => Promise<T>): Promise<T | typeof canceled> {
    jobs.add(job);
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof CanceledError) return canceled;
      throw thrown;
    } finally {
      jobs.delete(job);
      stopped.delete(job);
    }
  }

  async function toBlob(
    job: string,
    pieces: Iterable<string>,
    type: string,
    onPiece: (number: number) => void,
  ): Promise<Blob> {
    const parts: Blob[] = [];
    let texts: string[] = [];
    let length = 0;
    let number = 0;
    const flush = () => {
      parts.push(new Blob(texts));
      texts = [];
      length = 0;
    };
    for (const piece of pieces) {
      texts.push(piece);
      length += piece.length;
      if (length >= partLength) flush();
      onPiece(number++);
      await rest(job);
    }
    flush();
    return new Blob(parts, { type });
  }

  return {
    async hold(id, bytes) {
      held.set(id, { bytes, table: openTable(bytes), views: new Map() });
      if (held.size > heldValues) held.delete(held.keys().next().value!);
    },
    async query(id, query) {
      const value = find(id);
      if (!value) return missing;
      const view = viewOf(value, query);
      if (!view.ok) return view;
      return ok({ rowCount: view.value?.length ?? value.table?.rowCount ?? 0 });
    },
    async rows(id, query, from, to) {
      const value = find(id);
      if (!value) return missing;
      const view = viewOf(value, query);
      if (!view.ok || !value.table) return { from, rows: [] };
      const end = Math.min(to, from + maxRowsPerPage);
      const rows = view.value
        ? pickRows(value.table, view.value.subarray(from, end))
        : value.table.rows(from, end);
      return { from, rows };
    },
    async stats(id, job) {
      const table = find(id)?.table;
      if (!table) return held.has(id) ? [] : missing;
      return asJob(job, async () => {
        const stats: ColumnStats[] = [];
        for (let i = 0; i < table.columns.length; i++) {
          stats.push(columnStats(table, i));
          await rest(job);
        }
        return stats;
      });
    },
    async download(id, job, { format, guard, query }, onProgress) {
      const value = find(id);
      if (!value) return missing;
      return asJob(job, async () => {
        const { table } = value;
        if (!table) {
          const text = `${JSON.stringify(jsonReady(decodeValue(value.bytes)), undefined, 1) ?? 'null'}\n`;
          return ok(new Blob([text], { type: 'application/json' }));
        }
        const view = query ? viewOf(value, query) : ok(undefined);
        if (!view.ok) return view;
        const total = view.value?.length ?? table.rowCount;
        if (format === 'arrow') {
          const bytes = arrowBytes(table, view.value) as Uint8Array<ArrayBuffer>;
          return ok(new Blob([bytes], { type: 'application/vnd.apache.arrow.file' }));
        }
        const onPiece = (number: number) => onProgress({ done: Math.min(total, number * 8_192), total });
        return format === 'csv'
          ? ok(await toBlob(job, csvPieces(table, view.value, { guard }), 'text/csv', onPiece))
          : ok(await toBlob(job, jsonPieces(table, view.value), 'application/json', onPiece));
      });
    },
    async inspect(file, format, csv) {
      const isWhole = !canSample(format) || file.size <= sampleBytes;
      const part = isWhole ? file : file.slice(0, sampleBytes);
      return inspectFile(new Uint8Array(await part.arrayBuffer()), format, csv, isWhole);
    },
    check: (job, file, format, options, onProgress) =>
      asJob(job, async () => {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const decoded = await decodeDataFile(bytes, format, options, async (done) => {
          onProgress({ done, total: bytes.length });
          await rest(job);
        });
        if (!decoded.ok) return decoded;
        const data = decoded.value;
        return data.type === 'value'
          ? ok({ rowCount: 1, badRows: new BadRows() })
          : ok({
              rowCount: data.rowCount,
              badRows: { count: data.badRows.count, first: data.badRows.first },
            });
      }),
    async cancel(job) {
      if (jobs.has(job)) stopped.add(job);
    },
  };
}
