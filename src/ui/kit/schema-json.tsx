// A JSON value as text. What is no JSON is said and not committed.

import { Textarea } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { type ConfigProblem, problemSentence } from '#model/config/config-path.ts';
import type { Json } from '#model/document.ts';
import css from './schema-form.module.css';

interface SchemaJsonProps {
  readonly label: string;
  readonly id?: string;
  readonly value: Json | undefined;
  readonly problems: readonly ConfigProblem[];
  onCommit(value: Json | undefined): void;
}

export function SchemaJson({ label, id, value, problems, onCommit }: SchemaJsonProps) {
  const shown = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [typed, setTyped] = useState<{ readonly over: string; readonly text: string }>();
  const text = typed?.over === shown ? typed.text : shown;
  const parsed = parse(text);
  const commit = () => {
    if (text !== shown && parsed.problem === undefined) onCommit(parsed.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && text !== shown) {
      setTyped(undefined);
      event.stopPropagation();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit();
  };
  return (
    <>
      <Textarea
        {...(id === undefined ? {} : { id })}
        aria-label={label}
        value={text}
        autosize
        minRows={2}
        maxRows={16}
        spellCheck={false}
        placeholder="{ }"
        classNames={{ input: 'hw-mono' }}
        error={parsed.problem}
        onChange={(event) => setTyped({ over: shown, text: event.currentTarget.value })}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {parsed.problem === undefined && text === shown
        ? problems.map((problem) => (
            <p key={problemSentence(problem)} className={css.problem} role="alert">
              {problemSentence(problem)}
            </p>
          ))
        : null}
    </>
  );
}

function parse(text: string): { readonly value?: Json; readonly problem?: string } {
  if (text.trim() === '') return {};
  try {
    return { value: JSON.parse(text) as Json };
  } catch (thrown) {
    return { problem: `This is not JSON: ${thrown instanceof Error ? thrown.message : ''}.` };
  }
}
