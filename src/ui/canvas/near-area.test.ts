import { describe, expect, it } from 'vitest';
import { isWithin, nearArea } from './near-area.ts';

const area = (x: number, y: number, zoom: number) =>
  nearArea({ transform: [x, y, zoom], width: 1000, height: 800 })!;

describe('what is near', () => {
  it.each([
    [0, 0, 1],
    [-7692, -259, 0.61],
    [333, 4567, 1.9],
  ])('holds all that is seen at %d, %d, %d', (x, y, zoom) => {
    const { left, top, right, bottom } = area(x, y, zoom);
    expect(left).toBeLessThanOrEqual(-x / zoom);
    expect(top).toBeLessThanOrEqual(-y / zoom);
    expect(right).toBeGreaterThanOrEqual((1000 - x) / zoom);
    expect(bottom).toBeGreaterThanOrEqual((800 - y) / zoom);
  });

  it('stays the same while the view moves a little', () => {
    expect(area(-5, -10, 1)).toEqual(area(-20, -130, 1));
    expect(area(-5, -10, 1)).not.toEqual(area(-900, -10, 1));
  });

  it('is nowhere before the canvas has a size', () => {
    expect(nearArea({ transform: [0, 0, 1], width: 0, height: 0 })).toBeUndefined();
  });

  it('holds nodes that reach into it', () => {
    const small = { left: 0, top: 0, right: 100, bottom: 100 };
    expect(isWithin({ x: -100, y: 90 }, small)).toBe(true);
    expect(isWithin({ x: -300, y: 90 }, small)).toBe(false);
  });
});
