// The columns of a file as they will be read: a name, a type and whether cells may be missing, each above the
// first cells of its column.

import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { misfit, misfitReason, textReader, valueReader } from '#interop/cell-readers.ts';
import type { FileLook } from '#interop/inspect-file.ts';
import type { ColumnSchema, ColumnType } from '#model/document.ts';
import { cellText } from '#ui/inspector/cell-text.ts';
import css from './import-dialog.module.css';

const types: readonly { readonly value: ColumnType; readonly label: string }[] = [
  { value: 'string', label: 'String' },
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Integer' },
  { value: 'boolean', label: 'Boolean' },
  { value: 'date', label: 'Date' },
  { value: 'timestamp', label: 'Timestamp' },
  { value: 'json', label: 'Any value' },
];
const textTypes = types.filter(({ value }) => value !== 'json');
const shownRows = 12;

interface SchemaEditorProps {
  readonly look: FileLook;
  readonly schema: readonly ColumnSchema[];
  /** CSV and TSV: cells have no types of their own. */
  readonly isText: boolean;
  onChange(schema: readonly ColumnSchema[]): void;
}

export function SchemaEditor({ look, schema, isText, onChange }: SchemaEditorProps) {
  const rows = look.rows.slice(0, shownRows);
  const set = (index: number, change: Partial<ColumnSchema>) =>
    onChange(
      schema.map((column, i) => (i === index ? tidy(look.names[i]!, { ...column, ...change }) : column)),
    );
  const readers = useMemo(
    () => schema.map((column) => cellReader(column, look, isText)),
    [schema, look, isText],
  );
  const doubled = useMemo(() => doubledNames(schema), [schema]);
  return (
    <section className={css.preview} aria-label="Preview" tabIndex={-1}>
      <table className={css.table}>
        <thead>
          <tr>
            {schema.map((column, i) => (
              <th key={look.names[i]} scope="col">
                <TextInput
                  size="xs"
                  aria-label={`Name of column ${i + 1}`}
                  value={column.name}
                  error={column.name === '' || doubled.has(column.name)}
                  onChange={(event) => set(i, { name: event.currentTarget.value })}
                />
                <div className={css.typeLine}>
                  <NativeSelect
                    size="xs"
                    aria-label={`Type of ${column.name}`}
                    value={column.type}
                    data={isText ? [...textTypes] : [...types]}
                    onChange={(event) => set(i, { type: event.currentTarget.value as ColumnType })}
                  />
                  <Checkbox
                    size="xs"
                    label="Nullable"
                    aria-label={`${column.name} is nullable`}
                    checked={column.nullable}
                    disabled={isText && column.type === 'string'}
                    onChange={(event) => set(i, { nullable: event.currentTarget.checked })}
                  />
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => {
            const reasons = schema.map((column, c) =>
              c < row.length && readers[c]!(row[c]) === misfit ? misfitReason(column, row[c]) : undefined,
            );
            const isBad = row.length !== schema.length || reasons.some((reason) => reason !== undefined);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a look never move
              <tr key={r} data-bad={isBad || undefined}>
                {schema.map((column, c) => {
                  const { text, tone } = cellText(c < row.length ? row[c] : undefined);
                  return (
                    <td
                      key={look.names[c]}
                      data-number={column.type === 'number' || column.type === 'integer' || undefined}
                      data-none={tone === 'none' || undefined}
                      data-misfit={reasons[c] !== undefined || undefined}
                      title={reasons[c]}
                    >
                      {c < row.length ? text : ''}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function cellReader(column: ColumnSchema, look: FileLook, isText: boolean): (cell: unknown) => unknown {
  if (!isText) return valueReader(column);
  const read = textReader(column, look.csv?.decimal ?? '.');
  return (cell) => read(typeof cell === 'string' ? cell : '');
}

function tidy(source: string, { name, type, nullable }: ColumnSchema): ColumnSchema {
  return { name, type, nullable, ...(name === source ? {} : { source }) };
}

function doubledNames(schema: readonly ColumnSchema[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const doubled = new Set<string>();
  for (const { name } of schema) (seen.has(name) ? doubled : seen).add(name);
  return doubled;
}

/** Why a schema cannot stand, as a sentence. */
export function schemaProblem(schema: readonly ColumnSchema[] | undefined): string | undefined {
  if (!schema) return undefined;
  const nameless = schema.findIndex(({ name }) => name === '');
  if (nameless >= 0) return `Column ${nameless + 1} needs a name.`;
  const [first] = doubledNames(schema);
  return first === undefined ? undefined : `Two columns are called “${first}”.`;
}
