// Checks that are filled in as a form: what the form holds, and the TypeScript that it comes to. The form's data is
// kept with the check, so that it can be filled in again.

import type { Json } from '../document.ts';

interface TemplateBase {
  /** How bad a failure is. */
  readonly severity: 'ERROR' | 'WARN';
}

export type CheckTemplate =
  | (TemplateBase & { readonly type: 'not-null' | 'unique'; readonly columns: readonly string[] })
  | (TemplateBase & {
      readonly type: 'accepted-values';
      readonly column: string;
      readonly values: readonly (string | number | boolean)[];
    })
  | (TemplateBase & { readonly type: 'row-count'; readonly min?: number; readonly max?: number })
  /** The other asset stands in the check's `ins`, as `other`: there it follows renames. */
  | (TemplateBase & {
      readonly type: 'foreign-key';
      readonly column: string;
      readonly otherColumn: string;
    });

export type TemplateType = CheckTemplate['type'];

/** A column that a form names, with the input of its body whose rows have it. */
export interface NamedColumn {
  readonly input: 'rows' | 'other';
  readonly column: string;
}

export function namedColumns(template: CheckTemplate): readonly NamedColumn[] {
  switch (template.type) {
    case 'not-null':
    case 'unique':
      return template.columns.map((column) => ({ input: 'rows', column }));
    case 'accepted-values':
      return [{ input: 'rows', column: template.column }];
    case 'row-count':
      return [];
    case 'foreign-key':
      return [
        { input: 'rows', column: template.column },
        { input: 'other', column: template.otherColumn },
      ];
  }
}

/** The form with every column called as `nameOf` says. */
export function withColumns(template: CheckTemplate, nameOf: (named: NamedColumn) => string): CheckTemplate {
  const named = (column: string) => nameOf({ input: 'rows', column });
  switch (template.type) {
    case 'not-null':
    case 'unique':
      return { ...template, columns: template.columns.map(named) };
    case 'accepted-values':
      return { ...template, column: named(template.column) };
    case 'row-count':
      return template;
    case 'foreign-key':
      return {
        ...template,
        column: named(template.column),
        otherColumn: nameOf({ input: 'other', column: template.otherColumn }),
      };
  }
}

/** How many failing rows a check shows. */
export const mostFailingRows = 20;

/** What is missing in a form, as a sentence; undefined when a body can be made of it. */
export function templateProblem(template: CheckTemplate): string | undefined {
  switch (template.type) {
    case 'not-null':
    case 'unique':
      return template.columns.length === 0 ? 'Name at least one column.' : undefined;
    case 'accepted-values':
      if (template.column === '') return 'Name the column.';
      return template.values.length === 0 ? 'Give at least one value.' : undefined;
    case 'row-count': {
      const { min, max } = template;
      if (min === undefined && max === undefined) return 'Give a least number, a greatest one, or both.';
      return min !== undefined && max !== undefined && min > max
        ? 'The least number is above the greatest one.'
        : undefined;
    }
    case 'foreign-key':
      return template.column === '' || template.otherColumn === '' ? 'Name both columns.' : undefined;
  }
}

/** A name for the check: letters, digits and "_". */
export function templateName(template: CheckTemplate): string {
  const words = (...parts: readonly string[]) =>
    parts
      .join('_')
      .replace(/\W+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 80);
  switch (template.type) {
    case 'not-null':
      return words(...template.columns, 'not_null');
    case 'unique':
      return words(...template.columns, 'unique');
    case 'accepted-values':
      return words(template.column, 'accepted_values');
    case 'row-count':
      return 'row_count';
    case 'foreign-key':
      return words(template.column, 'foreign_key');
  }
}

/** The form as one sentence, for the list of checks. */
export function templateText(template: CheckTemplate, other?: string): string {
  switch (template.type) {
    case 'not-null':
      return `Every row has ${template.columns.join(', ')}.`;
    case 'unique':
      return `No two rows have the same ${template.columns.join(', ')}.`;
    case 'accepted-values':
      return `${template.column} is one of ${template.values.map(String).join(', ')}.`;
    case 'row-count': {
      const { min, max } = template;
      if (max === undefined) return `There are at least ${rowsText(min)}.`;
      return min === undefined ? `There are at most ${rowsText(max)}.` : `There are ${min} to ${max} rows.`;
    }
    case 'foreign-key':
      return `Every ${template.column} is in ${template.otherColumn} of ${other ?? 'another asset'}.`;
  }
}

const rowsText = (count: number | undefined): string => (count === 1 ? '1 row' : `${count} rows`);

/** The body of a check made from a form. A cell that is not there fails only the check that asks for it. */
export function templateBody(template: CheckTemplate): string {
  const inputs = template.type === 'foreign-key' ? '{ rows, other }' : '{ rows }';
  if (template.type === 'row-count') return rowCountBody(template);
  return `import { AssetCheckResult, MetadataValue } from 'headwater';

export default function check(${inputs}) {
  if (!Array.isArray(rows)) throw new TypeError('This check reads rows; the value it was given is no list.');
${isFailing(template)}
  const failing: Record<string, unknown>[] = [];
  let failingCount = 0;
  rows.forEach((row, i) => {
    if (!isFailing(row)) return;
    failingCount += 1;
    if (failing.length < ${mostFailingRows}) failing.push(shown(row, i));
  });
  // Metadata holds JSON: dates and the like are shown as text.
  function shown(row, i) {
    const cells = Object.entries(row ?? { value: row }).map(([name, cell]) => [
      name,
      cell instanceof Date
        ? cell.toISOString()
        : cell === undefined || cell === null
          ? null
          : ['string', 'boolean'].includes(typeof cell) || Number.isFinite(cell)
            ? cell
            : String(cell),
    ]);
    return { row: i + 1, ...Object.fromEntries(cells) };
  }
  return new AssetCheckResult({
    passed: failingCount === 0,
    severity: ${text(template.severity)},
    metadata: {
      rows: rows.length,
      failing: failingCount,
      ...(failingCount > 0 ? { failing_rows: MetadataValue.table({ records: failing }) } : {}),
    },
  });
}
`;
}

function isFailing(template: Exclude<CheckTemplate, { type: 'row-count' }>): string {
  switch (template.type) {
    case 'not-null':
      return `  const columns = ${text(template.columns)};
  const isFailing = (row) => columns.some((column) => (row?.[column] ?? null) === null || Number.isNaN(row[column]));`;
    case 'unique':
      return `  const columns = ${text(template.columns)};
  const isThere = (row) => columns.every((column) => (row?.[column] ?? null) !== null);
  const keyOf = (row) => columns.map((column) => \`\${typeof row?.[column]} \${String(row?.[column])}\`).join('\\u0000');
  const counts = new Map();
  for (const row of rows) if (isThere(row)) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const isFailing = (row) => isThere(row) && counts.get(keyOf(row)) > 1;`;
    case 'accepted-values':
      return `  const accepted = new Set(${text(template.values)});
  const isFailing = (row) => {
    const value = row?.[${text(template.column)}];
    return value !== null && value !== undefined && !accepted.has(value);
  };`;
    case 'foreign-key':
      return `  if (!Array.isArray(other)) throw new TypeError('This check compares with rows; the other value is no list.');
  const known = new Set(other.map((row) => String(row?.[${text(template.otherColumn)}])));
  const isFailing = (row) => {
    const value = row?.[${text(template.column)}];
    return value !== null && value !== undefined && !known.has(String(value));
  };`;
  }
}

function rowCountBody({ severity, min, max }: Extract<CheckTemplate, { type: 'row-count' }>): string {
  const rules = [
    ...(min === undefined ? [] : [`rows.length >= ${min}`]),
    ...(max === undefined ? [] : [`rows.length <= ${max}`]),
  ];
  return `import { AssetCheckResult } from 'headwater';

export default function check({ rows }) {
  if (!Array.isArray(rows)) throw new TypeError('This check reads rows; the value it was given is no list.');
  return new AssetCheckResult({
    passed: ${rules.join(' && ')},
    severity: ${text(severity)},
    metadata: { rows: rows.length },
  });
}
`;
}

const text = (value: Json): string =>
  typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : JSON.stringify(value);

/** What a check keeps of its form. */
export const templateJson = (template: CheckTemplate): Json => ({ ...template });

/** The form that a check keeps; undefined when it was written by hand, or by a newer form. */
export function readTemplate(stored: Json | undefined): CheckTemplate | undefined {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return undefined;
  const fields = stored as { readonly [key: string]: Json };
  const severity = fields.severity === 'WARN' ? 'WARN' : 'ERROR';
  const { type, columns, column, values, min, max, otherColumn } = fields as Readonly<Record<string, Json>>;
  switch (type) {
    case 'not-null':
    case 'unique':
      return isListOf(columns, isText) ? { type, severity, columns } : undefined;
    case 'accepted-values':
      return isText(column) && isListOf(values, isScalar) ? { type, severity, column, values } : undefined;
    case 'row-count':
      return {
        type,
        severity,
        ...(typeof min === 'number' ? { min } : {}),
        ...(typeof max === 'number' ? { max } : {}),
      };
    case 'foreign-key':
      return isText(column) && isText(otherColumn) ? { type, severity, column, otherColumn } : undefined;
    default:
      return undefined;
  }
}

const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const isListOf = <T extends Json>(
  value: Json | undefined,
  isItem: (item: Json) => item is T,
): value is readonly T[] => Array.isArray(value) && value.every((item: Json) => isItem(item));
