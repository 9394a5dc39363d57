// A first look at a data file that is about to be added: some rows, and the schema that they suggest.

import { err, ok, type Result } from '#base/result.ts';
import type { ColumnSchema, CsvOptions, DataFormat } from '#model/document.ts';
import { type DataFileError, decodeDataFile, inferFileColumns } from './decode-data-file.ts';
import { numberedNames, readDelimited, uniqueNames } from './delimited-rows.ts';
import { type FileColumns, readArrow, readParquet } from './file-columns.ts';
import { inferTextColumn } from './infer-schema.ts';

export interface FileLook {
  /** As the file has them, before the schema; rows are the first ones. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Undefined when the file holds one value rather than rows. */
  readonly schema: readonly ColumnSchema[] | undefined;
  /** What was taken for CSV; the same as asked for where it was asked for. */
  readonly csv: CsvOptions | undefined;
}

const shownRows = 50;
const sampledRows = 20_000;
/** Bytes of a CSV file or of lines of JSON that are looked at. */
export const sampleBytes = 4 << 20;

/** `bytes` may be the beginning of the file when `isWhole` is false: of the formats that can be read so. */
export async function inspectFile(
  bytes: Uint8Array,
  format: DataFormat,
  csv: CsvOptions | undefined,
  isWhole: boolean,
): Promise<Result<FileLook, DataFileError>> {
  switch (format) {
    case 'csv':
    case 'tsv':
      return inspectDelimited(bytes, format, csv, isWhole);
    case 'ndjson': {
      const end = isWhole ? bytes.length : bytes.lastIndexOf(10) + 1;
      return inspectValue(bytes.subarray(0, end), 'ndjson');
    }
    case 'json':
      return inspectValue(bytes, 'json');
    case 'arrow':
    case 'parquet': {
      const read = format === 'arrow' ? readArrow(bytes) : await readParquet(bytes, sampledRows);
      if (!read.ok) return err({ type: 'DataFileError', message: read.error });
      return ok(lookAt(read.value));
    }
  }
}

/** The formats of which a part can be looked at. */
export const canSample = (format: DataFormat): boolean =>
  format === 'csv' || format === 'tsv' || format === 'ndjson';

const lookAt = (file: FileColumns): FileLook => ({
  names: file.names,
  rows: Array.from({ length: Math.min(shownRows, file.rowCount) }, (_, row) =>
    file.columns.map((cells) => cells[row]),
  ),
  schema: inferFileColumns(file),
  csv: undefined,
});

async function inspectDelimited(
  bytes: Uint8Array,
  format: 'csv' | 'tsv',
  given: CsvOptions | undefined,
  isWhole: boolean,
): Promise<Result<FileLook, DataFileError>> {
  const encoding = given?.encoding ?? (isUtf8(bytes, isWhole) ? 'utf-8' : 'latin-1');
  const delimiter = given?.delimiter ?? (format === 'tsv' ? '\t' : guessDelimiter(bytes, encoding));
  const rows: (readonly string[])[] = [];
  const end = isWhole ? bytes.length : lastLineEnd(bytes);
  const read = await readDelimited(
    bytes.subarray(0, end),
    { delimiter, encoding },
    (some) => {
      for (const { cells } of some) if (cells.length > 1 || cells[0] !== '') rows.push(cells);
      return rows.length < sampledRows;
    },
    () => Promise.resolve(),
  );
  if (!read.ok) return err({ type: 'DataFileError', message: read.error });
  const first = rows[0];
  if (!first) return err({ type: 'DataFileError', message: 'The file is empty.' });
  const header = given?.header ?? true;
  const names = header ? uniqueNames(first) : numberedNames(first.length);
  const body = (header ? rows.slice(1) : rows).filter((row) => row.length === names.length);
  const decimal = given?.decimal ?? (delimiter === ';' && usesComma(body) ? ',' : '.');
  const schema = names.map((name, i) => ({
    name,
    ...inferTextColumn(
      body.map((row) => row[i]!),
      decimal,
      isWhole && rows.length < sampledRows,
    ),
  }));
  const shown = (header ? rows.slice(1) : rows).slice(0, shownRows);
  return ok({ names, rows: shown, schema, csv: { delimiter, header, decimal, encoding } });
}

// The last row of a part of a file may be cut.
const lastLineEnd = (bytes: Uint8Array): number => bytes.lastIndexOf(10) + 1 || bytes.length;

function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    return true;
  } catch {
    return false;
  }
}

/** The delimiter that cuts the first lines into the most columns, the same number each. */
function guessDelimiter(bytes: Uint8Array, encoding: CsvOptions['encoding']): string {
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'windows-1252' : 'utf-8');
  const lines = decoder
    .decode(bytes.subarray(0, 64 * 1024))
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, 10);
  let best = ',';
  let most = 1;
  for (const mark of [',', ';', '\t', '|']) {
    const counts = lines.map((line) => line.split(mark).length);
    const [count = 1] = counts;
    const alike = counts.filter((other) => other === count).length;
    if (count > most && alike >= counts.length * 0.7) [best, most] = [mark, count];
  }
  return best;
}

const usesComma = (rows: readonly (readonly string[])[]): boolean =>
  rows.slice(0, 1000).some((row) => row.some((cell) => /^-?\d+,\d+$/.test(cell)));

async function inspectValue(
  bytes: Uint8Array,
  format: 'json' | 'ndjson',
): Promise<Result<FileLook, DataFileError>> {
  const decoded = await decodeDataFile(bytes, format);
  if (!decoded.ok) return decoded;
  const value = decoded.value.type === 'value' ? decoded.value.value : undefined;
  const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRow))
    return ok({ names: [], rows: [[value]], schema: undefined, csv: undefined });
  const rows = value.slice(0, sampledRows) as readonly Record<string, unknown>[];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined)));
  return ok(lookAt({ names, columns, rowCount: rows.length }));
}
