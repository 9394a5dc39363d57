// Which format a data file has, by its name.

import type { DataFormat } from '#model/document.ts';

const formatsByEnding: Readonly<Record<string, DataFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  parquet: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
};

/** Undefined when the ending is none of ours; project files are no data files. */
export function formatOfFile(name: string): DataFormat | undefined {
  if (/\.headwater(\.json|-backup)?$/i.test(name)) return undefined;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(formatsByEnding, ending) ? formatsByEnding[ending] : undefined;
}
