// The frame around every page: top bar, banners, and the page; takes project files that are dropped on it.

import { Outlet } from '@tanstack/react-router';
import { useTimeZone } from '#ui/kit/use-time-zone.ts';
import { FileDrop } from '#ui/projects/file-drop.tsx';
import { TourHost } from '#ui/tour/tour-host.tsx';
import css from './shell.module.css';
import { StorageBanner } from './storage-banner.tsx';
import { TopBar } from './top-bar.tsx';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useShortcuts } from './use-shortcuts.ts';

export function AppFrame() {
  useShortcuts();
  useLeaveGuard();
  return (
    <div className={css.app}>
      <button type="button" className={css.skip} onClick={skipToMain}>
        Skip to the page
      </button>
      <TopBar />
      <StorageBanner />
      {/* Exact times are texts: a new zone draws the page anew. */}
      <Outlet key={useTimeZone() ?? 'browser'} />
      <FileDrop />
      <TourHost />
    </div>
  );
}

function skipToMain(): void {
  document.querySelector<HTMLElement>('main')?.focus();
}
