// Starting and stopping runs, and how far the one under way is.

import { Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import type { RunRecord } from '#model/events.ts';
import { isMadeHere } from '#model/made-here.ts';
import type { DocumentState } from '#state/document-store.ts';
import { activeRun } from '#state/runs-store.ts';
import { formatCount, formatDuration, formatPlural } from '#ui/kit/format.ts';
import { keysText } from '#ui/kit/key-hint.tsx';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { shortcuts } from '#ui/kit/shortcuts.ts';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import { useCanvas } from './canvas-store.ts';
import { useGraphCommands } from './graph-commands.tsx';
import css from './toolbar.module.css';
import { useRunActions } from './use-run-actions.ts';

export function RunToolbar() {
  const { launches } = useGraphCommands();
  const run = useRuns(activeRun);
  const selected = useSession((state) => state.selectedAssets);
  const assetCount = useDocument(materializableCount);
  const isLaunching = useCanvas((state) => state.isLaunching);
  return (
    <Panel position="top-right" className={`${css.bar} ${css.runs}`}>
      {run ? <RunProgress run={run} /> : null}
      {selected.size > 0 ? (
        <Tooltip
          label={`Materialize ${formatPlural(selected.size, 'asset')} (${keysText(shortcuts.materializeSelected.keys)})`}
        >
          <Button
            variant="default"
            disabled={isLaunching}
            onClick={() => void launches.launch([...selected])}
          >
            Materialize selected
          </Button>
        </Tooltip>
      ) : null}
      <Button.Group>
        <Tooltip
          label={
            assetCount === 0
              ? 'Add an asset first'
              : `Materialize ${formatPlural(assetCount, 'asset')} (${keysText(shortcuts.materializeAll.keys)})`
          }
        >
          <Button
            leftSection={<IconPlayerPlayFilled size={12} />}
            disabled={isLaunching || assetCount === 0}
            onClick={() => void launches.launch('all')}
          >
            Materialize all
          </Button>
        </Tooltip>
        <LaunchMenu disabled={isLaunching || assetCount === 0} />
      </Button.Group>
    </Panel>
  );
}

function LaunchMenu({ disabled }: { readonly disabled: boolean }) {
  return (
    <Menu position="bottom-end" width={320} withinPortal>
      <Menu.Target>
        <Tooltip label="More ways to materialize">
          <Button className={css.more ?? ''} aria-label="More ways to materialize" disabled={disabled}>
            <IconChevronDown size={14} stroke={2} />
          </Button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <LaunchItems />
      </Menu.Dropdown>
    </Menu>
  );
}

const abouts: Readonly<Record<string, string>> = {
  'materialize-stale': 'Out of date, failed or never made, and what reads it',
  'materialize-up-to': 'The selected assets and all they depend on',
  'materialize-from': 'The selected assets and all that depends on them',
  'preview-plan': 'See what will run, and why, before it does',
};

function LaunchItems() {
  // Asked when the menu opens: the counts follow the graph and its states.
  const commands = useGraphCommands().list();
  return Object.entries(abouts).map(([id, about]) => {
    const command = commands.find((candidate) => candidate.id === id);
    if (!command) return null;
    return (
      <Menu.Item
        key={id}
        disabled={command.isEnabled === false}
        onClick={command.run}
        rightSection={command.keys ? <span className={css.keys}>{keysText(command.keys)}</span> : null}
      >
        {command.label}
        <div className={css.about}>{about}</div>
      </Menu.Item>
    );
  });
}

function RunProgress({ run }: { readonly run: RunRecord }) {
  const actions = useRunActions();
  const now = useEverySecond(true);
  const done = run.succeeded + run.failed + run.skipped;
  const elapsed = Math.max(0, now - (run.startedAt ?? run.createdAt));
  const seconds = Math.floor(elapsed / 1000);
  const time = seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
  return (
    <>
      <div className={css.progress}>
        <span>
          {run.status === 'QUEUED'
            ? 'Queued'
            : `${formatCount(done)} of ${formatCount(run.stepCount)} · ${time}`}
        </span>
        {run.failed > 0 ? <span className={css.failed}>{formatPlural(run.failed, 'failure')}</span> : null}
        <div
          className={css.meter}
          role="progressbar"
          aria-label="Run"
          aria-valuenow={done}
          aria-valuemin={0}
          aria-valuemax={run.stepCount}
        >
          <div style={{ width: `${run.stepCount === 0 ? 0 : (done / run.stepCount) * 100}%` }} />
        </div>
      </div>
      <Button
        variant="default"
        leftSection={<IconPlayerStopFilled size={12} />}
        loading={run.status === 'CANCELING'}
        onClick={() => void actions.cancel(run.runId)}
      >
        Cancel run
      </Button>
    </>
  );
}

function materializableCount({ document }: DocumentState): number {
  let count = 0;
  for (const asset of document.assets.values()) if (isMadeHere(document, asset)) count++;
  return count;
}
