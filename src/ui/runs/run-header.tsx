// The top of a run's page: status, timing, progress, and what can be done with it.

import { Button } from '@mantine/core';
import { IconChevronLeft, IconPlayerPlay, IconPlayerSkipForward, IconPlayerStop } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';
import { shortId } from '#ui/kit/links.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { isResumable, runDurationMs, stepsLeft, stepsText, targetText, triggerText } from './run-facts.ts';
import css from './run-header.module.css';

export function RunHeader({ run, now }: { readonly run: RunRecord; readonly now: number }) {
  const projectId = useDocument((state) => state.projectId);
  const durationMs = runDurationMs(run, now);
  return (
    <header className={css.header}>
      <div className={css.line}>
        {projectId === undefined ? null : (
          <Link className={css.back} to="/p/$projectId/runs" params={{ projectId }}>
            <IconChevronLeft size={16} stroke={1.75} aria-hidden />
            Runs
          </Link>
        )}
        <h1 className={css.title}>
          Run <span className={css.id}>{shortId(run.runId)}</span>
        </h1>
        <StatusBadge status={run.status} />
        <div className={css.space} />
        <RunActions run={run} />
      </div>
      <dl className={css.facts}>
        <Fact name="Target">{targetText(run)}</Fact>
        <Fact name="Started">
          <RelativeTime at={run.startedAt ?? run.createdAt} />
        </Fact>
        <Fact name="Duration">{durationMs === undefined ? 'Not started' : formatDuration(durationMs)}</Fact>
        <Fact name="Steps">{stepsText(run)}</Fact>
        <Fact name="Trigger">{triggerText(run)}</Fact>
        {Object.entries(run.tags).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RunActions({ run }: { readonly run: RunRecord }) {
  const launcher = useLauncher();
  const navigate = useNavigate();
  const projectId = useDocument((state) => state.projectId);
  const [isBusy, setIsBusy] = useState(false);
  if (projectId === undefined) return null;

  if (!isTerminal(run.status))
    return (
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} stroke={1.75} />}
        disabled={run.status === 'CANCELING'}
        onClick={() => void launcher.cancel(run.runId)}
      >
        Cancel run
      </Button>
    );

  const start = async (launch: () => ReturnType<typeof launcher.launch>) => {
    setIsBusy(true);
    const runId = await launch();
    setIsBusy(false);
    if (runId !== undefined)
      await navigate({ to: '/p/$projectId/runs/$runId', params: { projectId, runId } });
  };
  const left = stepsLeft(run) + run.failed + run.skipped;
  return (
    <>
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
        onClick={() =>
          void start(() =>
            launcher.launch(run.target === 'all' ? { type: 'all' } : { type: 'assets', ids: run.assetIds }),
          )
        }
      >
        Run again
      </Button>
      {isResumable(run.status) && left > 0 ? (
        <Button
          disabled={isBusy}
          leftSection={<IconPlayerSkipForward size={16} stroke={1.75} />}
          title={`Runs the ${formatPlural(left, 'step')} that did not succeed; the others stand`}
          onClick={() => void start(() => launcher.resume(run))}
        >
          Resume run
        </Button>
      ) : null}
    </>
  );
}
