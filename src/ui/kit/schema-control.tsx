// The control of a field that holds one value.

import { Select, Switch, Textarea, TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { ConfigField } from '#model/config/config-field.ts';
import { type ConfigPath, environmentName } from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';
import css from './schema-form.module.css';
import { useSchemaForm } from './schema-form-context.ts';
import { SchemaJson } from './schema-json.tsx';

interface FieldControlProps {
  readonly id: string;
  readonly field: ConfigField;
  readonly path: ConfigPath;
  readonly value: Json | undefined;
  readonly isWrong: boolean;
  readonly isEntry: boolean;
  readonly describedBy: string | undefined;
}

export function FieldControl(props: FieldControlProps) {
  const { id, field, path, value, isWrong, isEntry, describedBy } = props;
  const { edit, set, commit, revert } = useSchemaForm();
  const environment = environmentName(value);
  const typing = {
    id,
    error: isWrong,
    spellCheck: false,
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Escape') {
        revert();
        event.stopPropagation();
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || field.kind !== 'string'))
        commit();
      else if (event.key === 'Enter' && field.kind === 'string' && !field.isLong) commit();
    },
  };
  if (value === null && field.kind !== 'json')
    return <TextInput {...typing} value="null" readOnly classNames={{ input: 'hw-mono' }} />;
  if (environment !== undefined)
    return (
      <TextInput
        {...typing}
        value={environment}
        leftSection={<span className={css.prefix}>env</span>}
        leftSectionWidth={44}
        placeholder="NAME_OF_VARIABLE"
        classNames={{ input: 'hw-mono' }}
        onChange={(event) => edit(path, { env: event.currentTarget.value })}
      />
    );
  switch (field.kind) {
    case 'boolean':
      return (
        <Switch
          id={id}
          size="sm"
          checked={value === undefined ? field.default === true : value === true}
          onChange={(event) => set(path, event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          error={isWrong}
          data={[...new Set(field.options.map(optionText))]}
          value={value === undefined ? null : optionText(value)}
          placeholder={field.default === undefined ? 'Choose' : `${optionText(field.default)} (default)`}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear' }}
          allowDeselect={false}
          onChange={(text) =>
            set(path, text === null ? undefined : field.options.find((option) => optionText(option) === text))
          }
        />
      );
    case 'number':
      return <NumberControl field={field} path={path} value={value} isEntry={isEntry} typing={typing} />;
    case 'string': {
      const shared = {
        ...typing,
        value: value === undefined ? '' : textOf(value),
        placeholder: placeholderOf(
          field,
          field.format === undefined ? '' : (formatHints[field.format] ?? field.format),
        ),
      };
      const read = (text: string) => edit(path, text === '' && !isEntry ? undefined : text);
      return field.isLong ? (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => read(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} onChange={(event) => read(event.currentTarget.value)} />
      );
    }
    default:
      return (
        <SchemaJson
          id={id}
          label={String(path.at(-1) ?? 'Value')}
          value={value}
          problems={[]}
          onCommit={(next) => set(path, next)}
        />
      );
  }
}

const formatHints: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:30:00Z',
  time: '09:30:00',
  uri: 'https://example.org',
  email: 'name@example.org',
};

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const optionText = (option: Json): string => textOf(option);

const placeholderOf = (field: ConfigField, otherwise: string): string =>
  field.default === undefined || field.default === null ? otherwise : `${textOf(field.default)} (default)`;

function rangeText({ minimum, maximum }: Extract<ConfigField, { readonly kind: 'number' }>): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

interface NumberControlProps extends Pick<FieldControlProps, 'path' | 'value' | 'isEntry'> {
  readonly field: Extract<ConfigField, { readonly kind: 'number' }>;
  readonly typing: TextInputProps;
}

function NumberControl({ field, path, value, isEntry, typing }: NumberControlProps) {
  const { edit } = useSchemaForm();
  const [typed, setTyped] = useState('');
  const own = value === undefined ? '' : textOf(value);
  return (
    <TextInput
      {...typing}
      // "1." and "1.50" stay as they are typed.
      value={value !== undefined && readNumber(typed) === value ? typed : own}
      inputMode="decimal"
      placeholder={placeholderOf(field, rangeText(field))}
      classNames={{ input: 'hw-mono' }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        edit(path, readNumber(event.currentTarget.value) ?? (isEntry ? '' : undefined));
      }}
    />
  );
}

/** What is no number stays as it was typed, so that the check says so. */
function readNumber(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
