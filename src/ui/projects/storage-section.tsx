// Where all of this is kept, how much room it takes, and one click that takes it all elsewhere.

import { Button, FileButton } from '@mantine/core';
import { IconArchive, IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import { formatPlural } from '#ui/kit/format.ts';
import { KeepRequest, StorageMeter } from '#ui/kit/storage-meter.tsx';
import css from './projects.module.css';
import { backupFileEnding, useProjectActions } from './use-project-actions.ts';

export function StorageSection({ count }: { readonly count: number }) {
  const actions = useProjectActions();
  const [isBusy, setIsBusy] = useState(false);
  const backUpAll = async () => {
    setIsBusy(true);
    await actions.backUpAll();
    setIsBusy(false);
  };
  return (
    <section aria-labelledby="storage-title">
      <h2 id="storage-title" className={css.sectionTitle}>
        Storage
      </h2>
      <div className={css.storage}>
        <div>
          <StorageMeter />
          <KeepRequest />
        </div>
        <div className={css.actions}>
          <FileButton
            accept={backupFileEnding}
            onChange={(file) => {
              if (file) void actions.restore(file);
            }}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconRestore size={16} stroke={1.5} />}>
                Restore
              </Button>
            )}
          </FileButton>
          <Button
            variant="default"
            loading={isBusy}
            leftSection={<IconArchive size={16} stroke={1.5} />}
            title="One file with every project, its runs and values"
            onClick={() => void backUpAll()}
          >
            Back up {count === 1 ? '1 project' : `all ${formatPlural(count, 'project')}`}
          </Button>
        </div>
      </div>
    </section>
  );
}
