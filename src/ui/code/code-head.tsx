// The head of the Code page: what the code is for, and what can be done with all of it.

import { Button, NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { IconDownload, IconFolderDown } from '@tabler/icons-react';
import { useState } from 'react';
import { type ExecutorName, executorNames, executors } from '#interop/dagster/executors.ts';
import type { CodeTarget } from '#interop/project-code.ts';
import list from '#ui/kit/list-page.module.css';
import { useProjectActions } from '#ui/projects/use-project-actions.ts';
import css from './code-page.module.css';
import { useWriteFolder } from './use-write-folder.ts';

const executorLabels: Readonly<Record<ExecutorName, string>> = {
  'in-process': 'In-process',
  multiprocess: 'Multiprocess',
  celery: 'Celery',
  dask: 'Dask',
  kubernetes: 'Kubernetes',
};

interface CodeHeadProps {
  readonly target: CodeTarget;
  /** How many files of what. */
  readonly count: string;
  /** Undefined while there is nothing to compare with. */
  readonly isComparing: boolean | undefined;
  readonly isWritable: boolean;
  onTarget(target: CodeTarget): void;
  onCompare(isOn: boolean): void;
  /** An export has ended, whether or not something was written. */
  onEnded(): void;
}

export function CodeHead(props: CodeHeadProps) {
  const { target, count, isComparing, isWritable, onTarget, onCompare, onEnded } = props;
  const actions = useProjectActions();
  const { write, isOffered } = useWriteFolder();
  const [isBusy, setIsBusy] = useState(false);
  const busily = async (act: () => Promise<void>) => {
    setIsBusy(true);
    await act();
    setIsBusy(false);
    onEnded();
  };
  const executor = target.type === 'dagster' ? target.executor : undefined;
  return (
    <header className={list.head}>
      <h1 className={list.title}>Code</h1>
      <SegmentedControl
        size="xs"
        aria-label="Export as"
        data={[
          { value: 'typescript', label: 'TypeScript' },
          { value: 'dagster', label: 'Dagster' },
        ]}
        value={target.type}
        onChange={(type) =>
          onTarget(
            type === 'dagster'
              ? { type: 'dagster', executor: executor ?? 'multiprocess' }
              : { type: 'typescript' },
          )
        }
      />
      {executor === undefined ? null : (
        <NativeSelect
          size="xs"
          aria-label="Executor"
          title={executors[executor].needs}
          value={executor}
          data={executorNames.map((name) => ({ value: name, label: executorLabels[name] }))}
          onChange={(event) => {
            const name = executorNames.find((each) => each === event.currentTarget.value);
            if (name) onTarget({ ...target, type: 'dagster', executor: name });
          }}
        />
      )}
      <span className={`${list.count} ${css.count}`} role="status" title={count}>
        {count}
      </span>
      <div className={list.filters}>
        {isComparing === undefined ? null : (
          <Switch
            label="Changes since the last export"
            checked={isComparing}
            onChange={(event) => onCompare(event.currentTarget.checked)}
          />
        )}
        {isOffered ? (
          <Button
            variant="default"
            leftSection={<IconFolderDown size={16} stroke={1.5} />}
            disabled={isBusy || !isWritable}
            onClick={() => void busily(() => write(target))}
          >
            Write to a folder
          </Button>
        ) : null}
        <Button
          leftSection={<IconDownload size={16} stroke={1.5} />}
          disabled={isBusy || !isWritable}
          onClick={() => void busily(() => actions.exportCode(target))}
        >
          Download zip
        </Button>
      </div>
    </header>
  );
}
