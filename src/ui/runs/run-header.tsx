// The top of a run's page: status, timing, progress, and what can be done with it.

import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconPlayerStop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isTerminal, type RunConfig, type RunRecord } from '#model/events.ts';
import { asRunId } from '#model/ids.ts';
import back from '#ui/kit/back-link.module.css';
import { formatDuration, formatPlural } from '#ui/kit/format.ts';
import { JsonTree } from '#ui/kit/json-tree.tsx';
import { RunLink, shortId } from '#ui/kit/links.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument } from '#ui/kit/services.tsx';
import { StatusBadge } from '#ui/kit/status-icon.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { ReexecuteMenu } from './reexecute-menu.tsx';
import { runDurationMs, stepsText, targetText, triggerText } from './run-facts.ts';
import css from './run-header.module.css';
import type { StepRow } from './step-rows.ts';

interface RunHeaderProps {
  readonly run: RunRecord;
  readonly now: number;
  readonly rows: readonly StepRow[] | undefined;
  /** Keys of the steps that are selected below. */
  readonly selected: ReadonlySet<string>;
}

export function RunHeader(props: RunHeaderProps) {
  const { run, now } = props;
  const projectId = useDocument((state) => state.projectId);
  const durationMs = runDurationMs(run, now);
  return (
    <header className={css.header}>
      <div className={css.line}>
        {projectId === undefined ? null : (
          <Link className={back.back} to="/p/$projectId/runs" params={{ projectId }}>
            <IconChevronLeft size={16} stroke={1.75} aria-hidden />
            Runs
          </Link>
        )}
        <h1 className={css.title}>
          Run <span className={css.id}>{shortId(run.runId)}</span>
        </h1>
        <StatusBadge status={run.status} />
        <div className={css.space} />
        <RunActions {...props} />
      </div>
      <dl className={css.facts}>
        <Fact name="Target">{targetText(run)}</Fact>
        <Fact name="Started">
          <RelativeTime at={run.startedAt ?? run.createdAt} />
        </Fact>
        <Fact name="Duration">{durationMs === undefined ? 'Not started' : formatDuration(durationMs)}</Fact>
        <Fact name="Steps">{stepsText(run)}</Fact>
        <Fact name="Trigger">{triggerText(run)}</Fact>
        {run.config?.assets === undefined ? null : <ConfigFact assets={run.config.assets} />}
        {Object.entries(run.tags).map(([name, value]) => (
          <Tag key={name} name={name} value={value} />
        ))}
      </dl>
    </header>
  );
}

interface FactProps {
  readonly name: string;
  readonly title?: string;
  readonly children: ReactNode;
}

function Fact({ name, title, children }: FactProps) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the launch gave; bodies that it does not name ran with their default. */
function ConfigFact({ assets }: { readonly assets: NonNullable<RunConfig['assets']> }) {
  const names = Object.keys(assets);
  return (
    <Fact name="Config">
      <Popover position="bottom-start" width={420} withinPortal>
        <Popover.Target>
          <UnstyledButton className={css.config}>
            {names.length === 1 ? names[0] : formatPlural(names.length, 'body', 'bodies')}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={css.configs}>
          {names.map((name) => (
            <section key={name}>
              <h3 className="hw-mono">{name}</h3>
              <JsonTree value={assets[name] ?? null} />
            </section>
          ))}
          <p className={css.menuHint}>What is not named here ran with its default config.</p>
        </Popover.Dropdown>
      </Popover>
    </Fact>
  );
}

function RunActions({ run, rows, selected }: RunHeaderProps) {
  const launcher = useLauncher();
  if (isTerminal(run.status)) return <ReexecuteMenu run={run} rows={rows} selected={selected} />;
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
}

const tagNames: Readonly<Record<string, string>> = {
  'dagster/parent_run_id': 'Re-executes',
  'dagster/root_run_id': 'First run',
  'dagster/is_resume_retry': 'From failure',
  'dagster/step_selection': 'Selected steps',
};

/** The tags of Dagster's that link runs are shown as links, in words. */
function Tag({ name, value }: { readonly name: string; readonly value: string }) {
  const isRun = name === 'dagster/parent_run_id' || name === 'dagster/root_run_id';
  return (
    <Fact name={tagNames[name] ?? name} title={name}>
      {isRun ? (
        <RunLink runId={asRunId(value)} />
      ) : name === 'dagster/is_resume_retry' ? (
        'Yes'
      ) : (
        <span title={value}>{value}</span>
      )}
    </Fact>
  );
}
