import { describe, expect, it } from 'vitest';
import { asAssetId } from '#model/ids.ts';
import { rollUpsOf } from './group-roll-ups.ts';
import type { OverviewBlock } from './overview-scene.ts';

const block = (id: string, rest: Partial<OverviewBlock>): OverviewBlock => ({
  id: asAssetId(id),
  key: id,
  at: { x: 0, y: 0 },
  height: 64,
  group: undefined,
  hue: undefined,
  status: 'materialized',
  selected: false,
  ...rest,
});

describe('groups seen from very far', () => {
  it('span their assets and say how these fare, the largest group first', () => {
    const found = rollUpsOf([
      block('a', { group: 'raw', hue: 1 }),
      block('b', { group: 'daily', hue: 2, at: { x: 300, y: 0 } }),
      block('c', { group: 'daily', hue: 2, at: { x: 300, y: 400 }, status: 'failed' }),
      block('d', { group: 'daily', hue: 2, at: { x: 600, y: 0 }, status: 'stale' }),
      block('e', {}),
    ]);
    expect(found).toEqual([
      {
        name: 'daily',
        hue: 2,
        left: 252,
        top: -48,
        right: 872,
        bottom: 512,
        words: '3 assets · 1 failed · 1 stale',
        hasFailed: true,
      },
      {
        name: 'raw',
        hue: 1,
        left: -48,
        top: -48,
        right: 272,
        bottom: 112,
        words: '1 asset',
        hasFailed: false,
      },
    ]);
  });
});
