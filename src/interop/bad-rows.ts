// Rows that do not fit: counted all, the first ones kept to be shown.

import type { Json } from '#model/document.ts';
import type { MetadataEntries } from '#model/events.ts';

export interface BadRow {
  /** As the file counts them: the header is row 1. */
  readonly row: number;
  /** Without a full stop. */
  readonly reason: string;
  /** What stands there, cut to 500 characters. */
  readonly text: string;
}

export interface BadRowReport {
  readonly count: number;
  /** The first 100. */
  readonly first: readonly BadRow[];
}

const keptRows = 100;
const keptText = 500;

export class BadRows implements BadRowReport {
  count = 0;
  readonly first: BadRow[] = [];

  add(row: number, reason: string, text: () => string): void {
    this.count++;
    if (this.first.length < keptRows) this.first.push({ row, reason, text: text().slice(0, keptText) });
  }
}

/** "Row 4: “day” is empty." */
export const badRowText = ({ row, reason }: BadRow): string => `Row ${row}: ${reason}.`;

export const badRowsEntry = 'bad_rows';
const firstRowsEntry = 'bad_rows_first';
const loggedRows = 10;

/** How many rows were set aside, and the first of them: part of the materialization's metadata. */
export const badRowsMetadata = ({ count, first }: BadRowReport): MetadataEntries => ({
  [badRowsEntry]: { type: 'int', value: count },
  [firstRowsEntry]: {
    type: 'json',
    value: first.map(({ row, reason, text }) => ({ row, reason, text })),
  },
});

/** The report that `badRowsMetadata` wrote; undefined when nothing was set aside. */
export function readBadRows(metadata: MetadataEntries): BadRowReport | undefined {
  const count = metadata[badRowsEntry]?.value;
  const first = metadata[firstRowsEntry]?.value;
  if (typeof count !== 'number' || !Array.isArray(first)) return undefined;
  return {
    count,
    first: first.flatMap((each: Json) => {
      const { row, reason, text } = (each ?? {}) as Partial<BadRow>;
      return typeof row === 'number' && typeof reason === 'string'
        ? [{ row, reason, text: `${text ?? ''}` }]
        : [];
    }),
  };
}

export function badRowsWarnings(path: string, { count, first }: BadRowReport): string[] {
  const lines = first.slice(0, loggedRows).map(badRowText);
  const rows =
    count === 1 ? '1 row does not fit the schema and is' : `${count} rows do not fit the schema and are`;
  return [
    `${path}: ${rows} set aside.`,
    ...lines,
    ...(count > lines.length ? [`… and ${count - lines.length} more.`] : []),
  ];
}
