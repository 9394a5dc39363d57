// A value by its JSON Schema: a form and a JSON view of one draft. The draft is committed when a field is left.

import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { checkConfig } from '#model/config/check-config.ts';
import { readConfigField } from '#model/config/config-field.ts';
import {
  type ConfigPath,
  type ConfigProblem,
  problemSentence,
  valueAt,
  withValueAt,
} from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';
import { FieldView } from './schema-field.tsx';
import css from './schema-form.module.css';
import { SchemaFormContext, type SchemaFormProps } from './schema-form-context.ts';
import { SchemaJson } from './schema-json.tsx';

const noProblems: readonly ConfigProblem[] = [];

export function SchemaFormView(props: SchemaFormProps) {
  const { schema, value, label, allowsEnvironment = false, onChange, onProblems } = props;
  const [view, setView] = useState<'form' | 'json'>('form');
  // What is typed belongs to the value it was typed over: another one, from an undo or a tab, replaces it.
  const [typed, setTyped] = useState<{ readonly over: Json | undefined; readonly draft: Json | undefined }>();
  const draft = typed && typed.over === value ? typed.draft : value;
  const field = useMemo(() => (schema === undefined ? undefined : readConfigField(schema)), [schema]);
  const problems = useMemo(() => {
    if (schema === undefined) return noProblems;
    const checked = checkConfig(schema, draft, { allowsEnvironment });
    return checked.ok ? noProblems : checked.error;
  }, [schema, draft, allowsEnvironment]);
  useEffect(() => onProblems?.(problems), [problems, onProblems]);

  const commit = (next: Json | undefined) => {
    if (JSON.stringify(next) !== JSON.stringify(value)) onChange(next);
  };
  const form = {
    label,
    draft,
    problems,
    allowsEnvironment,
    edit: (path: ConfigPath, next: Json | undefined) =>
      setTyped({ over: value, draft: withValueAt(draft, path, next) }),
    commit: () => commit(draft),
    set: (path: ConfigPath, next: Json | undefined) => {
      const changed = withValueAt(draft, path, next);
      setTyped({ over: value, draft: changed });
      commit(changed);
    },
    revert: () => setTyped(undefined),
  };

  if (!field || field.kind === 'json')
    return (
      <div className={css.form}>
        <SchemaJson label={label} value={draft} problems={problems} onCommit={(next) => form.set([], next)} />
      </div>
    );
  // Fields that the form does not show have their problems above it.
  const stray = problems.filter(({ path }) => path.length === 0 || valueIsUnknown(field, path, draft));
  return (
    <SchemaFormContext value={form}>
      <fieldset className={css.form} aria-label={label}>
        <SegmentedControl
          className={css.views}
          value={view}
          onChange={(next) => setView(next === 'json' ? 'json' : 'form')}
          data={[
            { value: 'form', label: 'Form' },
            { value: 'json', label: 'JSON' },
          ]}
          aria-label={`${label}: form or JSON`}
        />
        {view === 'json' ? (
          <SchemaJson
            label={`${label} as JSON`}
            value={draft}
            problems={problems}
            onCommit={(next) => form.set([], next)}
          />
        ) : (
          <>
            {stray.map((problem) => (
              <p key={problemSentence(problem)} className={css.problem} role="alert">
                {problemSentence(problem)}
              </p>
            ))}
            {field.kind === 'object' && field.fields.length === 0 ? (
              <p className={css.description}>There is nothing to configure.</p>
            ) : (
              <FieldView field={field} path={[]} name="" isRequired />
            )}
          </>
        )}
      </fieldset>
    </SchemaFormContext>
  );
}

/** Is the place one that the schema does not name, so that no field shows it? */
function valueIsUnknown(
  field: ReturnType<typeof readConfigField>,
  path: ConfigPath,
  draft: Json | undefined,
): boolean {
  let at = field;
  for (const [index, part] of path.entries()) {
    if (at.kind === 'object') {
      const named = at.fields.find(({ name }) => name === part);
      if (!named) return true;
      at = named.field;
    } else if (at.kind === 'record') at = at.values;
    else if (at.kind === 'array') at = at.items;
    // Within a field of JSON the field itself shows the problem.
    else return false;
    const here = valueAt(draft, path.slice(0, index + 1));
    if (here === undefined && index < path.length - 1) return true;
  }
  return false;
}
