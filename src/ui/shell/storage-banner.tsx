// Says at the top of every page that work is not safe, and what to do about it.

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { messageOf } from '#ui/kit/messages.ts';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { useProjectActions } from '#ui/projects/use-project-actions.ts';
import css from './top-bar.module.css';

export function StorageBanner() {
  const storage = useRuns((state) => state.storage);
  const projectId = useDocument((state) => state.projectId);
  const name = useDocument((state) => state.document.info.name);
  const actions = useProjectActions();
  const [isRead, setIsRead] = useState(false);
  if (storage.type === 'durable')
    return storage.restored === undefined || isRead ? null : (
      <RestoredBanner names={storage.restored} onClose={() => setIsRead(true)} />
    );
  const isFailing = storage.type === 'failing';
  const message = isFailing ? messageOf(storage.error) : undefined;
  return (
    <div className={css.banner} data-tone={isFailing ? 'bad' : 'warn'} role="alert">
      <IconAlertTriangle size={16} stroke={1.75} className={css.bannerIcon} aria-hidden />
      <div className={css.bannerText}>
        <strong>
          {message ? message.title : `Memory only: ${storage.type === 'memory' ? storage.reason : ''}`}
        </strong>{' '}
        {message
          ? message.next
          : 'Projects, runs and values are gone when this tab closes. Save what you want to keep to a file.'}
      </div>
      {projectId === undefined ? null : (
        <>
          <Button size="sm" variant="default" onClick={() => void actions.backUp(projectId, name)}>
            Back up project
          </Button>
          <Button size="sm" variant="default" onClick={() => void actions.saveToFile(projectId, name)}>
            Save to file
          </Button>
        </>
      )}
    </div>
  );
}

function RestoredBanner({ names, onClose }: { readonly names: readonly string[]; onClose(): void }) {
  return (
    <div className={css.banner} data-tone="warn" role="alert">
      <IconAlertTriangle size={16} stroke={1.75} className={css.bannerIcon} aria-hidden />
      <div className={css.bannerText}>
        <strong>The browser had lost its database.</strong>{' '}
        {names.length === 1 ? `“${names[0]}” is` : `${names.length} projects are`} back from a copy, without
        runs and values. Materialize again, or restore a backup.
      </div>
      <Button size="sm" variant="default" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
