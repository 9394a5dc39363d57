// Shown where another tab runs this project's bodies.

import { Tooltip } from '@mantine/core';
import { IconBrowserShare } from '@tabler/icons-react';
import { useRuns } from '#ui/kit/services.tsx';
import css from './top-bar.module.css';

export function LeadingIndicator() {
  const isLeading = useRuns((state) => state.leading);
  if (isLeading) return null;
  return (
    <Tooltip label="Another tab runs this project. You can edit and start runs here as well; that tab carries them out. Close it, and this one takes over.">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its tooltip is reached by keyboard */}
      <span className={css.chip} data-tone="info" role="status" tabIndex={0}>
        <IconBrowserShare size={16} stroke={1.5} aria-hidden />
        <span className={css.chipText}>Another tab leads</span>
      </span>
    </Tooltip>
  );
}
