import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asset, emptyDocument, type Point, type ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { asAssetId } from '#model/ids.ts';
import { freeKey, freePlace, newAsset, nextPlace } from './new-assets.ts';
import { nodeHeight, nodeWidth } from './node-places.ts';

const origin = { x: 0, y: 0 };

function documentOf(...assets: Asset[]): ProjectDocument {
  return { ...emptyDocument('test'), assets: new Map(assets.map((asset) => [asset.id, asset])) };
}

const code = (key: string, body = `export default function ${key}() {\n  return 1;\n}\n`): Asset => ({
  id: asAssetId(key),
  kind: 'asset',
  key,
  position: origin,
  body,
});

describe('a new asset', () => {
  it('takes the first free name', () => {
    expect(freeKey(new Set(), 'new_asset')).toBe('new_asset');
    expect(freeKey(new Set(['new_asset', 'new_asset_2']), 'new_asset')).toBe('new_asset_3');
  });

  it('overlaps no other', () => {
    const points = fc.array(
      fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -400, max: 400 }) }),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(
        points,
        fc.record({ x: fc.integer(), y: fc.integer({ min: -400, max: 400 }) }),
        (taken, wanted) => {
          const near: Point = { x: wanted.x % 800, y: wanted.y };
          const place = freePlace(taken, near);
          for (const other of taken)
            expect(
              Math.abs(other.x - place.x) >= nodeWidth || Math.abs(other.y - place.y) >= nodeHeight,
            ).toBe(true);
        },
      ),
    );
  });

  it('stands where it was wanted when there is room', () => {
    expect(freePlace([], { x: 101, y: 50 })).toEqual({ x: 104, y: 48 });
  });

  it('stands to the right of what is there already', () => {
    const place = freePlace([{ x: 104, y: 48 }], { x: 101, y: 50 });
    expect(place.y).toBe(48);
    expect(place.x).toBeGreaterThan(104 + nodeWidth);
  });

  it('reads the asset that it was drawn from', () => {
    const upstream = code('orders');
    const document = documentOf(upstream);
    const asset = newAsset(document, asAssetId('n'), origin, upstream);
    const graph = buildGraph(documentOf(upstream, asset));
    expect(graph.edges).toEqual([{ from: 'orders', to: 'n', kind: 'value', input: 'orders' }]);
  });

  it('reads an asset whose key is no plain name by an input of its own', () => {
    const upstream = { ...code('raw'), key: 'raw/orders-2' };
    const asset = newAsset(documentOf(upstream), asAssetId('n'), origin, upstream);
    expect(buildGraph(documentOf(upstream, asset)).edges[0]?.from).toBe(upstream.id);
  });
});

describe('the place of the next asset', () => {
  const at = (key: string, x: number, y: number): Asset => ({ ...code(key), position: { x, y } });

  it('is to the right of the one it stands beside, so that a chain looks like one', () => {
    const first = at('a', 0, 0);
    const second = at('b', 288, 0);
    expect(nextPlace(documentOf(first), first, origin)).toEqual({ x: 288, y: 0 });
    expect(nextPlace(documentOf(first, second), second, origin)).toEqual({ x: 576, y: 0 });
  });

  it('is beneath what stands there already', () => {
    const first = at('a', 0, 0);
    const place = nextPlace(documentOf(first, at('b', 288, 0)), first, origin);
    expect(place.x).toBe(288);
    expect(place.y).toBeGreaterThanOrEqual(nodeHeight);
  });

  it('is the middle of the view when there is nothing to stand beside', () => {
    expect(nextPlace(documentOf(), undefined, { x: 512, y: 232 })).toEqual({ x: 400, y: 200 });
  });
});
