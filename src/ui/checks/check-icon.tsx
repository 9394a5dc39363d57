// The picture of how a check stands: its own shape and its own colour.

import { IconAlertOctagonFilled, IconAlertTriangleFilled } from '@tabler/icons-react';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import type { StatusShape } from '#ui/kit/status-labels.ts';
import type { CheckLook } from './check-looks.ts';
import css from './checks.module.css';

const shapes: Readonly<Record<Exclude<CheckLook, 'warning' | 'broken'>, StatusShape>> = {
  never: 'never',
  running: 'running',
  passed: 'materialized',
  failed: 'failed',
  skipped: 'skipped',
};

/** Where the status stands beside it in words. */
export function CheckIcon({ look, size = 16 }: { readonly look: CheckLook; readonly size?: number }) {
  if (look === 'warning') return <IconAlertTriangleFilled size={size} className={css.warning} aria-hidden />;
  if (look === 'broken') return <IconAlertOctagonFilled size={size} className={css.broken} aria-hidden />;
  return <StatusIcon status={shapes[look]} size={size} decorative />;
}
