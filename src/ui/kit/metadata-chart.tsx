// A small chart of metadata: bars, a line or points. The numbers are there as a table for those who read them.

import { useRef } from 'react';
import { formatExact, formatNumber } from './format.ts';
import css from './metadata-chart.module.css';
import type { ChartFacts } from './metadata-shapes.ts';
import { useElementWidth } from './use-element-width.ts';

const height = 160;
const inset = 8;
/** Room for the numbers beside the plot. */
const left = 52;
const bottom = 20;

export function MetadataChart({ chart, label }: { readonly chart: ChartFacts; readonly label: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const { points, title = label } = chart;
  return (
    <figure className={css.chart}>
      <figcaption className={css.title}>{title}</figcaption>
      <div ref={frame} className={css.frame}>
        {points.length === 0 ? (
          <span className={css.empty}>No data</span>
        ) : (
          <Plot chart={chart} width={width} title={title} />
        )}
      </div>
    </figure>
  );
}

interface PlotProps {
  readonly chart: ChartFacts;
  readonly width: number;
  readonly title: string;
}

function Plot({ chart, width, title }: PlotProps) {
  const { mark, points, isContinuous } = chart;
  const values = points.map(({ y }) => y);
  // Bars are read by their length, so they start at nought.
  const low = Math.min(...values, ...(mark === 'bar' ? [0] : []));
  const high = Math.max(...values, ...(mark === 'bar' ? [0] : []));
  const span = high - low || 1;
  const plotWidth = Math.max(1, width - left - inset);
  const plotHeight = height - bottom - inset;
  const y = (value: number) => inset + (1 - (value - low) / span) * plotHeight;
  const first = Number(points[0]!.x);
  const length = Number(points.at(-1)!.x) - first || 1;
  const slot = plotWidth / points.length;
  const x = (i: number) =>
    left + (isContinuous ? ((Number(points[i]!.x) - first) / length) * plotWidth : (i + 0.5) * slot);
  const place = (at: string | number) => (typeof at === 'number' ? placeText(at) : at);
  const ends = [points[0]!, points.at(-1)!].map((point) => place(point.x));
  const barWidth = Math.max(1, Math.min(40, slot * 0.8));
  return (
    <svg
      className={css.plot}
      width={width}
      height={height}
      role="img"
      aria-label={`${title}: ${chart.y} by ${chart.x}, ${points.length} values from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`}
    >
      {[high, low].map((value) => (
        <g key={value}>
          <line className={css.rule} x1={left} x2={width - inset} y1={y(value)} y2={y(value)} />
          <text className={css.number} x={left - 6} y={y(value) + 4} textAnchor="end">
            {formatNumber(value)}
          </text>
        </g>
      ))}
      {mark === 'line' ? (
        <polyline className={css.line} points={points.map((point, i) => `${x(i)},${y(point.y)}`).join(' ')} />
      ) : null}
      {points.map((point, i) => {
        const words = `${place(point.x)}: ${formatNumber(point.y)}`;
        const key = `${i} ${point.x}`;
        if (mark === 'bar')
          return (
            <rect
              key={key}
              className={css.bar}
              x={x(i) - barWidth / 2}
              width={barWidth}
              y={Math.min(y(point.y), y(0))}
              height={Math.max(1, Math.abs(y(point.y) - y(0)))}
            >
              <title>{words}</title>
            </rect>
          );
        return (
          <circle key={key} className={css.point} cx={x(i)} cy={y(point.y)} r={mark === 'line' ? 2 : 3}>
            <title>{words}</title>
          </circle>
        );
      })}
      <text className={css.number} x={left} y={height - 4}>
        {ends[0]}
      </text>
      {points.length > 1 ? (
        <text className={css.number} x={width - inset} y={height - 4} textAnchor="end">
          {ends[1]}
        </text>
      ) : null}
    </svg>
  );
}

/** Milliseconds since the epoch are moments; smaller numbers are numbers. */
const placeText = (at: number): string => (at > 1e11 ? formatExact(at) : formatNumber(at));
