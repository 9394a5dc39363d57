import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, panBy, placeOf, ticksOf, tickText, zoomAround } from './timeline-scale.ts';

const whole = { from: 1000, to: 3000 };

describe('the time axis of a run', () => {
  it('places moments and writes round ticks', () => {
    expect(placeOf(2000, whole)).toBe(0.5);
    expect(ticksOf(whole, whole, 8)).toEqual([0, 500, 1000, 1500, 2000]);
    expect(ticksOf({ from: 2000, to: 2001 }, whole, 4)).toEqual([1000, 1000.5, 1001]);
    expect([0, 0.5, 12.25, 1500, 90_000, 7_200_000].map(tickText)).toEqual([
      '0',
      '0.5 ms',
      '12.25 ms',
      '1.5 s',
      '1 min 30 s',
      '2 h',
    ]);
  });

  it('zooms around the pointer and stays inside the run', () => {
    expect(zoomAround(whole, whole, 0.5, 0)).toEqual({ from: 1000, to: 2000 });
    expect(zoomAround(whole, whole, 0.5, 1)).toEqual({ from: 2000, to: 3000 });
    expect(zoomAround(whole, whole, 4, 0.5)).toEqual(whole);
    expect(panBy({ from: 1000, to: 2000 }, whole, 9)).toEqual({ from: 2000, to: 3000 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const moves = fc.array(fc.tuple(fc.double({ min: 0.1, max: 4, noNaN: true }), share), { maxLength: 30 });
    fc.assert(
      fc.property(moves, (list) => {
        let view = whole;
        for (const [factor, at] of list) view = panBy(zoomAround(view, whole, factor, at), whole, at - 0.5);
        expect(view.from).toBeGreaterThanOrEqual(whole.from - 1e-6);
        expect(view.to).toBeLessThanOrEqual(whole.to + 1e-6);
        expect(lengthOf(view)).toBeGreaterThan(0);
        expect(ticksOf(view, whole, 8).length).toBeLessThanOrEqual(9);
      }),
    );
  });
});
