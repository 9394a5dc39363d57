// The exact numbers of the step under the pointer.

import type { RefObject } from 'react';
import type { RunRecord } from '#model/events.ts';
import { formatClock, formatDuration } from '#ui/kit/format.ts';
import { statusLabel } from '#ui/kit/status-labels.ts';
import { stepDurationMs } from './step-duration.ts';
import type { StepRow } from './step-rows.ts';
import css from './timeline.module.css';

interface TimelineTipProps {
  readonly row: StepRow;
  readonly run: RunRecord;
  readonly now: number;
  readonly x: number;
  readonly y: number;
  readonly frame: RefObject<HTMLElement | null>;
}

const width = 268;

export function TimelineTip({ row, run, now, x, y, frame }: TimelineTipProps) {
  const box = frame.current;
  const left = Math.max(8, Math.min(x + 16, (box?.clientWidth ?? 800) - width - 8));
  const isLow = y > (box?.clientHeight ?? 400) - 150;
  const top = (box?.scrollTop ?? 0) + y;
  const durationMs = stepDurationMs(row, now);
  const queuedAt = run.startedAt ?? run.createdAt;
  return (
    <div
      className={css.tip}
      style={{ left, width, top, transform: isLow ? 'translateY(calc(-100% - 12px))' : 'translateY(16px)' }}
    >
      <div className={css.tipKey}>{row.assetKey}</div>
      <dl>
        <Fact name="Status">{statusLabel(row.status)}</Fact>
        {row.startedAt === undefined ? null : (
          <>
            <Fact name="Started">{formatClock(row.startedAt)}</Fact>
            <Fact name="Into the run">{formatDuration(row.startedAt - queuedAt)}</Fact>
          </>
        )}
        {row.endedAt === undefined ? null : <Fact name="Ended">{formatClock(row.endedAt)}</Fact>}
        {durationMs === undefined ? null : <Fact name="Body ran">{formatDuration(durationMs)}</Fact>}
        {row.tries.length > 1 ? <Fact name="Tries">{row.tries.length}</Fact> : null}
      </dl>
      {row.note === undefined ? null : <p>{row.note}</p>}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
