// Fields that check as you type and commit when you leave them or press Enter; Escape takes the typing back.

import { Autocomplete, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';

interface TextSettingProps {
  readonly label: string;
  /** What is around the field says it; only those who cannot see it are told. */
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly description?: string;
  readonly placeholder?: string;
  /** Several lines; Enter makes a new one and leaving the field commits. */
  readonly rows?: number;
  readonly isCode?: boolean;
  readonly suggestions?: readonly string[];
  /** The sentence that says why a text cannot stand. */
  problemOf(text: string): string | undefined;
  onCommit(text: string): void;
}

export function TextSetting(props: TextSettingProps) {
  const { label, value, description, placeholder, rows, isCode = false, suggestions, problemOf } = props;
  // What is typed belongs to the value it was typed over: another one, from an undo or a tab, replaces it.
  const [typed, setTyped] = useState<{ readonly over: string; readonly text: string }>();
  const text = typed?.over === value ? typed.text : value;
  const problem = text === value ? undefined : problemOf(text);
  const setText = (next: string) => setTyped({ over: value, text: next });
  const commit = () => {
    if (text !== value && problem === undefined) props.onCommit(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      setTyped(undefined);
      event.stopPropagation();
    } else if (event.key === 'Enter' && (rows === undefined || event.ctrlKey || event.metaKey)) commit();
  };
  const shared = {
    ...(props.isLabelHidden ? { 'aria-label': label, title: label } : { label }),
    value: text,
    error: problem,
    onBlur: commit,
    onKeyDown,
    spellCheck: !isCode,
    ...(description === undefined ? {} : { description }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(isCode ? { classNames: { input: 'hw-mono' } } : {}),
  };
  if (suggestions)
    return (
      <Autocomplete {...shared} data={[...suggestions]} onChange={setText} onOptionSubmit={props.onCommit} />
    );
  if (rows !== undefined)
    return (
      <Textarea
        {...shared}
        autosize
        minRows={rows}
        maxRows={12}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    );
  return <TextInput {...shared} onChange={(event) => setText(event.currentTarget.value)} />;
}

interface ListSettingProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly description?: string;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  problemOf(values: readonly string[]): string | undefined;
  onCommit(values: readonly string[]): void;
}

/** Enter or a comma adds what is typed, when it can stand. */
export function ListSetting(props: ListSettingProps) {
  const { label, values, description, placeholder, suggestions, problemOf, onCommit } = props;
  const [text, setText] = useState('');
  const problem = text.trim() === '' ? undefined : problemOf([...values, text.trim()]);
  return (
    <TagsInput
      size="sm"
      label={label}
      value={[...values]}
      searchValue={text}
      onSearchChange={setText}
      onChange={(next) => {
        if (problemOf(next) === undefined) onCommit(next);
      }}
      error={problem}
      splitChars={[',']}
      data={[...(suggestions ?? [])]}
      limit={50}
      clearable={false}
      {...(description === undefined ? {} : { description })}
      {...(placeholder === undefined || values.length > 0 ? {} : { placeholder })}
    />
  );
}
