// One step's place in time: a thin line while it waited, a bar for each try, and how long it took beside them.

import { isTerminal, type RunRecord } from '#model/events.ts';
import { formatDuration } from '#ui/kit/format.ts';
import { statusShape } from '#ui/kit/status-labels.ts';
import { stepDurationMs } from './step-duration.ts';
import type { StepRow } from './step-rows.ts';
import css from './timeline.module.css';
import { placeOf, type Span } from './timeline-scale.ts';

interface LaneProps {
  readonly row: StepRow;
  readonly run: RunRecord;
  readonly view: Span;
  /** Moments at which the grid has a line. */
  readonly ticks: readonly number[];
  readonly now: number;
}

const percent = (share: number): string => `${share * 100}%`;

export function Lane({ row, run, view, ticks, now }: LaneProps) {
  const queuedAt = run.startedAt ?? run.createdAt;
  const firstStart = row.tries[0]?.startedAt;
  const waitsUntil = firstStart ?? (isTerminal(run.status) ? undefined : now);
  const lastEnd = row.tries.at(-1) ? (row.tries.at(-1)?.endedAt ?? now) : undefined;
  const durationMs = stepDurationMs(row, now);
  const endShare = lastEnd === undefined ? 0 : placeOf(lastEnd, view);
  const startShare = firstStart === undefined ? 0 : placeOf(firstStart, view);
  const isAfter = endShare < 0.86;
  const isInside = !isAfter && startShare < 0.1;
  return (
    <div className={css.lane} aria-hidden="true">
      {ticks.map((at) => (
        <span key={at} className={css.line} style={{ left: percent(placeOf(at, view)) }} />
      ))}
      {waitsUntil === undefined ? null : <Bar from={queuedAt} to={waitsUntil} view={view} kind="waiting" />}
      {row.tries.map(({ startedAt, endedAt, isRetried = false }) => (
        <Bar
          key={startedAt}
          from={startedAt}
          to={endedAt ?? now}
          view={view}
          kind={statusShape(isRetried ? 'FAILURE' : row.status)}
          isRetried={isRetried}
        />
      ))}
      {durationMs === undefined || lastEnd === undefined || endShare < 0 || startShare > 1 ? null : (
        <span
          className={css.duration}
          style={
            isAfter
              ? { left: `calc(${percent(Math.max(0, endShare))} + 8px)` }
              : { right: isInside ? 8 : `calc(${percent(1 - Math.max(0, startShare))} + 8px)` }
          }
          data-inside={isInside || undefined}
        >
          {formatDuration(durationMs)}
        </span>
      )}
      {row.tries.length === 0 && row.status === 'skipped' ? (
        <span className={css.duration} style={{ left: 8 }}>
          Not run
        </span>
      ) : null}
    </div>
  );
}

interface BarProps {
  readonly from: number;
  readonly to: number;
  readonly view: Span;
  readonly kind: string;
  readonly isRetried?: boolean;
}

function Bar({ from, to, view, kind, isRetried = false }: BarProps) {
  const left = Math.max(0, placeOf(from, view));
  const right = Math.min(1, placeOf(to, view));
  if (left > 1 || right < 0) return null;
  const isWaiting = kind === 'waiting';
  return (
    <span
      className={isWaiting ? css.waiting : css.bar}
      data-shape={kind}
      data-retried={isRetried || undefined}
      style={{
        left: isWaiting ? percent(left) : `min(${percent(left)}, calc(100% - 3px))`,
        width: isWaiting
          ? percent(Math.max(0, right - left))
          : `max(3px, ${percent(Math.max(0, right - left))})`,
      }}
    />
  );
}
