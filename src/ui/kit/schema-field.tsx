// One field of a schema's form: its name, what it is for, its control and what is wrong with it.

import { Button, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import type { ConfigField } from '#model/config/config-field.ts';
import {
  type ConfigPath,
  environmentName,
  fieldSentence,
  isSamePath,
  pathText,
  valueAt,
} from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';
import { FieldControl } from './schema-control.tsx';
import { ArrayEntries, type FieldViewProps, RecordEntries } from './schema-entries.tsx';
import css from './schema-form.module.css';
import { useSchemaForm } from './schema-form-context.ts';

export function FieldView({ field, path, name, isRequired = false, isEntry = false }: FieldViewProps) {
  const { draft, problems, set, label: formLabel } = useSchemaForm();
  const id = useId();
  const value = valueAt(draft, path);
  const wrong =
    field.kind === 'json'
      ? problems.filter((problem) => isSamePath(problem.path.slice(0, path.length), path))
      : problems.filter((problem) => isSamePath(problem.path, path));
  const isGroup = field.kind === 'object' || field.kind === 'array' || field.kind === 'record';
  const members = isGroup && value !== null ? <Members field={field} path={path} /> : null;
  if (path.length === 0) return <div className={css.fields}>{members}</div>;

  const title = field.title ?? name;
  const head = (
    <div className={css.head}>
      {isGroup ? (
        <span className={css.label} id={id}>
          {title}
          <NeededMark isShown={isRequired} />
        </span>
      ) : (
        <label className={css.label} htmlFor={id} title={`${formLabel}: ${pathText(path)}`}>
          {title}
          <NeededMark isShown={isRequired} />
        </label>
      )}
      <Modes field={field} path={path} value={value} title={title} />
      {isGroup && !isRequired && !isEntry && value !== undefined ? (
        <UnstyledButton
          className={css.mode}
          onClick={() => set(path, undefined)}
          aria-label={`Leave out ${title}`}
        >
          leave out
        </UnstyledButton>
      ) : null}
    </div>
  );
  const described = field.description === undefined ? undefined : `${id}-about`;
  const Frame = isGroup ? 'fieldset' : 'div';
  return (
    <Frame className={css.field} {...(isGroup ? { 'aria-labelledby': id } : {})}>
      {head}
      {field.description === undefined ? null : (
        <p className={css.description} id={described}>
          {field.description}
        </p>
      )}
      {isGroup ? (
        <div className={css.members}>{value === null ? <Nothing /> : members}</div>
      ) : (
        <FieldControl
          id={id}
          field={field}
          path={path}
          value={value}
          isWrong={wrong.length > 0}
          isEntry={isEntry}
          describedBy={described}
        />
      )}
      {wrong.map((problem) => (
        <p key={fieldSentence(problem)} className={css.problem} role="alert">
          {fieldSentence(problem)}
        </p>
      ))}
    </Frame>
  );
}

function Members({ field, path }: { readonly field: ConfigField; readonly path: ConfigPath }) {
  if (field.kind === 'array') return <ArrayEntries field={field} path={path} Field={FieldView} />;
  if (field.kind === 'record') return <RecordEntries field={field} path={path} Field={FieldView} />;
  if (field.kind !== 'object') return null;
  return field.fields.map((member) => (
    <FieldView
      key={member.name}
      field={member.field}
      path={[...path, member.name]}
      name={member.name}
      isRequired={member.isRequired}
    />
  ));
}

const Nothing = () => <p className={css.description}>null</p>;

function NeededMark({ isShown }: { readonly isShown: boolean }) {
  return isShown ? (
    <span className={css.needed} title="Needed" role="img" aria-label="needed">
      *
    </span>
  ) : null;
}

interface ModesProps {
  readonly field: ConfigField;
  readonly path: ConfigPath;
  readonly value: Json | undefined;
  readonly title: string;
}

/** What may stand in place of a value: null, or the name of an environment variable. */
function Modes({ field, path, value, title }: ModesProps) {
  const { allowsEnvironment, set } = useSchemaForm();
  const canBeEnvironment =
    allowsEnvironment && (field.kind === 'string' || field.kind === 'number' || field.kind === 'boolean');
  const isEnvironment = environmentName(value) !== undefined;
  return (
    <>
      {canBeEnvironment ? (
        <Button
          className={css.mode}
          variant="subtle"
          size="xs"
          aria-pressed={isEnvironment}
          aria-label={`${title} from environment`}
          onClick={() => set(path, isEnvironment ? undefined : { env: '' })}
        >
          from environment
        </Button>
      ) : null}
      {field.isNullable && field.kind !== 'json' ? (
        <Button
          className={css.mode}
          variant="subtle"
          size="xs"
          aria-pressed={value === null}
          aria-label={`${title} is null`}
          onClick={() => set(path, value === null ? undefined : null)}
        >
          null
        </Button>
      ) : null}
    </>
  );
}
