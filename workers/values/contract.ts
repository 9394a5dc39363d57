// The words between the page and the value worker, as Comlink carries them. Values are held by id; a call for
// one that is not held is answered with `missing`, and the page then hands its bytes over.

import type { Result } from '#base/result.ts';
import type { TablePage } from '#engine/value-preview.ts';
import type { ColumnStats } from '#interop/column-stats.ts';
import type { DownloadRequest, FileCheck, Progress } from '#interop/data-port.ts';
import type { DataFileError, ReadOptions } from '#interop/decode-data-file.ts';
import type { FileLook } from '#interop/inspect-file.ts';
import type { FilterProblem, TableQuery } from '#interop/table-query.ts';
import type { CsvOptions, DataFormat } from '#model/document.ts';

export const missing = 'missing';
export type Missing = typeof missing;

export const canceled = 'canceled';
export type Canceled = typeof canceled;

type OnProgress = (progress: Progress) => void;

export interface ValueCalls {
  hold(id: string, bytes: Uint8Array): Promise<void>;
  query(
    id: string,
    query: TableQuery,
  ): Promise<Result<{ readonly rowCount: number }, FilterProblem> | Missing>;
  rows(id: string, query: TableQuery, from: number, to: number): Promise<TablePage | Missing>;
  stats(id: string, job: string): Promise<readonly ColumnStats[] | Missing | Canceled>;
  download(
    id: string,
    job: string,
    request: DownloadRequest,
    onProgress: OnProgress,
  ): Promise<Result<Blob, FilterProblem> | Missing | Canceled>;
  inspect(
    file: Blob,
    format: DataFormat,
    csv: CsvOptions | undefined,
  ): Promise<Result<FileLook, DataFileError>>;
  check(
    job: string,
    file: Blob,
    format: DataFormat,
    options: ReadOptions,
    onProgress: OnProgress,
  ): Promise<Result<FileCheck, DataFileError> | Canceled>;
  cancel(job: string): Promise<void>;
}
