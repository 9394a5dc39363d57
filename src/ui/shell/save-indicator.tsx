// Says whether the log holds every edit; when it does not, why, and offers to try again.

import { Button } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconLoader2 } from '@tabler/icons-react';
import { unsavedText } from '#ui/kit/messages.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import css from './top-bar.module.css';

export function SaveIndicator() {
  const { documents } = useServices();
  const save = useDocument((state) => state.save);
  const isInMemory = useRuns((state) => state.storage.type === 'memory');
  return (
    <>
      <div className={css.save} data-state={save.type} role="status">
        {save.type === 'saved' ? (
          <>
            <IconCheck size={14} stroke={2} aria-hidden />
            {isInMemory ? 'In this tab only' : 'Saved'}
          </>
        ) : save.type === 'saving' ? (
          <>
            <IconLoader2 size={14} stroke={2} aria-hidden />
            Saving…
          </>
        ) : (
          <>
            <IconAlertCircle size={14} stroke={2} aria-hidden />
            <span className={css.saveText} title={unsavedText(save.reason)}>
              Not saved: {unsavedText(save.reason)}
            </span>
          </>
        )}
      </div>
      {save.type === 'unsaved' ? (
        <Button size="sm" variant="default" onClick={() => void documents.settled()}>
          Try again
        </Button>
      ) : null}
    </>
  );
}
