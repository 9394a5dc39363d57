// The top bar: where you are, whether it is saved, what can be undone, and how safe things are.

import { ActionIcon } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { useDocument } from '#ui/kit/services.tsx';
import { CommandHost } from './command-host.tsx';
import { HelpMenu } from './help-menu.tsx';
import { LeadingIndicator } from './leading-indicator.tsx';
import { ProjectMenu } from './project-menu.tsx';
import { SaveIndicator } from './save-indicator.tsx';
import { Shield } from './shield.tsx';
import { StorageChip } from './storage-chip.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import css from './top-bar.module.css';
import { UndoButtons } from './undo-buttons.tsx';

export function TopBar() {
  const { projectId } = useParams({ strict: false });
  const isSettings = useLocation().pathname === '/settings';
  // The settings are of no project, but the one that was open stays in sight.
  const isOpen = useDocument(
    (state) => state.projectId !== undefined && (isSettings || state.projectId === projectId),
  );
  return (
    <header className={css.bar}>
      <Link to="/" className={css.brand} aria-label="Headwater: all projects" title="All projects">
        <Logo />
        {isOpen ? null : <span className={css.wordmark}>Headwater</span>}
      </Link>
      {isOpen ? (
        <>
          <ProjectMenu />
          <UndoButtons />
          <SaveIndicator />
        </>
      ) : null}
      <div className={css.space} />
      <CommandHost />
      {isOpen ? <LeadingIndicator /> : null}
      <StorageChip />
      <div className={css.roomy}>
        <Shield />
        <ThemeSwitch />
      </div>
      <ActionIcon
        size="md"
        aria-label="Settings"
        title="Settings"
        renderRoot={(props) => <Link to="/settings" {...props} />}
      >
        <IconSettings size={18} stroke={1.5} />
      </ActionIcon>
      <HelpMenu />
    </header>
  );
}

/** Streams that join: the mark of the app. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg className={css.logo} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5 3.500c0 5.500 7 5 7 10.500v6.500" />
      <path d="M19 3.500c0 5.500-7 5-7 10.500" />
      <path d="M12 3.500v4" />
    </svg>
  );
}
