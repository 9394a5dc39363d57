// CSV and TSV as rows of texts, a piece of the file at a time, so that a file of any size never becomes one text.

import Papa from 'papaparse';
import { err, ok, type Result } from '#base/result.ts';
import type { CsvOptions } from '#model/document.ts';

export interface DelimitedRow {
  readonly cells: readonly string[];
  /** The quotes of this row are not well formed. */
  readonly malformed: boolean;
}

const chunkBytes = 1 << 20;
/** A quote that is never closed makes the rest of the file one cell. */
const longestRow = 16 * 2 ** 20;

const mostBroken = 1_000;

interface ParsedChunk {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly row: number; readonly index: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Calls `take` with the rows of the file, some at a time; it answers false to stop. `pause` lets others run
 * between two pieces. The message says why the file cannot be read.
 */
export async function readDelimited(
  bytes: Uint8Array,
  { delimiter, encoding }: { readonly delimiter: string; readonly encoding: CsvOptions['encoding'] },
  take: (rows: readonly DelimitedRow[], isLast: boolean) => boolean,
  pause: (done: number) => Promise<void>,
): Promise<Result<void, string>> {
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'windows-1252' : 'utf-8', {
    fatal: encoding !== 'latin-1',
  });
  let rest = '';
  let parser: Papa.Parser | undefined;
  let newline: '\n' | '\r\n' | '\r' | undefined;
  let rowCount = 0;
  let brokenCount = 0;
  for (let at = 0; ; ) {
    const end = Math.min(bytes.length, at + chunkBytes);
    const isLast = end === bytes.length;
    try {
      rest += decoder.decode(bytes.subarray(at, end), { stream: !isLast });
    } catch {
      return err('The file is not UTF-8 text. Choose Latin-1, or save it as UTF-8.');
    }
    at = end;
    newline ??= newlineOf(rest);
    parser ??= new Papa.Parser({ delimiter, newline, quoteChar: '"' });
    for (;;) {
      const chunk = parser.parse(rest, 0, !isLast) as ParsedChunk;
      const broken = brokenLine(chunk, rest, newline, isLast);
      const rows: DelimitedRow[] = (broken ? chunk.data.slice(0, broken.row) : chunk.data).map((cells) => ({
        cells,
        malformed: false,
      }));
      if (broken) rows.push({ cells: [rest.slice(broken.from, broken.to)], malformed: true });
      rowCount += rows.length;
      if (!take(rows, isLast && !broken)) return ok(undefined);
      rest = rest.slice(broken ? broken.to + newline.length : chunk.meta.cursor);
      if (!broken) break;
      if (++brokenCount > mostBroken)
        return err(`More than ${mostBroken} rows have broken quotes, the last is row ${rowCount}.`);
    }
    if (isLast) return ok(undefined);
    await pause(at);
  }
}

/**
 * The first line with a quote that is not closed or not doubled. The parser would take all up to the next
 * quote for one cell; reading goes on at the next line instead.
 */
function brokenLine(
  { errors, data }: ParsedChunk,
  text: string,
  newline: string,
  isLast: boolean,
): { readonly row: number; readonly from: number; readonly to: number } | undefined {
  const error = errors[0];
  const isTooLong = !error && data.length === 0 && text.length > longestRow;
  if (!error && !isTooLong) return undefined;
  const index = error?.index ?? 0;
  const end = text.indexOf(newline, index);
  // What looks broken may only be cut: the next piece tells.
  if (end < 0 && !isLast) return undefined;
  const before = text.lastIndexOf(newline, index - 1);
  const from = index === 0 || before < 0 ? 0 : before + newline.length;
  return { row: error?.row ?? 0, from, to: end < 0 ? text.length : end };
}

function newlineOf(text: string): '\n' | '\r\n' | '\r' {
  const at = text.indexOf('\n');
  if (at < 0) return text.includes('\r') ? '\r' : '\n';
  return text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Names of columns: trimmed, never empty, each once. */
export function uniqueNames(header: readonly string[]): string[] {
  const seen = new Set<string>();
  return header.map((raw, i) => {
    const name = raw.trim() || `column_${i + 1}`;
    let free = name;
    for (let n = 2; seen.has(free); n++) free = `${name}_${n}`;
    seen.add(free);
    return free;
  });
}

export const numberedNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `column_${i + 1}`);
