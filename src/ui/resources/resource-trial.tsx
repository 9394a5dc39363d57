// The test button: makes the resource as a run would, and says how that went.

import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import type { ResourceTrial as Trial } from '#engine/try-resource.ts';
import { formatDuration } from '#ui/kit/format.ts';
import { noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import css from './resources-page.module.css';

/** Commits what is being typed first, so that what is seen is what is tested. */
export function ResourceTrial({ resource }: { readonly resource: string }) {
  const { workspace, documents } = useServices();
  const [isRunning, setIsRunning] = useState(false);
  const [trial, setTrial] = useState<Trial>();
  const start = async () => {
    setIsRunning(true);
    try {
      const { projectId } = documents.store.getState();
      if ((await documents.settled()) && projectId !== undefined)
        setTrial(await workspace.tryResource(projectId, resource));
      else noticeFault('The resource was not tested', 'Your latest changes are not saved yet.');
    } catch (thrown) {
      noticeFault('The resource was not tested', thrown);
    }
    setIsRunning(false);
  };
  return (
    <section className={css.part} aria-label="Test">
      <div className={css.partHead}>
        <h3 className={css.partTitle}>Test</h3>
        <Button
          size="xs"
          variant="default"
          loading={isRunning}
          leftSection={<IconTestPipe size={14} stroke={1.75} aria-hidden />}
          onClick={() => void start()}
        >
          Test resource
        </Button>
      </div>
      <div role="status" className={css.trial}>
        {trial ? (
          <>
            <p className={css.trialResult} data-ok={trial.ok}>
              {trial.ok ? (
                <IconCircleCheck size={16} stroke={1.75} aria-hidden />
              ) : (
                <IconCircleX size={16} stroke={1.75} aria-hidden />
              )}
              {trial.ok ? 'Made, set up and torn down' : 'It cannot be used'} in{' '}
              {formatDuration(trial.durationMs)}
            </p>
            {trial.problem === undefined ? null : <p className={css.trialProblem}>{trial.problem}</p>}
            {trial.logs.length === 0 ? null : (
              <pre className={css.trialLog}>
                {trial.logs.map(({ level, message }) => `${level.padEnd(7)} ${message}`).join('\n')}
              </pre>
            )}
          </>
        ) : (
          <p className={css.hint}>
            Makes an instance as a run would, sets it up and tears it down. No asset is materialized.
          </p>
        )}
      </div>
    </section>
  );
}
