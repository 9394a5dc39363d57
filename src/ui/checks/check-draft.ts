// A check while it is filled in as a form: texts as they are typed, and the check that they come to.

import { type CheckTemplate, type TemplateType, templateProblem } from '#model/checks/check-template.ts';

export type CheckKind = TemplateType | 'custom';

export interface CheckDraft {
  readonly kind: CheckKind;
  readonly name: string;
  readonly description: string;
  readonly severity: 'ERROR' | 'WARN';
  readonly blocking: boolean;
  readonly columns: readonly string[];
  readonly column: string;
  readonly values: readonly string[];
  readonly min: string;
  readonly max: string;
  /** Key of the asset that is compared with. */
  readonly other: string;
  readonly otherColumn: string;
}

export const checkKinds: readonly {
  readonly kind: CheckKind;
  readonly title: string;
  readonly about: string;
}[] = [
  { kind: 'not-null', title: 'Not null', about: 'Every row has a value in these columns' },
  { kind: 'unique', title: 'Unique', about: 'No two rows have the same values in these columns' },
  { kind: 'accepted-values', title: 'Accepted values', about: 'A column has only values of a list' },
  { kind: 'row-count', title: 'Row count', about: 'The number of rows lies between two numbers' },
  { kind: 'foreign-key', title: 'Foreign key', about: 'Every value is in a column of another asset' },
  { kind: 'custom', title: 'TypeScript', about: 'A body that looks at the value and decides' },
];

export const kindTitle = (kind: CheckKind): string =>
  checkKinds.find((known) => known.kind === kind)?.title ?? kind;

export const emptyDraft = (kind: CheckKind): CheckDraft => ({
  kind,
  name: '',
  description: '',
  severity: 'ERROR',
  blocking: false,
  columns: [],
  column: '',
  values: [],
  min: '',
  max: '',
  other: '',
  otherColumn: '',
});

/** The form of a check that stands. */
export function draftOf(
  template: CheckTemplate | undefined,
  spec: { readonly name: string; readonly description?: string; readonly blocking?: boolean },
  ins: Readonly<Record<string, string>> | undefined,
): CheckDraft {
  const draft = {
    ...emptyDraft(template?.type ?? 'custom'),
    name: spec.name,
    description: spec.description ?? '',
    blocking: spec.blocking ?? false,
    severity: template?.severity ?? 'ERROR',
  };
  switch (template?.type) {
    case undefined:
      return draft;
    case 'not-null':
    case 'unique':
      return { ...draft, columns: template.columns };
    case 'accepted-values':
      return { ...draft, column: template.column, values: template.values.map(literalText) };
    case 'row-count': {
      const { min, max } = template;
      return {
        ...draft,
        min: min === undefined ? '' : String(min),
        max: max === undefined ? '' : String(max),
      };
    }
    case 'foreign-key':
      return {
        ...draft,
        column: template.column,
        otherColumn: template.otherColumn,
        other: ins?.other ?? '',
      };
  }
}

export type DraftTemplate =
  | { readonly template: CheckTemplate | undefined; readonly problem?: undefined }
  | { readonly problem: string };

/** What the form comes to; no template when the body is written by hand. */
export function templateOf(draft: CheckDraft): DraftTemplate {
  const { kind, severity, columns, column, values, min, max, other, otherColumn } = draft;
  if (kind === 'custom') return { template: undefined };
  let template: CheckTemplate;
  switch (kind) {
    case 'not-null':
    case 'unique':
      template = { type: kind, severity, columns };
      break;
    case 'accepted-values':
      template = { type: kind, severity, column, values: values.map(literalOf) };
      break;
    case 'row-count': {
      const numbers = [min, max].map((text) => (text.trim() === '' ? undefined : Number(text)));
      if (numbers.some((n) => n !== undefined && (!Number.isInteger(n) || n < 0)))
        return { problem: 'A number of rows is a whole number, 0 or more.' };
      template = {
        type: kind,
        severity,
        ...(numbers[0] === undefined ? {} : { min: numbers[0] }),
        ...(numbers[1] === undefined ? {} : { max: numbers[1] }),
      };
      break;
    }
    case 'foreign-key':
      if (other === '') return { problem: 'Name the other asset.' };
      template = { type: kind, severity, column, otherColumn };
  }
  const problem = templateProblem(template);
  return problem === undefined ? { template } : { problem };
}

/** 12 is a number, true a truth, "12" in quotes a text; anything else is the text that it is. */
export function literalOf(text: string): string | number | boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  } catch {
    // Not JSON: plain text.
  }
  return text;
}

const literalText = (value: string | number | boolean): string =>
  typeof value === 'string' && literalOf(value) === value ? value : JSON.stringify(value);
