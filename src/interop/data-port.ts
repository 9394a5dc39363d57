// What the screen asks about data: a look into files that are added, rows of stored tables in any order, and
// values as files. Implemented by workers/values/client.ts; all of it works off the page.

import type { Result } from '#base/result.ts';
import type { TablePage } from '#engine/value-preview.ts';
import type { CsvOptions, DataFormat } from '#model/document.ts';
import type { ValueRef } from '#model/events.ts';
import type { ProjectId } from '#model/ids.ts';
import type { BadRowReport } from './bad-rows.ts';
import type { ColumnStats } from './column-stats.ts';
import type { DataFileError, ReadOptions } from './decode-data-file.ts';
import type { FileLook } from './inspect-file.ts';
import type { FilterProblem, TableQuery } from './table-query.ts';

export interface ValuePlace {
  readonly projectId: ProjectId;
  readonly value: ValueRef;
}

export type QueryError = FilterProblem | { readonly type: 'ValueLost' };

/** What was found when a whole file was read as its asset would read it. */
export interface FileCheck {
  readonly rowCount: number;
  readonly badRows: BadRowReport;
}

export type DownloadFormat = 'csv' | 'json' | 'arrow';

export interface DownloadRequest {
  readonly format: DownloadFormat;
  /** CSV: whether cells that spreadsheets take for formulas get a leading apostrophe. */
  readonly guard: boolean;
  /** Of a table: which rows, in which order; all as stored when left out. */
  readonly query?: TableQuery;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface DataPort {
  /** How many rows the query leaves. */
  query(place: ValuePlace, query: TableQuery): Promise<Result<{ readonly rowCount: number }, QueryError>>;
  /** Rows from..to of what the query leaves; undefined when the value is lost. */
  rows(place: ValuePlace, query: TableQuery, from: number, to: number): Promise<TablePage | undefined>;
  stats(
    signal: AbortSignal,
    place: ValuePlace,
  ): Promise<Result<readonly ColumnStats[], { readonly type: 'ValueLost' }>>;
  /** Rejects with the signal's reason when aborted. */
  download(
    signal: AbortSignal,
    place: ValuePlace,
    request: DownloadRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<Blob, QueryError>>;
  inspect(
    file: Blob,
    format: DataFormat,
    csv: CsvOptions | undefined,
  ): Promise<Result<FileLook, DataFileError>>;
  /** Reads the whole file and keeps nothing. */
  check(
    signal: AbortSignal,
    file: Blob,
    format: DataFormat,
    options: ReadOptions,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<FileCheck, DataFileError>>;
}
