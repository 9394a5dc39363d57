// The graph of an example in small: blocks in the colours of their groups, and the edges between them.

import type { Sketch } from './sketch.ts';
import css from './sketch-view.module.css';

const nodeWidth = 224;
const nodeHeight = 64;

export function SketchView({ sketch }: { readonly sketch: Sketch }) {
  const { nodes, edges } = sketch;
  const left = Math.min(...nodes.map(({ x }) => x));
  const top = Math.min(...nodes.map(({ y }) => y));
  const width = Math.max(...nodes.map(({ x }) => x)) + nodeWidth - left;
  const height = Math.max(...nodes.map(({ y }) => y)) + nodeHeight - top;
  return (
    <svg className={css.sketch} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {edges.map(([from, to]) => {
        const start = nodes[from];
        const end = nodes[to];
        if (!start || !end) return null;
        const [x1, y1, x2, y2] = [
          start.x + nodeWidth,
          start.y + nodeHeight / 2,
          end.x,
          end.y + nodeHeight / 2,
        ];
        const bend = Math.max(24, (x2 - x1) / 2);
        return (
          <path
            key={`${from}-${to}`}
            className={css.edge}
            d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
          />
        );
      })}
      {nodes.map(({ x, y, hue }) => (
        <rect
          key={`${x} ${y}`}
          x={x}
          y={y}
          width={nodeWidth}
          height={nodeHeight}
          rx="14"
          style={{ fill: hue === undefined ? 'var(--hw-border-strong)' : `var(--hw-group-${hue % 10})` }}
        />
      ))}
    </svg>
  );
}
