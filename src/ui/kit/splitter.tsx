// Two panes with a bar between them. The second pane's size is remembered; the bar moves by pointer and keys.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useServices } from './services.tsx';
import css from './splitter.module.css';

export interface SplitterProps {
  /** Under which the size is remembered. */
  readonly name: string;
  /** `columns`: the panes stand side by side. `rows`: one above the other. */
  readonly direction: 'columns' | 'rows';
  /** What the bar resizes, for screen readers: "Inspector". */
  readonly label: string;
  /** The pane that takes the room that is left. */
  readonly first: ReactNode;
  /** The sized pane; none while it is closed. */
  readonly second: ReactNode | undefined;
  readonly initialSize: number;
  readonly minSize: number;
  /** Where the sized pane stands; at the end when left out. */
  readonly sizedAt?: 'start' | 'end';
  /** At least this much stays for the first pane. */
  readonly minFirst: number;
}

const keyStep = 16;

export function Splitter(props: SplitterProps) {
  const { name, direction, label, first, second, sizedAt = 'end', initialSize, minSize, minFirst } = props;
  const { preferences } = useServices();
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(() => Number(preferences.read(`size.${name}`)) || initialSize);
  const [dragging, setDragging] = useState(false);
  const drag = useRef<{ readonly from: number; readonly size: number } | undefined>(undefined);
  const isColumns = direction === 'columns';
  /** Towards which side the sized pane grows. */
  const sign = sizedAt === 'start' ? 1 : -1;

  const fitted = (wanted: number): number => {
    const box = frame.current?.getBoundingClientRect();
    const whole = box ? (isColumns ? box.width : box.height) : Number.POSITIVE_INFINITY;
    return Math.round(Math.max(minSize, Math.min(wanted, whole - minFirst)));
  };
  const keep = (wanted: number) => {
    const next = fitted(wanted);
    setSize(next);
    preferences.write(`size.${name}`, String(next));
  };
  const place = (event: PointerEvent) => (isColumns ? event.clientX : event.clientY);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: place(event), size: fitted(size) };
    setDragging(true);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) setSize(fitted(drag.current.size + sign * (place(event) - drag.current.from)));
  };
  const onPointerUp = () => {
    if (!drag.current) return;
    drag.current = undefined;
    setDragging(false);
    keep(size);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? keyStep * 4 : keyStep;
    if (event.key === (isColumns ? 'ArrowLeft' : 'ArrowUp')) keep(size - sign * step);
    else if (event.key === (isColumns ? 'ArrowRight' : 'ArrowDown')) keep(size + sign * step);
    else if (event.key === 'Home') keep(minSize);
    else if (event.key === 'End') keep(Number.MAX_SAFE_INTEGER);
    else return;
    event.preventDefault();
  };

  const limit = `calc(100% - ${minFirst}px)`;
  const pane = (
    <div
      className={css.second}
      style={
        isColumns
          ? { width: size, minWidth: minSize, maxWidth: limit }
          : { height: size, minHeight: minSize, maxHeight: limit }
      }
    >
      {second}
    </div>
  );
  const bar = (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the window-splitter pattern; hr is not focusable
    <div
      className={css.bar}
      role="separator"
      tabIndex={0}
      aria-label={`Resize: ${label}`}
      aria-orientation={isColumns ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={minSize}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => keep(initialSize)}
      onKeyDown={onKeyDown}
    />
  );
  const isOpen = second !== undefined;
  // The first pane keeps its place among the children: it is not built anew when the other opens or closes.
  return (
    <div ref={frame} className={css.frame} data-direction={direction} data-dragging={dragging || undefined}>
      {isOpen && sizedAt === 'start' ? pane : null}
      {isOpen && sizedAt === 'start' ? bar : null}
      <div className={css.first}>{first}</div>
      {isOpen && sizedAt === 'end' ? bar : null}
      {isOpen && sizedAt === 'end' ? pane : null}
    </div>
  );
}
