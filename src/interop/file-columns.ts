// Arrow and Parquet files as columns of plain values.

import { tableFromIPC } from '@uwdata/flechette';
import { err, ok, type Result } from '#base/result.ts';

export interface FileColumns {
  readonly names: readonly string[];
  readonly columns: readonly unknown[][];
  readonly rowCount: number;
}

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

export function readArrow(bytes: Uint8Array): Result<FileColumns, string> {
  try {
    const table = tableFromIPC(bytes.slice(), { useDate: true });
    const names = table.names as string[];
    const columns = names.map((name) => Array.from(table.getChild(name)!.toArray() as ArrayLike<unknown>));
    return ok({ names, columns, rowCount: table.numRows });
  } catch (thrown) {
    return err(`The file is not Arrow IPC: ${textOf(thrown)}`);
  }
}

/** `limit`: how many rows at most. */
export async function readParquet(bytes: Uint8Array, limit?: number): Promise<Result<FileColumns, string>> {
  try {
    const [{ parquetMetadata, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
      import('hyparquet'),
      import('hyparquet-compressors'),
    ]);
    const buffer = bytes.slice().buffer as ArrayBuffer;
    const metadata = parquetMetadata(buffer);
    const rowCount = Math.min(limit ?? Number.POSITIVE_INFINITY, Number(metadata.num_rows));
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    const columns = names.map(() => new Array<unknown>(rowCount).fill(null));
    await parquetRead({
      file: buffer,
      metadata,
      compressors,
      rowEnd: rowCount,
      onChunk({ columnName, columnData, rowStart }) {
        const cells = columns[names.indexOf(columnName)]!;
        const end = Math.min(rowCount, rowStart + columnData.length);
        for (let row = rowStart; row < end; row++) cells[row] = plain(columnData[row - rowStart]);
      },
    });
    return ok({ names, columns, rowCount });
  } catch (thrown) {
    return err(`The file is not Parquet that can be read: ${textOf(thrown)}`);
  }
}

/** 64-bit integers become numbers where that changes nothing. */
function plain(cell: unknown): unknown {
  if (cell === undefined) return null;
  if (typeof cell !== 'bigint') return cell;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : cell;
}
