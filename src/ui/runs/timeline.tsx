// The steps of a run along time: a row each, thin while it waits, a bar while it runs. The axis zooms (Ctrl and
// wheel, or the buttons) and pans (Shift and wheel); hovering shows the exact numbers; a click selects the step.

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowAutofitWidth, IconMinus, IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { isTerminal, type RunRecord } from '#model/events.ts';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { useElementWidth } from '#ui/kit/use-element-width.ts';
import type { StepRow } from './step-rows.ts';
import css from './timeline.module.css';
import { Lane } from './timeline-lane.tsx';
import { panBy, placeOf, type Span, ticksOf, tickText, zoomAround } from './timeline-scale.ts';
import { TimelineTip } from './timeline-tip.tsx';

interface TimelineProps {
  readonly rows: readonly StepRow[];
  readonly run: RunRecord;
  readonly now: number;
  readonly selected: string | undefined;
  onSelect(stepKey: string | undefined): void;
}

const rowHeight = 28;
const pixelsPerTick = 96;
const zoomStep = 1.6;

export function Timeline({ rows, run, now, selected, onSelect }: TimelineProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const [zoomed, setZoomed] = useState<Span>();
  const [tip, setTip] = useState<{ readonly stepKey: string; readonly x: number; readonly y: number }>();
  const width = useElementWidth(axis);
  const whole = useMemo(() => spanOf(rows, run, now), [rows, run, now]);
  const view = zoomed ?? whole;
  const ticks = ticksOf(view, whole, Math.max(2, Math.floor((width || 600) / pixelsPerTick)));
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  const zoom = (factor: number, share = 0.5) => {
    const next = zoomAround(view, whole, factor, share);
    setZoomed(next.to - next.from >= whole.to - whole.from ? undefined : next);
  };
  const latest = useRef({ zoom, view, whole });
  latest.current = { zoom, view, whole };

  // React listens to wheels passively; a zoom must keep the page from zooming too.
  useEffect(() => {
    const place = scroller.current;
    if (!place) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
      event.preventDefault();
      const box = axis.current?.getBoundingClientRect();
      if (!box) return;
      const { zoom: zoomNow, view: viewNow, whole: wholeNow } = latest.current;
      const delta = event.deltaY === 0 ? event.deltaX : event.deltaY;
      if (event.shiftKey) setZoomed(panBy(viewNow, wholeNow, delta / 1000));
      else zoomNow(Math.exp(delta / 400), Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    };
    place.addEventListener('wheel', onWheel, { passive: false });
    return () => place.removeEventListener('wheel', onWheel);
  }, []);

  const go = (event: KeyboardEvent, index: number) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && selected !== undefined) return onSelect(undefined);
    const next = by === undefined ? undefined : rows[index + by];
    if (!next || by === undefined) return;
    event.preventDefault();
    virtualizer.scrollToIndex(index + by);
    onSelect(next.stepKey);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-step-index="${index + by}"]`)?.focus(),
    );
  };
  const showTip = (event: PointerEvent, stepKey: string) => {
    const box = scroller.current?.getBoundingClientRect();
    if (box) setTip({ stepKey, x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const tipRow = tip && rows.find((row) => row.stepKey === tip.stepKey);

  return (
    <section className={css.timeline} aria-label="Timeline of steps">
      <div className={css.head}>
        <span className={css.headName}>Step</span>
        <div ref={axis} className={css.axis} aria-hidden="true">
          {ticks.map((at) => {
            const share = placeOf(whole.from + at, view);
            return (
              <span key={at} style={{ left: `${share * 100}%` }} data-last={share > 0.94 || undefined}>
                {tickText(at)}
              </span>
            );
          })}
        </div>
        <div className={css.zoom}>
          <Zoom label="Zoom out" disabled={zoomed === undefined} onClick={() => zoom(zoomStep)}>
            <IconMinus size={14} stroke={1.75} />
          </Zoom>
          <Zoom label="Zoom in" onClick={() => zoom(1 / zoomStep)}>
            <IconPlus size={14} stroke={1.75} />
          </Zoom>
          <Zoom
            label="Show the whole run"
            disabled={zoomed === undefined}
            onClick={() => setZoomed(undefined)}
          >
            <IconArrowAutofitWidth size={14} stroke={1.75} />
          </Zoom>
        </div>
      </div>
      <div ref={scroller} className={css.scroller} onPointerLeave={() => setTip(undefined)}>
        <ul className={css.rows} style={{ height: virtualizer.getTotalSize() }} aria-label="Steps">
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <li
                key={row.stepKey}
                className={css.row}
                style={{ transform: `translateY(${start}px)` }}
                data-testid="step-row"
                data-status={row.status.toLowerCase()}
                data-selected={row.stepKey === selected || undefined}
                onPointerMove={(event) => showTip(event, row.stepKey)}
              >
                <button
                  type="button"
                  className={css.name}
                  aria-pressed={row.stepKey === selected}
                  data-step-index={index}
                  onClick={() => onSelect(row.stepKey === selected ? undefined : row.stepKey)}
                  onKeyDown={(event) => go(event, index)}
                >
                  <StatusIcon status={row.status} size={14} />
                  <span className={css.key}>{row.assetKey}</span>
                </button>
                <Lane row={row} run={run} view={view} ticks={ticks.map((at) => whole.from + at)} now={now} />
              </li>
            );
          })}
        </ul>
        {tip && tipRow ? (
          <TimelineTip row={tipRow} run={run} now={now} x={tip.x} y={tip.y} frame={scroller} />
        ) : null}
      </div>
    </section>
  );
}

interface ZoomProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: React.ReactNode;
  onClick(): void;
}

function Zoom({ label, disabled = false, children, onClick }: ZoomProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="xs" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function spanOf(rows: readonly StepRow[], run: RunRecord, now: number): Span {
  let from = run.startedAt ?? run.createdAt;
  let to = run.endedAt ?? (isTerminal(run.status) ? from : now);
  for (const { startedAt, endedAt } of rows) {
    if (startedAt !== undefined) from = Math.min(from, startedAt);
    if (endedAt !== undefined) to = Math.max(to, endedAt);
  }
  return { from, to: Math.max(to, from + 1) };
}
