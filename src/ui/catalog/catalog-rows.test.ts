import { describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import { catalogRows, matchesSearch } from './catalog-rows.ts';

const document = {
  ...emptyDocument('p'),
  assets: new Map(
    ['raw/orders10', 'raw/orders2', 'noaa'].map((key) => {
      const id = asAssetId(key);
      const base = { id, key, position: { x: 0, y: 0 }, group: 'raw', owners: ['team:sales'] };
      return [
        id,
        key === 'noaa'
          ? { ...base, kind: 'external' as const }
          : { ...base, kind: 'asset' as const, body: '' },
      ];
    }),
  ),
};

describe('the catalog', () => {
  const rows = catalogRows(document, new Map());

  it('lists assets by key, numbers in their order', () => {
    expect(rows.map(({ asset, status }) => `${asset.key} ${status}`)).toEqual([
      'noaa external',
      'raw/orders2 never',
      'raw/orders10 never',
    ]);
  });

  it('finds what has every word, in any field', () => {
    const found = (search: string) => rows.filter((row) => matchesSearch(row, search)).length;
    expect(found('')).toBe(3);
    expect(found('ORDERS sales')).toBe(2);
    expect(found('external')).toBe(1);
    expect(found('orders nobody')).toBe(0);
  });
});
