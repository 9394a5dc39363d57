// The picture of a status: its own shape and its own colour, with its name for screen readers.

import type { ReactNode } from 'react';
import css from './status-icon.module.css';
import { type AnyStatus, type StatusShape, statusLabel, statusShape } from './status-labels.ts';

const ring = <circle cx="8" cy="8" r="6.25" />;
const disc = <circle cx="8" cy="8" r="7" className={css.fill} />;

const pictures: Readonly<Record<StatusShape, ReactNode>> = {
  never: ring,
  queued: (
    <>
      {ring}
      <path d="M8 4.75V8l2.1 1.6" />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6.25" className={css.track} />
      <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" className={css.moving} strokeWidth="2" />
    </>
  ),
  materialized: (
    <>
      {disc}
      <path d="m5 8.25 2.1 2.1L11.1 6" className={css.mark} />
    </>
  ),
  stale: (
    <>
      {ring}
      <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" className={css.fill} />
    </>
  ),
  failed: (
    <>
      {disc}
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" className={css.mark} />
    </>
  ),
  skipped: (
    <>
      {ring}
      <path d="m3.8 12.2 8.4-8.4" />
    </>
  ),
  canceled: (
    <>
      {ring}
      <rect x="5.5" y="5.5" width="5" height="5" rx="0.75" className={css.fill} stroke="none" />
    </>
  ),
  interrupted: (
    <>
      {ring}
      <path d="M6.5 5.75v4.500M9.500 5.750v4.500" strokeWidth="1.75" />
    </>
  ),
  external: <circle cx="8" cy="8" r="6.25" strokeDasharray="2.6 2.300" />,
  observed: (
    <>
      {ring}
      <circle cx="8" cy="8" r="2.5" className={css.fill} stroke="none" />
    </>
  ),
};

export interface StatusIconProps {
  readonly status: AnyStatus;
  readonly size?: number;
  /** True where the status stands beside it in words. */
  readonly decorative?: boolean;
  /** Of what is running, 0 to 1: a ring that fills in place of one that turns. */
  readonly progress?: number;
}

export function StatusIcon({ status, size = 16, decorative = false, progress }: StatusIconProps) {
  const shape = statusShape(status);
  const picture =
    shape === 'running' && progress !== undefined ? <ProgressRing progress={progress} /> : pictures[shape];
  const frame = { className: css.icon, width: size, height: size, viewBox: '0 0 16 16', 'data-shape': shape };
  if (decorative)
    return (
      <svg {...frame} aria-hidden="true">
        {picture}
      </svg>
    );
  return (
    <svg {...frame} role="img">
      <title>{statusLabel(status)}</title>
      {picture}
    </svg>
  );
}

function ProgressRing({ progress }: { readonly progress: number }) {
  const percent = Math.min(1, Math.max(0, progress)) * 100;
  return (
    <>
      <circle cx="8" cy="8" r="6.25" className={css.track} strokeWidth="2" />
      <circle
        cx="8"
        cy="8"
        r="6.25"
        className={css.progress}
        strokeWidth="2"
        pathLength="100"
        strokeDasharray={`${percent} 100`}
      />
    </>
  );
}

/** Icon and word together. */
export function StatusBadge({ status }: { readonly status: AnyStatus }) {
  return (
    <span className={css.badge} data-shape={statusShape(status)}>
      <StatusIcon status={status} size={14} decorative />
      {statusLabel(status)}
    </span>
  );
}
