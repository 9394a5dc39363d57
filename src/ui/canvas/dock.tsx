// The dock beneath the canvas: what is wrong, and what the run says.

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { DockTab } from '#state/session-store.ts';
import { formatCount } from '#ui/kit/format.ts';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { useServices, useSession } from '#ui/kit/services.tsx';
import css from './dock.module.css';
import { LogsPanel, ShownRun } from './logs-panel.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { useProblems } from './use-problems.tsx';

const ScratchpadPanel = lazy(async () => ({
  default: (await import('#ui/scratchpad/scratchpad-panel.tsx')).ScratchpadPanel,
}));

const labels: Readonly<Record<DockTab, string>> = {
  problems: 'Problems',
  logs: 'Logs',
  scratchpad: 'Scratchpad',
};

export function Dock() {
  const tab = useSession((state) => state.dockTab);
  return (
    <section className={`nokey ${css.dock}`} aria-label="Dock">
      <DockTabs />
      <div className={css.panel} role="tabpanel" id="dock-panel" aria-label={labels[tab]}>
        {tab === 'logs' ? (
          <LogsPanel />
        ) : tab === 'problems' ? (
          <ProblemsPanel />
        ) : (
          <Suspense fallback={<LoadingState label="Opening the scratchpad" />}>
            <ScratchpadPanel />
          </Suspense>
        )}
      </div>
    </section>
  );
}

/** The dock's tabs; all that is left of it while it is closed. */
export function DockTabs() {
  const { session } = useServices();
  const tab = useSession((state) => state.dockTab);
  const open = useSession((state) => state.dockOpen);
  const problemCount = useProblems().length;
  const tabs: readonly { name: DockTab; label: string; count: number; tone?: string }[] = [
    {
      name: 'problems',
      label: labels.problems,
      count: problemCount,
      ...(problemCount > 0 ? { tone: 'red' } : {}),
    },
    // The list says how many there are.
    { name: 'logs', label: labels.logs, count: 0 },
    { name: 'scratchpad', label: labels.scratchpad, count: 0 },
  ];
  const choose = (name: DockTab) =>
    session.setState(open && tab === name ? { dockOpen: false } : { dockTab: name, dockOpen: true });
  return (
    <div className={css.tabs} data-open={open || undefined}>
      <div role="tablist" aria-label="Dock" className={css.list}>
        {tabs.map(({ name, label, count, tone }) => (
          <button
            key={name}
            type="button"
            role="tab"
            className={css.tab}
            aria-selected={open && tab === name}
            aria-controls="dock-panel"
            onClick={() => choose(name)}
          >
            {label}
            {count > 0 ? (
              <span className={css.count} data-tone={tone}>
                {formatCount(count)}
              </span>
            ) : null}
          </button>
        ))}
      </div>
      {open && tab === 'logs' ? <ShownRun /> : null}
      <Tooltip label={open ? 'Close the dock' : 'Open the dock'} position="left">
        <ActionIcon
          aria-label={open ? 'Close the dock' : 'Open the dock'}
          onClick={() => session.setState({ dockOpen: !open })}
        >
          {open ? <IconChevronDown size={16} stroke={1.5} /> : <IconChevronUp size={16} stroke={1.5} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
