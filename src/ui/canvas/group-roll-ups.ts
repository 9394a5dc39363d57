// From very far only groups can be told apart: each one box with its name, how many assets and how they fare.

import { nodeWidth } from './node-places.ts';
import type { OverviewBlock, OverviewColours, RollUp, Transform } from './overview-scene.ts';

/** Below this zoom groups stand in for their assets. */
export const rollUpsBelow = 0.12;

const margin = 48;
const pad = 12;

/** The largest group first: smaller ones are painted over it. */
export function rollUpsOf(blocks: readonly OverviewBlock[]): readonly RollUp[] {
  const byGroup = new Map<string, OverviewBlock[]>();
  for (const block of blocks) {
    if (block.group === undefined) continue;
    const known = byGroup.get(block.group);
    if (known) known.push(block);
    else byGroup.set(block.group, [block]);
  }
  return [...byGroup]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, members]) => {
      const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
      for (const { at, height } of members) {
        box.left = Math.min(box.left, at.x - margin);
        box.top = Math.min(box.top, at.y - margin);
        box.right = Math.max(box.right, at.x + nodeWidth + margin);
        box.bottom = Math.max(box.bottom, at.y + height + margin);
      }
      const failed = countOf(members, 'failed');
      return { name, hue: members[0]!.hue, ...box, words: wordsOf(members, failed), hasFailed: failed > 0 };
    });
}

const countOf = (blocks: readonly OverviewBlock[], status: OverviewBlock['status']) =>
  blocks.reduce((count, block) => count + (block.status === status ? 1 : 0), 0);

function wordsOf(members: readonly OverviewBlock[], failed: number): string {
  const [running, stale] = [countOf(members, 'running'), countOf(members, 'stale')];
  return [
    members.length === 1 ? '1 asset' : `${members.length} assets`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(running > 0 ? [`${running} running`] : []),
    ...(stale > 0 ? [`${stale} stale`] : []),
  ].join(' · ');
}

/** Boxes first, then labels as far as they fit and do not lie on one another. */
export function paintRollUps(
  context: CanvasRenderingContext2D,
  [x, y, zoom]: Transform,
  rollUps: readonly RollUp[],
  colours: OverviewColours,
): void {
  const boxes = rollUps.map((rollUp) => ({
    rollUp,
    left: rollUp.left * zoom + x,
    top: rollUp.top * zoom + y,
    width: (rollUp.right - rollUp.left) * zoom,
    height: (rollUp.bottom - rollUp.top) * zoom,
  }));
  for (const { rollUp, left, top, width, height } of boxes) {
    const colour = rollUp.hue === undefined ? colours.neutral : colours.groups[rollUp.hue]!;
    context.beginPath();
    context.roundRect(left, top, width, height, 8);
    context.globalAlpha = 0.16;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1;
    context.strokeStyle = rollUp.hasFailed ? colours.red : colour;
    context.stroke();
  }
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const taken: { left: number; top: number; right: number; bottom: number }[] = [];
  for (const { rollUp, left, top, width, height } of boxes) {
    const [centreX, centreY] = [left + width / 2, top + height / 2];
    context.font = '600 14px Inter Variable, Inter, sans-serif';
    const nameWidth = context.measureText(rollUp.name).width;
    context.font = '500 12px Inter Variable, Inter, sans-serif';
    const half = Math.max(nameWidth, context.measureText(rollUp.words).width) / 2 + pad;
    const label = { left: centreX - half, top: centreY - 22, right: centreX + half, bottom: centreY + 22 };
    if (taken.some((other) => overlap(label, other))) continue;
    taken.push(label);
    context.beginPath();
    context.roundRect(label.left, label.top, label.right - label.left, label.bottom - label.top, 6);
    context.fillStyle = colours.surface;
    context.globalAlpha = 0.88;
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = rollUp.hasFailed ? colours.red : colours.text;
    context.fillText(rollUp.words, centreX, centreY + 10);
    context.font = '600 14px Inter Variable, Inter, sans-serif';
    context.fillStyle = colours.text;
    context.fillText(rollUp.name, centreX, centreY - 9);
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
