// One series of numbers along time as a line, with the exact value under the pointer or the arrow keys.

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { formatBytes, formatDuration, formatExact, formatNumber } from '#ui/kit/format.ts';
import { useElementWidth } from '#ui/kit/use-element-width.ts';
import { type NumericSeries, valueRange } from './numeric-series.ts';
import css from './series-plot.module.css';

const height = 96;
const inset = 6;
/** More dots than this would be a smear. */
const mostDots = 60;

export function formatValue(value: number, unit: NumericSeries['unit']): string {
  if (unit === 'bytes') return formatBytes(value);
  return unit === 'milliseconds' ? formatDuration(value) : formatNumber(value);
}

export function SeriesPlot({ series }: { readonly series: NumericSeries }) {
  const { name, unit, points } = series;
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const [chosen, setChosen] = useState<number>();
  const [low, high] = valueRange(points);
  const first = points[0]!;
  const last = points.at(-1)!;
  const x = (at: number) =>
    last.at === first.at
      ? width / 2
      : inset + ((at - first.at) / (last.at - first.at)) * Math.max(0, width - 2 * inset);
  const y = (value: number) => height - ((value - low) / (high - low)) * height;
  const shown = chosen === undefined ? undefined : points[Math.min(chosen, points.length - 1)];

  const point = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return;
    const sought = event.clientX - box.left;
    let nearest = 0;
    points.forEach(({ at }, index) => {
      if (Math.abs(x(at) - sought) < Math.abs(x(points[nearest]!.at) - sought)) nearest = index;
    });
    setChosen(nearest);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') setChosen(undefined);
    if (by === undefined) return;
    event.preventDefault();
    setChosen(Math.min(points.length - 1, Math.max(0, (chosen ?? points.length) + by)));
  };
  const current = shown ?? last;

  return (
    <figure className={css.plot}>
      <figcaption className={css.head}>
        <span className={css.name} title={name}>
          {name}
        </span>
        <span className={css.value}>{formatValue(current.value, unit)}</span>
      </figcaption>
      <div
        ref={frame}
        className={css.frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from value to value
        tabIndex={0}
        role="img"
        aria-label={`${name} along time, ${points.length} values, newest ${formatValue(last.value, unit)}. Arrow keys go through them.`}
        onPointerMove={point}
        onPointerLeave={() => setChosen(undefined)}
        onKeyDown={step}
        onBlur={() => setChosen(undefined)}
      >
        <svg width={width} height={height} aria-hidden="true">
          <line className={css.grid} x1="0" x2={width} y1="0.5" y2="0.5" />
          <line className={css.grid} x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
          <polyline
            className={css.line}
            points={points.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
          />
          {points.length <= mostDots
            ? points.map(({ at, value }) => (
                <circle key={`${at} ${value}`} className={css.dot} cx={x(at)} cy={y(value)} r="2.5" />
              ))
            : null}
          {shown ? (
            <>
              <line className={css.cross} x1={x(shown.at)} x2={x(shown.at)} y1="0" y2={height} />
              <circle className={css.mark} cx={x(shown.at)} cy={y(shown.value)} r="4" />
            </>
          ) : null}
        </svg>
      </div>
      <div className={css.foot} aria-live="polite">
        {shown ? (
          <span>{formatExact(shown.at)}</span>
        ) : (
          <>
            <span>{formatExact(first.at)}</span>
            <span>{last.at === first.at ? '' : formatExact(last.at)}</span>
          </>
        )}
      </div>
    </figure>
  );
}
