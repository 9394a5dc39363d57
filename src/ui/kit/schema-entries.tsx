// The entries of a list, and of an object with names of the author's own.

import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import type { ConfigField } from '#model/config/config-field.ts';
import { type ConfigPath, valueAt } from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';
import css from './schema-form.module.css';
import { useSchemaForm } from './schema-form-context.ts';

export interface FieldViewProps {
  readonly field: ConfigField;
  readonly path: ConfigPath;
  readonly name: string;
  readonly isRequired?: boolean;
  /** Of a list or of names of the author's own: emptied, it stays. */
  readonly isEntry?: boolean;
}

interface EntriesProps<Kind extends ConfigField['kind']> {
  readonly field: Extract<ConfigField, { readonly kind: Kind }>;
  readonly path: ConfigPath;
  /** What shows each entry. */
  readonly Field: ComponentType<FieldViewProps>;
}

export function ArrayEntries({ field, path, Field }: EntriesProps<'array'>) {
  const { draft, set } = useSchemaForm();
  const given = valueAt(draft, path);
  // An entry of a list is known by its place alone.
  const places = Array.isArray(given) ? given.map((_, place) => place) : [];
  return (
    <>
      {places.map((place) => (
        <Entry key={place} path={[...path, place]}>
          <Field field={field.items} path={[...path, place]} name={String(place + 1)} isEntry />
        </Entry>
      ))}
      <AddButton
        label="Add an entry"
        onClick={() => set([...path, places.length], emptyValue(field.items))}
      />
    </>
  );
}

export function RecordEntries({ field, path, Field }: EntriesProps<'record'>) {
  const { draft, set } = useSchemaForm();
  const [name, setName] = useState('');
  const given = valueAt(draft, path);
  const names =
    typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.keys(given) : [];
  const add = () => {
    if (name === '' || names.includes(name)) return;
    set([...path, name], emptyValue(field.values));
    setName('');
  };
  return (
    <>
      {names.map((entry) => (
        <Entry key={entry} path={[...path, entry]}>
          <Field field={field.values} path={[...path, entry]} name={entry} isEntry />
        </Entry>
      ))}
      <div className={css.newEntry}>
        <TextInput
          aria-label="Name of a new entry"
          placeholder="Name of a new entry"
          value={name}
          spellCheck={false}
          error={names.includes(name) ? 'There is an entry of this name already.' : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <AddButton label="Add" isDisabled={name === '' || names.includes(name)} onClick={add} />
      </div>
    </>
  );
}

function Entry({ path, children }: { readonly path: ConfigPath; readonly children: ReactNode }) {
  const { set } = useSchemaForm();
  const name = path.at(-1);
  return (
    <div className={css.entry}>
      {children}
      <ActionIcon
        aria-label={`Remove ${typeof name === 'number' ? `entry ${name + 1}` : name}`}
        title="Remove"
        onClick={() => set(path, undefined)}
      >
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}

interface AddButtonProps {
  readonly label: string;
  readonly isDisabled?: boolean;
  onClick(): void;
}

const AddButton = ({ label, isDisabled = false, onClick }: AddButtonProps) => (
  <Button
    className={css.add}
    variant="default"
    size="xs"
    leftSection={<IconPlus size={14} />}
    disabled={isDisabled}
    onClick={onClick}
  >
    {label}
  </Button>
);

/** What a new entry begins as. */
function emptyValue(field: ConfigField): Json {
  if (field.default !== undefined) return field.default;
  switch (field.kind) {
    case 'string':
      return '';
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'choice':
      return field.options[0] ?? null;
    case 'object':
    case 'record':
      return {};
    default:
      return null;
  }
}
