import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, type Box, boundsOf, distribute, freeBlockOffset, panToShow } from './arrange.ts';

const boxes: fc.Arbitrary<Box[]> = fc
  .array(
    fc.record({
      x: fc.integer({ min: -110, max: 110 }),
      y: fc.integer({ min: -110, max: 110 }),
      width: fc.integer({ min: 1, max: 38 }),
      height: fc.integer({ min: 1, max: 25 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ x, y, width, height }, i) => ({
      id: String(i),
      x: x * 8,
      y: y * 8,
      width: width * 8,
      height: height * 8,
    })),
  );

const two: Box[] = [
  { id: 'a', x: 0, y: 0, width: 100, height: 50 },
  { id: 'b', x: 300, y: 200, width: 50, height: 100 },
];

describe('aligning', () => {
  it.each([
    ['left', [0, 0], [0, 200]],
    ['centre', [125, 0], [150, 200]],
    ['right', [250, 0], [300, 200]],
    ['top', [0, 0], [300, 0]],
    ['middle', [0, 125], [300, 100]],
    ['bottom', [0, 250], [300, 200]],
  ] as const)('%s', (how, a, b) => {
    expect(align(two, how)).toEqual([
      ['a', { x: a[0], y: a[1] }],
      ['b', { x: b[0], y: b[1] }],
    ]);
  });

  it('twice is the same as once', () => {
    fc.assert(
      fc.property(
        boxes,
        fc.constantFrom('left' as const, 'right' as const, 'middle' as const),
        (list, how) => {
          const once = align(list, how);
          const moved = list.map((box, i) => ({ ...box, ...once[i]![1] }));
          expect(align(moved, how)).toEqual(once);
        },
      ),
    );
  });
});

describe('distributing', () => {
  it('leaves equal gaps and the first where it is', () => {
    fc.assert(
      fc.property(boxes, (list) => {
        const places = new Map(distribute(list, 'horizontally'));
        const moved = list
          .map((box) => ({ ...box, ...places.get(box.id)! }))
          .sort((a, b) => a.x - b.x || a.width - b.width);
        expect(boundsOf(moved).x).toBe(boundsOf(list).x);
        const gaps = moved.slice(1).map((box, i) => box.x - moved[i]!.x - moved[i]!.width);
        for (const gap of gaps) {
          expect(gap).toBeGreaterThanOrEqual(23);
          expect(Math.abs(gap - gaps[0]!)).toBeLessThanOrEqual(2);
        }
        expect(moved.every((box) => box.y === list.find((other) => other.id === box.id)!.y)).toBe(true);
      }),
    );
  });
});

describe('a block that is put down', () => {
  it('overlaps nothing, and stands where it is wanted when there is room', () => {
    expect(freeBlockOffset(two, [], { x: 101, y: 50 })).toEqual({ x: 104, y: 48 });
    fc.assert(
      fc.property(boxes, boxes, fc.integer({ min: -500, max: 500 }), (block, taken, at) => {
        const offset = freeBlockOffset(block, taken, { x: at, y: -at });
        for (const box of block)
          for (const other of taken) {
            const [x, y] = [box.x + offset.x, box.y + offset.y];
            const apart =
              x >= other.x + other.width ||
              other.x >= x + box.width ||
              y >= other.y + other.height ||
              other.y >= y + box.height;
            expect(apart).toBe(true);
          }
      }),
    );
  });
});

describe('showing a box', () => {
  const visible = { x: 0, y: 0, width: 500, height: 400 };
  it('moves nothing that can be seen', () => {
    expect(panToShow({ x: 10, y: 10, width: 100, height: 50 }, visible)).toBeUndefined();
  });
  it('moves no further than needed', () => {
    expect(panToShow({ x: 450, y: 10, width: 100, height: 50 }, visible)).toEqual({ x: -50, y: 0 });
    expect(panToShow({ x: 10, y: -30, width: 100, height: 50 }, visible)).toEqual({ x: 0, y: 30 });
  });
});
