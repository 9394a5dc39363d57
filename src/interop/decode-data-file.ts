// A data file's bytes as a value: an array of plain rows, or whatever a JSON file holds.

import { tableFromIPC } from '@uwdata/flechette';
import Papa from 'papaparse';
import { err, ok, type Result } from '#base/result.ts';
import type { DataFormat } from '#model/document.ts';

export interface DataFileError {
  readonly type: 'DataFileError';
  readonly message: string;
}

const problem = (message: string): Result<never, DataFileError> => err({ type: 'DataFileError', message });

/** Decodes a whole file. Every row is kept or the file is refused; nothing is dropped silently. */
export function decodeDataFile(bytes: Uint8Array, format: DataFormat): Result<unknown, DataFileError> {
  switch (format) {
    case 'csv':
      return decodeDelimited(bytes, ',');
    case 'tsv':
      return decodeDelimited(bytes, '\t');
    case 'json':
      return decodeJson(bytes);
    case 'ndjson':
      return decodeNdjson(bytes);
    case 'arrow':
      return decodeArrow(bytes);
    case 'parquet':
      return problem('Parquet files cannot be read yet. Save the data as CSV, JSON or Arrow.');
  }
}

function decodeText(bytes: Uint8Array): Result<string, DataFileError> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\ufeff/, ''));
  } catch {
    return problem('The file is not UTF-8 text. Save it as UTF-8 and try again.');
  }
}

function decodeDelimited(bytes: Uint8Array, delimiter: string): Result<unknown, DataFileError> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const { data } = Papa.parse<string[]>(text.value, { delimiter, skipEmptyLines: true });
  const header = data[0];
  if (!header) return problem('The file is empty: it has no header row.');
  const names = uniqueNames(header);
  const ragged = data.findIndex((row) => row.length !== names.length);
  if (ragged >= 0)
    return problem(
      `Row ${ragged + 1} has ${data[ragged]!.length} fields, but the header has ${names.length}.`,
    );
  const rows = data.slice(1);
  const readers = names.map((_, column) => readerOf(rows, column));
  return ok(
    rows.map((row) => {
      const record: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) record[names[i]!] = readers[i]!(row[i]!);
      return record;
    }),
  );
}

function uniqueNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((raw, i) => {
    const name = raw.trim() || `column_${i + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

// A column is numbers or booleans when every cell that is not empty reads as one, to the letter: "007" and
// numbers too long for a double stay text.
function readerOf(rows: readonly (readonly string[])[], column: number): (cell: string) => unknown {
  let isNumber = true;
  let isBoolean = true;
  let isEmpty = true;
  for (const row of rows) {
    const cell = row[column]!;
    if (cell === '') continue;
    isEmpty = false;
    if (isNumber && !(numberText.test(cell) && isExact(cell))) isNumber = false;
    if (isBoolean && cell !== 'true' && cell !== 'false') isBoolean = false;
    if (!isNumber && !isBoolean) break;
  }
  if (isEmpty || (!isNumber && !isBoolean)) return (cell) => cell;
  if (isNumber) return (cell) => (cell === '' ? null : Number(cell));
  return (cell) => (cell === '' ? null : cell === 'true');
}

const isExact = (cell: string): boolean =>
  cell.replace(/[^\d]/g, '').length <= 15 || String(Number(cell)) === cell;

function decodeJson(bytes: Uint8Array): Result<unknown, DataFileError> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  try {
    return ok(JSON.parse(text.value));
  } catch (thrown) {
    return problem(`The file is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function decodeNdjson(bytes: Uint8Array): Result<unknown, DataFileError> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const rows: unknown[] = [];
  let number = 0;
  for (const line of text.value.split('\n')) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      rows.push(JSON.parse(line));
    } catch (thrown) {
      return problem(
        `Line ${number} is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    }
  }
  return ok(rows);
}

function decodeArrow(bytes: Uint8Array): Result<unknown, DataFileError> {
  try {
    const table = tableFromIPC(bytes.slice(), { useDate: true });
    const names = table.names as string[];
    const columns = names.map((name) => table.getChild(name)!.toArray() as ArrayLike<unknown>);
    const rows: Record<string, unknown>[] = [];
    for (let row = 0; row < table.numRows; row++) {
      const record: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) record[names[i]!] = columns[i]![row];
      rows.push(record);
    }
    return ok(rows);
  } catch (thrown) {
    return problem(`The file is not Arrow IPC: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
