// A data file's bytes as a value: columns of rows, or whatever a JSON file holds. Every row is kept, or set
// aside and reported; nothing is dropped silently.

import { err, ok, type Result } from '#base/result.ts';
import type { ColumnSchema, DataFormat, FileAsset } from '#model/document.ts';
import { type BadRowReport, BadRows, badRowText } from './bad-rows.ts';
import { misfit, misfitReason, shortJson, textReader, valueReader } from './cell-readers.ts';
import { numberedNames, readDelimited, uniqueNames } from './delimited-rows.ts';
import { type FileColumns, readArrow, readParquet } from './file-columns.ts';
import { inferColumn, inferText } from './infer-schema.ts';

export interface DataFileError {
  readonly type: 'DataFileError';
  /** A sentence. */
  readonly message: string;
}

/** How an asset reads its file. */
export type ReadOptions = Pick<FileAsset, 'schema' | 'csv' | 'badRows'>;

export type DecodedData =
  | (FileColumns & { readonly type: 'table'; readonly badRows: BadRowReport })
  | { readonly type: 'value'; readonly value: unknown };

const problem = (message: string): Result<never, DataFileError> => err({ type: 'DataFileError', message });

/** `pause` is awaited between pieces of a large file, with the bytes read so far: others run then. */
export async function decodeDataFile(
  bytes: Uint8Array,
  format: DataFormat,
  options: ReadOptions = {},
  pause: (done: number) => Promise<void> = () => Promise.resolve(),
): Promise<Result<DecodedData, DataFileError>> {
  switch (format) {
    case 'csv':
    case 'tsv':
      return decodeDelimited(bytes, format, options, pause);
    case 'json': {
      const parsed = parseJson(bytes);
      if (!parsed.ok || !options.schema)
        return parsed.ok ? ok({ type: 'value', value: parsed.value }) : parsed;
      if (!Array.isArray(parsed.value)) return problem('The file is not a list of rows.');
      return fitObjects(parsed.value, options.schema, options, (i) => i + 1);
    }
    case 'ndjson':
      return decodeNdjson(bytes, options);
    case 'arrow':
    case 'parquet': {
      const read = format === 'arrow' ? readArrow(bytes) : await readParquet(bytes);
      if (!read.ok) return problem(read.error);
      if (!options.schema) return ok({ type: 'table', ...read.value, badRows: new BadRows() });
      return fitColumns(read.value, options.schema, options);
    }
  }
}

// ------------------------------------------------------------------------------------------- CSV and TSV

async function decodeDelimited(
  bytes: Uint8Array,
  format: 'csv' | 'tsv',
  options: ReadOptions,
  pause: (done: number) => Promise<void>,
): Promise<Result<DecodedData, DataFileError>> {
  const { csv = {}, badRows: onBad } = options;
  const delimiter = csv.delimiter ?? (format === 'tsv' ? '\t' : ',');
  const hasHeader = csv.header !== false;
  const bad = new BadRows();
  let names: readonly string[] | undefined;
  let plan: Result<DelimitedPlan, string> | undefined;
  let number = 0;
  const read = await readDelimited(
    bytes,
    { delimiter, encoding: csv.encoding },
    (rows, isLast) => {
      for (let i = 0; i < rows.length; i++) {
        const { cells, malformed } = rows[i]!;
        number++;
        if (!names) {
          // Empty lines before the header.
          if (hasHeader && isBlank(cells)) continue;
          names = hasHeader ? uniqueNames(cells) : numberedNames(cells.length);
          plan = planDelimited(names, options.schema, csv.decimal ?? '.');
          if (!plan.ok) return false;
          if (hasHeader) continue;
        }
        if (!plan?.ok) return false;
        if (isBlank(cells) && (names.length > 1 || (isLast && i === rows.length - 1))) continue;
        const reason = malformed ? 'its quotes are not closed or not doubled' : plan.value.take(cells);
        if (reason === undefined) continue;
        bad.add(number, reason, () => cells.join(delimiter));
        if (onBad === 'stop') return false;
      }
      return true;
    },
    pause,
  );
  if (!read.ok) return problem(read.error);
  if (!names || !plan)
    return problem(hasHeader ? 'The file is empty: it has no header row.' : 'The file is empty.');
  if (!plan.ok) return problem(plan.error);
  // Types that nobody declared are what the file shows: a row that does not fit is then a fault of the file.
  return settle({ ...plan.value.finish() }, bad, options.schema ? onBad : 'stop');
}

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === '';

interface DelimitedPlan {
  /** Why the row cannot be taken. */
  take(cells: readonly string[]): string | undefined;
  finish(): FileColumns;
}

function planDelimited(
  names: readonly string[],
  schema: readonly ColumnSchema[] | undefined,
  decimal: '.' | ',',
): Result<DelimitedPlan, string> {
  const placed = schema && placeColumns(names, schema);
  if (placed && !placed.ok) return placed;
  const columns = names.map((): unknown[] => []);
  const fields = (count: number) => `${count} field${count === 1 ? '' : 's'}`;
  const wrongCount = (cells: readonly string[]) =>
    `it has ${fields(cells.length)} instead of ${names.length}`;
  let rowCount = 0;
  if (!schema || !placed)
    return ok({
      take(cells) {
        if (cells.length !== names.length) return wrongCount(cells);
        for (let i = 0; i < cells.length; i++) columns[i]!.push(cells[i]);
        rowCount++;
        return undefined;
      },
      finish: () => ({
        names,
        rowCount,
        columns: columns.map((cells) => inferText(cells as string[]).cells),
      }),
    });
  const readers = schema.map((column) => textReader(column, decimal));
  const from = placed.value;
  const row = new Array<unknown>(schema.length);
  return ok({
    take(cells) {
      if (cells.length !== names.length) return wrongCount(cells);
      for (let i = 0; i < readers.length; i++) {
        const cell = cells[from[i]!]!;
        row[i] = readers[i]!(cell);
        if (row[i] === misfit) return misfitReason(schema[i]!, cell.trim());
      }
      for (let i = 0; i < row.length; i++) columns[i]!.push(row[i]);
      rowCount++;
      return undefined;
    },
    finish: () => ({ names: schema.map(({ name }) => name), columns, rowCount }),
  });
}

/** Where in the file each column of the schema stands; both must name the same columns. */
function placeColumns(
  names: readonly string[],
  schema: readonly ColumnSchema[],
): Result<readonly number[], string> {
  const positions = schema.map(({ name, source }) => names.indexOf(source ?? name));
  const missing = positions.indexOf(-1);
  if (missing >= 0) {
    const { name, source } = schema[missing]!;
    return err(`The file has no column “${source ?? name}”, which the schema names.`);
  }
  const used = new Set(positions);
  const extra = names.find((_, i) => !used.has(i));
  return extra === undefined ? ok(positions) : err(`The schema does not name the file’s column “${extra}”.`);
}

// ------------------------------------------------------------------------------------------------- JSON

function parseJson(bytes: Uint8Array): Result<unknown, DataFileError> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  try {
    return ok(JSON.parse(text.value));
  } catch (thrown) {
    return problem(`The file is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function decodeText(bytes: Uint8Array): Result<string, DataFileError> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\ufeff/, ''));
  } catch {
    return problem('The file is not UTF-8 text. Save it as UTF-8 and try again.');
  }
}

function decodeNdjson(bytes: Uint8Array, options: ReadOptions): Result<DecodedData, DataFileError> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const rows: unknown[] = [];
  const lines: number[] = [];
  const bad = new BadRows();
  let number = 0;
  for (const line of text.value.split('\n')) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      rows.push(JSON.parse(line));
      lines.push(number);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      if (!options.schema) return problem(`Line ${number} is not JSON: ${reason}`);
      bad.add(number, `it is not JSON (${reason})`, () => line);
    }
  }
  if (!options.schema) return ok({ type: 'value', value: rows });
  return fitObjects(rows, options.schema, options, (i) => lines[i]!, bad);
}

function fitObjects(
  rows: readonly unknown[],
  schema: readonly ColumnSchema[],
  options: ReadOptions,
  numberOf: (index: number) => number,
  bad = new BadRows(),
): Result<DecodedData, DataFileError> {
  const readers = schema.map((column) => valueReader(column));
  const sources = schema.map(({ name, source }) => source ?? name);
  const known = new Set(sources);
  const columns = schema.map((): unknown[] => []);
  let rowCount = 0;
  const take = (row: unknown): string | undefined => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'it is not an object';
    const extra = Object.keys(row).find((key) => !known.has(key));
    if (extra !== undefined) return `it has “${extra}”, which the schema does not name`;
    const cells = sources.map((source) =>
      Object.hasOwn(row, source) ? (row as Record<string, unknown>)[source] : undefined,
    );
    const values = cells.map((cell, i) => readers[i]!(cell));
    const wrong = values.indexOf(misfit);
    if (wrong >= 0) return misfitReason(schema[wrong]!, cells[wrong]);
    values.forEach((value, i) => {
      columns[i]!.push(value);
    });
    rowCount++;
    return undefined;
  };
  for (let i = 0; i < rows.length; i++) {
    if (bad.count > 0 && options.badRows === 'stop') break;
    const reason = take(rows[i]);
    if (reason !== undefined) bad.add(numberOf(i), reason, () => shortJson(rows[i]));
  }
  return settle({ names: schema.map(({ name }) => name), columns, rowCount }, bad, options.badRows);
}

// ------------------------------------------------------------------------------------- Arrow and Parquet

function fitColumns(
  file: FileColumns,
  schema: readonly ColumnSchema[],
  options: ReadOptions,
): Result<DecodedData, DataFileError> {
  const placed = placeColumns(file.names, schema);
  if (!placed.ok) return problem(placed.error);
  const bad = new BadRows();
  const isBad = new Uint8Array(file.rowCount);
  const columns = schema.map((column, i) => {
    const read = valueReader(column);
    const cells = file.columns[placed.value[i]!]!;
    return cells.map((cell, row) => {
      const value = read(cell);
      if (value === misfit && isBad[row] === 0) {
        isBad[row] = 1;
        bad.add(row + 1, misfitReason(column, cell), () => shortJson(file.columns.map((each) => each[row])));
      }
      return value;
    });
  });
  const isKept = (_: unknown, row: number) => isBad[row] === 0;
  return settle(
    {
      names: schema.map(({ name }) => name),
      columns: bad.count === 0 ? columns : columns.map((cells) => cells.filter(isKept)),
      rowCount: file.rowCount - bad.count,
    },
    bad,
    options.badRows,
  );
}

function settle(
  table: FileColumns,
  bad: BadRows,
  onBad: ReadOptions['badRows'],
): Result<DecodedData, DataFileError> {
  const first = bad.first[0];
  if (first && onBad === 'stop') return problem(badRowText(first));
  if (first && table.rowCount === 0)
    return problem(`None of the ${bad.count} rows fits the schema. ${badRowText(first)}`);
  return ok({ type: 'table', ...table, badRows: bad });
}

/** The columns that a file without a schema would have, from some of its rows. */
export const inferFileColumns = ({ names, columns }: FileColumns): ColumnSchema[] =>
  names.map((name, i) => ({ name, ...inferColumn(columns[i]!) }));
