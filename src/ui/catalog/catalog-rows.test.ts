import { describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import { catalogRows, matchesFilter, matchesSearch, sortedRows } from './catalog-rows.ts';

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

  it('sorts by any column, with what has nothing there at the end', () => {
    const keys = (by: Parameters<typeof sortedRows>[1], isDescending: boolean) =>
      sortedRows(timed, by, isDescending).map(({ asset }) => asset.key);
    const timed = rows.map((row, index) =>
      index === 0 ? row : { ...row, materializedAt: index, count: -index },
    );
    expect(keys('asset', true)).toEqual(['raw/orders10', 'raw/orders2', 'noaa']);
    expect(keys('materialized', true)).toEqual(['raw/orders10', 'raw/orders2', 'noaa']);
    expect(keys('materialized', false)).toEqual(['raw/orders2', 'raw/orders10', 'noaa']);
    expect(keys('size', false)).toEqual(['raw/orders10', 'raw/orders2', 'noaa']);
    expect(keys('status', false)).toEqual(['raw/orders2', 'raw/orders10', 'noaa']);
  });

  it('filters by group, kind and status together with the search', () => {
    const found = (change: Partial<Parameters<typeof matchesFilter>[1]>) =>
      rows.filter((row) =>
        matchesFilter(row, { search: '', group: undefined, kind: undefined, status: undefined, ...change }),
      ).length;
    expect(found({ group: 'raw' })).toBe(3);
    expect(found({ group: 'other' })).toBe(0);
    expect(found({ kind: 'python' })).toBe(0);
    expect(found({ status: 'external' })).toBe(1);
    expect(found({ status: 'never', search: 'orders10' })).toBe(1);
  });

  it('finds what has every word, in any field', () => {
    const found = (search: string) => rows.filter((row) => matchesSearch(row, search)).length;
    expect(found('')).toBe(3);
    expect(found('ORDERS sales')).toBe(2);
    expect(found('external')).toBe(1);
    expect(found('orders nobody')).toBe(0);
  });
});
