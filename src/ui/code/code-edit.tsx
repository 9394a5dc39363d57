// A file of the project's code being edited. What is applied becomes one step of the graph's history.

import { Button } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { commandOfEdit } from '#interop/typescript/edit-project.ts';
import { fileNames } from '#interop/typescript/file-names.ts';
import type { ReadProblem } from '#interop/typescript/read-project.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { noticeError } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import css from './code-edit.module.css';
import { codeLines } from './code-spans.ts';
import { CodeLines } from './code-view.tsx';

interface CodeEditProps {
  readonly path: string;
  readonly text: string;
  /** Answers with where the file lies now: a new key moves it. */
  onDone(path: string): void;
}

export function CodeEdit({ path, text: original, onDone }: CodeEditProps) {
  const { documents, newId } = useServices();
  const [text, setText] = useState(original);
  const [problems, setProblems] = useState<readonly ReadProblem[]>([]);
  const lines = useMemo(() => codeLines(text), [text]);

  const apply = () => {
    flushDrafts(documents);
    const { document } = documents.store.getState();
    const command = commandOfEdit(document, path, text, newId);
    if (!command.ok) return setProblems(command.error);
    if (command.value.changes.length === 0) return onDone(path);
    const names = fileNames(document);
    const asset = [...names.assets].find(([, name]) => name.path === path)?.[0];
    const unit = [...names.units].find(([, name]) => name.path === path)?.[0];
    const error = documents.run(command.value);
    if (error) return noticeError(error, 'The edit was not applied');
    const now = fileNames(documents.store.getState().document);
    const moved =
      asset !== undefined ? now.assets.get(asset) : unit !== undefined ? now.units.get(unit) : undefined;
    onDone(moved?.path ?? path);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      apply();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (text === original) onDone(path);
    }
  };

  return (
    <div className={css.edit}>
      <div className={css.sheet}>
        <div className={css.layers}>
          <CodeLines lines={lines} />
          <textarea
            className={css.input}
            aria-label={`Text of ${path}`}
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            wrap="off"
            // biome-ignore lint/a11y/noAutofocus: editing was asked for
            autoFocus
            onChange={(event) => {
              setText(event.currentTarget.value);
              setProblems([]);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      {problems.length > 0 ? (
        <ul className={css.problems} role="alert">
          {problems.slice(0, 5).map((problem) => (
            <li key={`${problem.path} ${problem.line} ${problem.message}`}>
              <span className={css.place}>
                {problem.path === path ? `Line ${problem.line}` : `${problem.path}, line ${problem.line}`}
              </span>
              {problem.message}
            </li>
          ))}
        </ul>
      ) : null}
      <div className={css.foot}>
        <span className={css.hint}>Parsed, never run. One step to undo.</span>
        <Button variant="default" onClick={() => onDone(path)}>
          Cancel
        </Button>
        <Button onClick={apply} disabled={text === original}>
          Apply to the graph
        </Button>
      </div>
    </div>
  );
}
