// Runs an ended run again: all of it, what did not succeed, or the steps that are selected.

import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlayerPlay, IconPlayerSkipForward, IconRepeat } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { checksOfSteps } from '#model/checks/checks-of-steps.ts';
import type { RunRecord } from '#model/events.ts';
import type { AssetId, CheckId } from '#model/ids.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { isResumable } from './run-facts.ts';
import css from './run-header.module.css';
import type { StepRow } from './step-rows.ts';

interface ReexecuteMenuProps {
  readonly run: RunRecord;
  /** Undefined while the events of the run are being read. */
  readonly rows: readonly StepRow[] | undefined;
  readonly selected: ReadonlySet<string>;
}

export function ReexecuteMenu({ run, rows, selected }: ReexecuteMenuProps) {
  const launcher = useLauncher();
  const router = useRouter();
  const projectId = useDocument((state) => state.projectId);
  const document = useDocument((state) => state.document);
  const { assets } = document;
  const [isBusy, setIsBusy] = useState(false);
  if (projectId === undefined) return null;

  const stillThere = (ids: readonly AssetId[]) => ids.filter((id) => assets.has(id));
  const idsOf = (wanted: (row: StepRow) => boolean) =>
    (rows ?? []).flatMap((row) => (wanted(row) && row.assetId !== undefined ? [row.assetId] : []));
  const all = stillThere(run.assetIds);
  // A run of checks alone makes no asset: its checks run again.
  const checks =
    run.assetIds.length > 0 ? [] : checksOfSteps(document, new Set((rows ?? []).map((row) => row.stepKey)));
  const left = isResumable(run.status) ? stillThere(idsOf(({ status }) => status !== 'SUCCESS')) : [];
  const chosen = stillThere(idsOf(({ stepKey }) => selected.has(stepKey)));

  const start = async (
    strategy: 'ALL_STEPS' | 'FROM_FAILURE' | 'SELECTED_STEPS',
    ids: readonly AssetId[] | { readonly checks: readonly CheckId[] },
  ) => {
    setIsBusy(true);
    const { href } = router.latestLocation;
    const runId = await launcher.reexecute(run, strategy, ids);
    setIsBusy(false);
    // Who has gone elsewhere meanwhile is not called back.
    if (runId !== undefined && router.latestLocation.href === href)
      await router.navigate({ to: '/p/$projectId/runs/$runId', params: { projectId, runId } });
  };
  if (checks.length > 0)
    return (
      <Button
        disabled={isBusy}
        leftSection={<IconRepeat size={16} stroke={1.75} />}
        title="Runs them on what is stored now"
        onClick={() => void start('ALL_STEPS', { checks })}
      >
        Run {formatPlural(checks.length, 'check')} again
      </Button>
    );
  const isFailure = left.length > 0;
  return (
    <div className={css.split}>
      <Button
        disabled={isBusy || all.length === 0}
        className={css.splitMain}
        leftSection={
          isFailure ? (
            <IconPlayerSkipForward size={16} stroke={1.75} />
          ) : (
            <IconPlayerPlay size={16} stroke={1.75} />
          )
        }
        title={
          isFailure
            ? `Runs the ${formatPlural(left.length, 'step')} that did not succeed; the others stand`
            : `Runs ${formatPlural(all.length, 'step')} with the code as it is now`
        }
        onClick={() => void (isFailure ? start('FROM_FAILURE', left) : start('ALL_STEPS', all))}
      >
        {isFailure ? 'Re-execute from failure' : 'Re-execute all'}
      </Button>
      <Menu position="bottom-end" width={296}>
        <Menu.Target>
          <Button
            disabled={isBusy || all.length === 0}
            className={css.splitMore}
            aria-label="More ways to re-execute"
          >
            <IconChevronDown size={16} stroke={1.75} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRepeat size={16} stroke={1.5} />}
            rightSection={<Count of={all.length} />}
            onClick={() => void start('ALL_STEPS', all)}
          >
            Re-execute all
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerSkipForward size={16} stroke={1.5} />}
            rightSection={<Count of={left.length} />}
            disabled={!isFailure}
            onClick={() => void start('FROM_FAILURE', left)}
          >
            Re-execute from failure
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
            rightSection={<Count of={chosen.length} />}
            disabled={chosen.length === 0}
            onClick={() => void start('SELECTED_STEPS', chosen)}
          >
            Re-execute selected steps
          </Menu.Item>
          {chosen.length === 0 ? (
            <p className={css.menuHint}>Select steps in the timeline or the table first.</p>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

const Count = ({ of }: { readonly of: number }) => (
  <span className={css.menuCount}>{formatPlural(of, 'step')}</span>
);
