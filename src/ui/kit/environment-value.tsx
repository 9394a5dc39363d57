// One environment value: set or missing, replaced, removed; never shown.

import { Button, PasswordInput } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ProjectId } from '#model/ids.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import css from './environment-value.module.css';
import { noticeError, noticeFault } from './notices.ts';
import { useServices } from './services.tsx';

interface EnvironmentValueProps {
  readonly projectId: ProjectId;
  readonly name: string;
  /** Undefined until it is known. */
  readonly isSet: boolean | undefined;
  /** Only to be removed: nothing would read a new one. */
  readonly isFixed?: boolean;
  /** What else there is to say of it. */
  readonly facts?: ReactNode;
  /** What is no longer to be had without it. */
  readonly warning: ReactNode;
  /** After it was set or removed. */
  onChanged(): void;
}

export function EnvironmentValue(props: EnvironmentValueProps) {
  const { projectId, name, isSet, isFixed = false, facts, warning, onChanged } = props;
  const { workspace } = useServices();
  const [text, setText] = useState<string>();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const isTyping = !isFixed && (text !== undefined || isSet === false);

  const put = async (value: string | undefined, failure: string): Promise<boolean> => {
    setIsBusy(true);
    try {
      const written = await workspace.putSecret(projectId, name, value);
      if (written.ok) onChanged();
      else noticeError(written.error, failure);
      return written.ok;
    } catch (thrown) {
      noticeFault(failure, thrown);
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  const save = async () => {
    if (text === undefined || text === '') return;
    if (await put(text, 'The value was not kept')) setText(undefined);
  };
  const remove = async () => {
    await put(undefined, 'The value was not removed');
    setIsAsking(false);
  };

  return (
    <li className={css.value}>
      <div className={css.head}>
        {isSet ? (
          <IconCircleCheck size={16} stroke={1.75} className={css.set} aria-hidden />
        ) : (
          <IconCircleDashed size={16} stroke={1.75} className={css.missing} aria-hidden />
        )}
        <span className={`hw-mono ${css.name}`} title={name}>
          {name}
        </span>
        <span className={css.state}>{isSet === undefined ? '' : isSet ? 'Set' : 'Missing'}</span>
        {isSet && text === undefined ? (
          <>
            {isFixed ? null : (
              <Button
                size="xs"
                variant="subtle"
                aria-label={`Replace the value of ${name}`}
                onClick={() => setText('')}
              >
                Replace
              </Button>
            )}
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={`Remove the value of ${name}`}
              onClick={() => setIsAsking(true)}
            >
              Remove
            </Button>
          </>
        ) : null}
      </div>
      {facts === undefined ? null : <div className={css.facts}>{facts}</div>}
      {isTyping ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <PasswordInput
            className={css.input}
            size="sm"
            aria-label={`Value of ${name}`}
            placeholder={isSet ? 'New value' : 'Value'}
            autoComplete="off"
            autoFocus={isSet === true}
            value={text ?? ''}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText(undefined);
            }}
          />
          <Button type="submit" size="sm" variant="default" loading={isBusy} disabled={(text ?? '') === ''}>
            Save
          </Button>
          {isSet ? (
            <Button size="sm" variant="subtle" color="gray" onClick={() => setText(undefined)}>
              Cancel
            </Button>
          ) : null}
        </form>
      ) : null}
      <ConfirmDialog
        opened={isAsking}
        title={`Remove the value of ${name}?`}
        confirmLabel="Remove value"
        danger
        busy={isBusy}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => void remove()}
      >
        {warning} The value is never shown, so this cannot be undone.
      </ConfirmDialog>
    </li>
  );
}
