import { describe, expect, it } from 'vitest';
import { readSketch } from './sketch.ts';

describe('the sketch of an example', () => {
  it('is read from its numbers', () => {
    expect(readSketch({ nodes: '0,0,3 320,136,', edges: '0-1' })).toEqual({
      nodes: [
        { x: 0, y: 0, hue: 3 },
        { x: 320, y: 136, hue: undefined },
      ],
      edges: [[0, 1]],
    });
  });

  it('is nothing when it is not one, and leaves out edges to nowhere', () => {
    for (const raw of [undefined, null, 7, {}, { nodes: '', edges: '' }, { nodes: 'a,b,c', edges: '' }])
      expect(readSketch(raw)).toBeUndefined();
    expect(readSketch({ nodes: '0,0,', edges: '0-5' })?.edges).toEqual([]);
  });
});
