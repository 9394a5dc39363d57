// Large graphs from afar: blocks and straight lines painted on one canvas.
// Thousands of elements cost a browser seconds; thousands of rectangles cost it milliseconds.

import { paintRollUps, rollUpsBelow } from './group-roll-ups.ts';
import { nodeHeight, nodeWidth } from './node-places.ts';
import type { OverviewColours, OverviewLine, OverviewScene, Transform } from './overview-scene.ts';
import type { PaintSize } from './use-painting.ts';

const namesFrom = 0.2;

export function paintOverview(
  context: CanvasRenderingContext2D,
  size: PaintSize,
  [x, y, zoom]: Transform,
  scene: OverviewScene,
  colours: OverviewColours,
): void {
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  paintLines(context, [x, y, zoom], scene, colours, false);
  const width = nodeWidth * zoom;
  const showNames = zoom >= namesFrom;
  context.font = `500 ${Math.round(26 * zoom * 10) / 10}px Inter Variable, Inter, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const block of scene.blocks) {
    const left = block.at.x * zoom + x;
    const top = block.at.y * zoom + y;
    const height = Math.max(2, block.height * zoom);
    if (left > size.width || top > size.height || left + width < 0 || top + height < 0) continue;
    const group = block.hue === undefined ? colours.neutral : colours.groups[block.hue]!;
    const strong =
      block.status === 'failed' ? colours.red : block.status === 'running' ? colours.accent : group;
    context.fillStyle = colours.surface;
    context.fillRect(left, top, width, height);
    context.globalAlpha = block.status === 'never' || block.status === 'external' ? 0.28 : 0.6;
    context.fillStyle = strong;
    context.fillRect(left, top, width, height);
    context.globalAlpha = 1;
    if (block.selected) {
      context.strokeStyle = colours.accent;
      context.lineWidth = 2;
      context.strokeRect(left - 1.5, top - 1.5, width + 3, height + 3);
    }
    if (showNames) {
      context.fillStyle = colours.text;
      context.fillText(shortened(block.key), left + width / 2, top + height / 2, width - 8 * zoom);
    }
  }
  if (zoom < rollUpsBelow) paintRollUps(context, [x, y, zoom], scene.rollUps, colours);
}

const shortened = (key: string) => (key.length > 16 ? `${key.slice(0, 9)}…${key.slice(-6)}` : key);

type LinesScene = Pick<OverviewScene, 'lines' | 'hasPath'>;

/** Lines alone, curved as the edges that are elements; those out of view are left out. */
export function paintCurves(
  context: CanvasRenderingContext2D,
  size: PaintSize,
  [x, y, zoom]: Transform,
  { lines, hasPath }: LinesScene,
  colours: OverviewColours,
): void {
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const isSeen = ({ from, to }: OverviewLine) => {
    const tops = [from.y * zoom + y, to.y * zoom + y];
    // A curve that leads backwards reaches beyond its ends.
    const beyond = curveReach(from.x + nodeWidth, to.x, 1) * zoom;
    const lefts = [(from.x + nodeWidth) * zoom + x, to.x * zoom + x];
    return (
      Math.min(...tops) <= size.height &&
      Math.max(...tops) + nodeHeight * zoom >= 0 &&
      Math.min(...lefts) - beyond <= size.width &&
      Math.max(...lefts) + beyond >= 0
    );
  };
  const seen = lines.filter(isSeen);
  paintLines(context, [x, y, zoom], { lines: seen, hasPath }, colours, true);
}

// As far as the edges' own curves reach out of their ends, in pixels.
const curveReach = (x1: number, x2: number, zoom: number): number =>
  x2 >= x1 ? (x2 - x1) / 2 : 0.3 * 25 * Math.sqrt((x1 - x2) / zoom) * zoom;

function paintLines(
  context: CanvasRenderingContext2D,
  [x, y, zoom]: Transform,
  { lines, hasPath }: LinesScene,
  colours: OverviewColours,
  isCurved: boolean,
): void {
  const draw = (colour: string, alpha: number, wanted: (line: OverviewLine) => boolean) => {
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.lineWidth = Math.max(0.5, 1.5 * zoom);
    context.beginPath();
    for (const line of lines) {
      if (!wanted(line)) continue;
      const [x1, y1] = [(line.from.x + nodeWidth) * zoom + x, (line.from.y + nodeHeight / 2) * zoom + y];
      const [x2, y2] = [line.to.x * zoom + x, (line.to.y + nodeHeight / 2) * zoom + y];
      context.moveTo(x1, y1);
      if (!isCurved) context.lineTo(x2, y2);
      else {
        const reach = curveReach(x1, x2, zoom);
        context.bezierCurveTo(x1 + reach, y1, x2 - reach, y2, x2, y2);
      }
    }
    context.stroke();
    context.globalAlpha = 1;
  };
  draw(colours.line, hasPath ? 0.2 : 0.5, (line) => !line.onPath);
  if (hasPath) draw(colours.accent, 1, (line) => line.onPath);
}
