// The environment values that a resource's fields name: set or missing, replaced, removed; never shown.

import { Button, PasswordInput } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Json } from '#model/document.ts';
import { envNamesOf } from '#model/env-reference.ts';
import { noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import css from './resources-page.module.css';

export function EnvironmentValues({ config }: { readonly config: Json | undefined }) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const names = [...envNamesOf(config)].sort();
  const [known, setKnown] = useState<ReadonlySet<string>>();
  useEffect(() => {
    let isCurrent = true;
    if (projectId !== undefined)
      workspace.listSecrets(projectId).then(
        (list) => {
          if (isCurrent) setKnown(new Set(list));
        },
        (thrown: unknown) => noticeFault('The environment values cannot be read', thrown),
      );
    return () => {
      isCurrent = false;
    };
  }, [workspace, projectId]);

  const put = async (name: string, value: string | undefined) => {
    if (projectId === undefined) return;
    try {
      const written = await workspace.putSecret(projectId, name, value);
      if (!written.ok) return noticeError(written.error, 'The value was not kept');
      setKnown(new Set(await workspace.listSecrets(projectId)));
    } catch (thrown) {
      noticeFault('The value was not kept', thrown);
    }
  };

  return (
    <section className={css.part} aria-label="Environment values">
      <h3 className={css.partTitle}>Environment values</h3>
      {names.length === 0 ? (
        <p className={css.hint}>
          A field may take its value from the environment, so that the project does not hold it: choose “from
          environment” beside the field.
        </p>
      ) : (
        <>
          <p className={css.hint}>
            Kept in this browser beside the project: no file, copy or log holds them. On the command line they
            are environment variables.
          </p>
          <ul className={css.values}>
            {names.map((name) => (
              <EnvironmentValue
                key={name}
                name={name}
                isSet={known?.has(name)}
                onPut={(value) => put(name, value)}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface EnvironmentValueProps {
  readonly name: string;
  /** Undefined until it is known. */
  readonly isSet: boolean | undefined;
  onPut(value: string | undefined): Promise<void>;
}

function EnvironmentValue({ name, isSet, onPut }: EnvironmentValueProps) {
  const [text, setText] = useState<string>();
  const isTyping = text !== undefined || isSet === false;
  const save = async () => {
    if (text === undefined || text === '') return;
    await onPut(text);
    setText(undefined);
  };
  return (
    <li className={css.value}>
      <div className={css.valueHead}>
        {isSet ? (
          <IconCircleCheck size={16} stroke={1.75} className={css.set} aria-hidden />
        ) : (
          <IconCircleDashed size={16} stroke={1.75} className={css.missing} aria-hidden />
        )}
        <span className={`hw-mono ${css.valueName}`}>{name}</span>
        <span className={css.valueState}>{isSet === undefined ? '' : isSet ? 'Set' : 'Missing'}</span>
        {isSet && text === undefined ? (
          <>
            <Button size="xs" variant="subtle" onClick={() => setText('')}>
              Replace
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => void onPut(undefined)}>
              Remove
            </Button>
          </>
        ) : null}
      </div>
      {isTyping ? (
        <form
          className={css.valueForm}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <PasswordInput
            className={css.valueInput}
            size="sm"
            aria-label={`Value of ${name}`}
            placeholder="Value"
            autoComplete="off"
            value={text ?? ''}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText(undefined);
            }}
          />
          <Button type="submit" size="sm" variant="default" disabled={(text ?? '') === ''}>
            Save
          </Button>
        </form>
      ) : null}
    </li>
  );
}
