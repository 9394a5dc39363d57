// The TypeScript type of what a file asset gives, from its schema alone.

import { isPlainName } from './asset-key.ts';
import type { ColumnType, FileAsset } from './document.ts';

const typeTexts: Readonly<Record<ColumnType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'Date',
  timestamp: 'Date',
  json: 'unknown',
};

/** The type of one row, as `{ id: number; name: string | null }`; undefined when the asset has no schema. */
export function rowTypeOf(asset: Pick<FileAsset, 'schema'>): string | undefined {
  if (!asset.schema) return undefined;
  const fields = asset.schema.map(({ name, type, nullable }) => {
    const text = typeTexts[type];
    return `${isPlainName(name) ? name : JSON.stringify(name)}: ${text}${nullable && type !== 'json' ? ' | null' : ''}`;
  });
  return `{ ${fields.join('; ')} }`;
}

/** The type of the asset's value; `unknown` when only materializing it can tell. */
export function fileValueType(asset: Pick<FileAsset, 'schema'>): string {
  const row = rowTypeOf(asset);
  return row === undefined ? 'unknown' : `${row}[]`;
}
