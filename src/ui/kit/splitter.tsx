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
  readonly first: ReactNode;
  /** The sized pane; none while it is closed. */
  readonly second: ReactNode | undefined;
  readonly initialSize: number;
  readonly minSize: number;
  /** At least this much stays for the first pane. */
  readonly minFirst: number;
}

const keyStep = 16;

export function Splitter(props: SplitterProps) {
  const { name, direction, label, first, second, initialSize, minSize, minFirst } = props;
  const { preferences } = useServices();
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(() => Number(preferences.read(`size.${name}`)) || initialSize);
  const [dragging, setDragging] = useState(false);
  const drag = useRef<{ readonly from: number; readonly size: number } | undefined>(undefined);
  const isColumns = direction === 'columns';

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
    if (drag.current) setSize(fitted(drag.current.size + drag.current.from - place(event)));
  };
  const onPointerUp = () => {
    if (!drag.current) return;
    drag.current = undefined;
    setDragging(false);
    keep(size);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? keyStep * 4 : keyStep;
    if (event.key === (isColumns ? 'ArrowLeft' : 'ArrowUp')) keep(size + step);
    else if (event.key === (isColumns ? 'ArrowRight' : 'ArrowDown')) keep(size - step);
    else if (event.key === 'Home') keep(minSize);
    else if (event.key === 'End') keep(Number.MAX_SAFE_INTEGER);
    else return;
    event.preventDefault();
  };

  const limit = `calc(100% - ${minFirst}px)`;
  return (
    <div ref={frame} className={css.frame} data-direction={direction} data-dragging={dragging || undefined}>
      <div className={css.first}>{first}</div>
      {second === undefined ? null : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a focusable separator is the window-splitter pattern; hr is not focusable */}
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
        </>
      )}
    </div>
  );
}
