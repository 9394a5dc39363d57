// Where the columns of a stored table lie.

import type { ByteReader } from './byte-reader.ts';
import { bitmapBytes, ColumnKind, HAS_NULL, HAS_UNDEFINED, KIND_MASK } from './format.ts';
import { readKeys } from './stored-value.ts';
import { CorruptValueError } from './value-error.ts';

export interface ColumnLayout {
  readonly kind: number;
  readonly flags: number;
  readonly start: number;
  readonly end: number;
}

export interface TableLayout {
  readonly rowCount: number;
  /** Keys and columns in canonical order. */
  readonly keys: readonly string[];
  readonly columns: readonly ColumnLayout[];
  /** Where the table ends. */
  readonly end: number;
}

/** Reads the head of a table, behind its tag. */
export function readTableLayout(reader: ByteReader): TableLayout {
  const rowCount = reader.varint();
  const keys = readKeys(reader);
  if (keys.length === 0) throw new CorruptValueError('a table has no columns');
  const types: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < keys.length; i++) {
    types.push(reader.u8());
    sizes.push(reader.u32());
  }
  const columns = types.map((type, i) => columnAt(reader, type, sizes[i]!, rowCount));
  return { rowCount, keys, columns, end: reader.position };
}

/** Steps over a column of so many bytes and says where it lies. */
export function columnAt(reader: ByteReader, type: number, size: number, rowCount: number): ColumnLayout {
  const start = reader.skip(size);
  const kind = type & KIND_MASK;
  const flags = type & (HAS_NULL | HAS_UNDEFINED);
  if (kind > ColumnKind.any || type !== (kind | flags) || size < leastSize(kind, flags, rowCount)) {
    throw new CorruptValueError('a column of it is damaged');
  }
  return { kind, flags, start, end: start + size };
}

/** Every cell takes at least a bit, so that a few bytes cannot ask for many rows. */
function leastSize(kind: number, flags: number, rowCount: number): number {
  const bitmaps = bitmapCount(flags) * bitmapBytes(rowCount);
  switch (kind) {
    case ColumnKind.empty:
      return bitmaps > 0 ? bitmaps : Infinity;
    case ColumnKind.boolean:
      return bitmaps + bitmapBytes(rowCount);
    case ColumnKind.any:
      return 5 * rowCount;
    default:
      return bitmaps + rowCount * (CELL_BYTES[kind] ?? 1);
  }
}

export const bitmapCount = (flags: number): number =>
  (flags & HAS_NULL ? 1 : 0) + (flags & HAS_UNDEFINED ? 1 : 0);

/** Bytes of a cell, by column kind, where all cells take the same. */
export const CELL_BYTES: Readonly<Record<number, number>> = {
  [ColumnKind.int8]: 1,
  [ColumnKind.int16]: 2,
  [ColumnKind.int32]: 4,
  [ColumnKind.float]: 8,
  [ColumnKind.date]: 8,
};
