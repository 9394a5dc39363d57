// Where boxes go when they are aligned, distributed, or put down as a block. Pure.

import type { Point } from '#model/document.ts';

export interface Box<Id = string> {
  readonly id: Id;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'horizontally' | 'vertically';

export type Places<Id> = readonly (readonly [Id, Point])[];

const step = 8;
const gap = 24;
/** So far down a block is looked for a place before it may also go to the right. */
const nearby = 400;

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around these. */
export function boundsOf(boxes: readonly Bounds[]): Bounds {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** One edge or middle line for all; the other coordinate stays. */
export function align<Id>(boxes: readonly Box<Id>[], how: Alignment): Places<Id> {
  if (boxes.length === 0) return [];
  const all = boundsOf(boxes);
  const placed: Readonly<Record<Alignment, (box: Bounds) => Point>> = {
    left: ({ y }) => ({ x: all.x, y }),
    centre: ({ y, width }) => ({ x: Math.round(all.x + (all.width - width) / 2), y }),
    right: ({ y, width }) => ({ x: all.x + all.width - width, y }),
    top: ({ x }) => ({ x, y: all.y }),
    middle: ({ x, height }) => ({ x, y: Math.round(all.y + (all.height - height) / 2) }),
    bottom: ({ x, height }) => ({ x, y: all.y + all.height - height }),
  };
  return boxes.map((box) => [box.id, placed[how](box)]);
}

/** Equal gaps between neighbours; the outermost stay, unless there is too little room for a gap at all. */
export function distribute<Id>(boxes: readonly Box<Id>[], axis: Axis): Places<Id> {
  if (boxes.length < 2) return boxes.map(({ id, x, y }) => [id, { x, y }]);
  const [at, size] = axis === 'horizontally' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].sort((a, b) => a[at] - b[at]);
  const all = boundsOf(boxes);
  const taken = sorted.reduce((sum, box) => sum + box[size], 0);
  const between = Math.max(gap, (all[size] - taken) / (sorted.length - 1));
  let next = all[at];
  return sorted.map((box) => {
    const place = { x: box.x, y: box.y, [at]: Math.round(next) };
    next += box[size] + between;
    return [box.id, place];
  });
}

/**
 * How far a block must move from where it is wanted so that none of its boxes overlaps one of `taken`: the
 * nearest such place downwards, or to the right of where it is wanted. Whole steps of the grid.
 */
export function freeBlockOffset(block: readonly Bounds[], taken: readonly Bounds[], wanted: Point): Point {
  const snap = (length: number) => Math.round(length / step) * step;
  const start = { x: snap(wanted.x), y: snap(wanted.y) };
  if (block.length === 0) return start;
  const all = boundsOf(block);
  const isFree = (dx: number, dy: number) => {
    const near = taken.filter((other) => overlaps({ ...all, x: all.x + dx, y: all.y + dy }, other));
    return block.every((box) => {
      const moved = { ...box, x: box.x + dx, y: box.y + dy };
      return near.every((other) => !overlaps(moved, other));
    });
  };
  // Below everything there is room: the search ends.
  const last = taken.length === 0 ? 0 : boundsOf(taken).y + boundsOf(taken).height - all.y - start.y + gap;
  const aside = snap(all.width + gap);
  for (let down = 0; down <= Math.max(0, last) + step; down += step)
    for (const right of down < nearby ? [0] : [0, aside])
      if (isFree(start.x + right, start.y + down)) return { x: start.x + right, y: start.y + down };
  return { x: start.x, y: start.y + snap(Math.max(0, last) + step) };
}

const overlaps = (a: Bounds, b: Bounds): boolean =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

/** How the view must move so that `box` can be seen in `visible`, both in the same coordinates; undefined when it can. */
export function panToShow(box: Bounds, visible: Bounds): Point | undefined {
  const along = (at: number, size: number, from: number, room: number) => {
    if (at < from || size > room) return from - at;
    return at + size > from + room ? from + room - at - size : 0;
  };
  const x = along(box.x, box.width, visible.x, visible.width);
  const y = along(box.y, box.height, visible.y, visible.height);
  return x === 0 && y === 0 ? undefined : { x, y };
}
