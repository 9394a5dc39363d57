import { describe, expect, it } from 'vitest';
import { nearArea } from './use-near-edges.ts';

const area = (x: number, y: number, zoom: number) =>
  nearArea({ transform: [x, y, zoom], width: 1000, height: 800 });

describe('what is near', () => {
  it('holds all that is seen', () => {
    for (const [x, y, zoom] of [
      [0, 0, 1],
      [-7692, -259, 0.61],
      [333, 4567, 1.9],
    ] as const) {
      const [left, top, right, bottom] = area(x, y, zoom).split(' ').map(Number) as [
        number,
        number,
        number,
        number,
      ];
      expect(left).toBeLessThanOrEqual(-x / zoom);
      expect(top).toBeLessThanOrEqual(-y / zoom);
      expect(right).toBeGreaterThanOrEqual((1000 - x) / zoom);
      expect(bottom).toBeGreaterThanOrEqual((800 - y) / zoom);
    }
  });

  it('stays the same while the view moves a little', () => {
    expect(area(-5, -10, 1)).toBe(area(-20, -130, 1));
    expect(area(-5, -10, 1)).not.toBe(area(-900, -100, 1));
  });

  it('is nowhere before the canvas has a size', () => {
    expect(nearArea({ transform: [0, 0, 1], width: 0, height: 0 })).toBe('');
  });
});
