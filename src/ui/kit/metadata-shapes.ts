// What metadata of a body says, read with distrust: bodies can put any JSON under any type.

import type { Json } from '#model/document.ts';

type Fields = Readonly<Record<string, Json>>;

const fieldsOf = (value: Json | undefined): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
const rowsOf = (value: Json | undefined): readonly Fields[] =>
  listOf(value).flatMap((row): Fields[] => {
    const fields = fieldsOf(row);
    return fields ? [fields] : [];
  });
const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export interface ColumnFacts {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  /** "not null", "unique", and what else there is. */
  readonly constraints: readonly string[];
}

export interface TableFacts {
  readonly columns: readonly ColumnFacts[];
  readonly rows: readonly Fields[];
}

/** Columns in the order of the schema, then in the order in which rows bring them. */
export function readTable(value: Json): TableFacts | undefined {
  const fields = fieldsOf(value);
  if (!fields || !Array.isArray(fields.records)) return undefined;
  const rows = rowsOf(fields.records);
  const columns = new Map((readSchema(fields.schema ?? null) ?? []).map((column) => [column.name, column]));
  for (const row of rows)
    for (const name of Object.keys(row)) if (!columns.has(name)) columns.set(name, { name, constraints: [] });
  return { columns: [...columns.values()], rows };
}

export function readSchema(value: Json): readonly ColumnFacts[] | undefined {
  const columns = fieldsOf(value)?.columns;
  if (!Array.isArray(columns)) return undefined;
  return listOf(columns).flatMap((column): ColumnFacts[] => {
    const { name, type, description, constraints } = fieldsOf(column) ?? {};
    if (typeof name !== 'string') return [];
    return [
      {
        name,
        ...(textOf(type) === undefined ? {} : { type: textOf(type)! }),
        ...(textOf(description) === undefined ? {} : { description: textOf(description)! }),
        constraints: readConstraints(constraints),
      },
    ];
  });
}

function readConstraints(value: Json | undefined): readonly string[] {
  const { nullable, unique, other } = fieldsOf(value) ?? {};
  return [
    ...(nullable === false ? ['not null'] : []),
    ...(unique === true ? ['unique'] : []),
    ...listOf(other).flatMap((text) => textOf(text) ?? []),
  ];
}

export interface LineageFacts {
  readonly column: string;
  readonly from: readonly { readonly assetKey: string; readonly column: string }[];
}

export function readLineage(value: Json): readonly LineageFacts[] | undefined {
  const columns = fieldsOf(fieldsOf(value)?.depsByColumn);
  if (!columns) return undefined;
  return Object.entries(columns).map(([column, deps]) => ({
    column,
    from: listOf(deps).flatMap((dep) => {
      const { assetKey, columnName } = fieldsOf(dep) ?? {};
      const key = Array.isArray(assetKey) ? assetKey.map(String).join('/') : textOf(assetKey);
      return key === undefined ? [] : [{ assetKey: key, column: textOf(columnName) ?? '' }];
    }),
  }));
}

export interface CodeReference {
  readonly label: string;
  readonly url?: string;
}

export function readReferences(value: Json): readonly CodeReference[] {
  const list = Array.isArray(value) ? value : fieldsOf(value)?.codeReferences;
  return listOf(list).flatMap((reference): CodeReference[] => {
    const { filePath, lineNumber, url, label } = fieldsOf(reference) ?? {};
    const place =
      textOf(filePath) === undefined
        ? undefined
        : `${textOf(filePath)}${typeof lineNumber === 'number' ? `:${lineNumber}` : ''}`;
    const shown = textOf(label) ?? place ?? textOf(url);
    if (shown === undefined) return [];
    return [{ label: shown, ...(textOf(url) === undefined ? {} : { url: textOf(url)! }) }];
  });
}

/** A picture that stands in the metadata itself; nothing is loaded for it. */
export function readImage(value: Json): string | undefined {
  const { mediaType, base64 } = fieldsOf(value) ?? {};
  if (mediaType !== 'image/png' && mediaType !== 'image/jpeg') return undefined;
  return typeof base64 === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? `data:${mediaType};base64,${base64}`
    : undefined;
}

export interface ChartFacts {
  readonly mark: 'bar' | 'line' | 'point';
  readonly title?: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly x: string | number; readonly y: number }[];
  /** Are the places along x numbers or moments, and not names? */
  readonly isContinuous: boolean;
}

const mostPoints = 2_000;

/** The part of Vega-Lite that is drawn: bars, a line or points over data that stands inside. */
export function readChart(value: Json): ChartFacts | undefined {
  const { mark, data, encoding, title } = fieldsOf(value) ?? {};
  const kind = textOf(mark) ?? textOf(fieldsOf(mark)?.type);
  if (kind !== 'bar' && kind !== 'line' && kind !== 'point') return undefined;
  const { x, y } = fieldsOf(encoding) ?? {};
  const xField = textOf(fieldsOf(x)?.field);
  const yField = textOf(fieldsOf(y)?.field);
  if (xField === undefined || yField === undefined) return undefined;
  const xType = textOf(fieldsOf(x)?.type);
  const rows = rowsOf(fieldsOf(data)?.values);
  const isTime = xType === 'temporal';
  const isContinuous =
    isTime ||
    (kind !== 'bar' &&
      xType !== 'nominal' &&
      xType !== 'ordinal' &&
      rows.every((row) => typeof row[xField] === 'number'));
  const points = rows.slice(0, mostPoints).flatMap((row) => {
    const at = row[xField];
    const value = row[yField];
    if (typeof value !== 'number' || at === undefined || at === null || typeof at === 'object') return [];
    const place = isTime
      ? typeof at === 'number'
        ? at
        : Date.parse(String(at))
      : isContinuous
        ? Number(at)
        : String(at);
    return typeof place === 'number' && !Number.isFinite(place) ? [] : [{ x: place, y: value }];
  });
  return {
    mark: kind,
    x: xField,
    y: yField,
    isContinuous,
    points: isContinuous ? points.toSorted((a, b) => Number(a.x) - Number(b.x)) : points,
    ...(textOf(title) === undefined ? {} : { title: textOf(title)! }),
  };
}
