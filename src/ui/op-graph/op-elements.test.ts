import { expect, test } from 'vitest';
import type { GraphUnit, OutputAsset } from '#model/document.ts';
import { asAssetId, asUnitId } from '#model/ids.ts';
import { freeOpPlace, graphElements, nextOpPlace, placesOf, sourceOf, wiresOf } from './op-elements.ts';

const body = 'export default () => 1';
const unit: GraphUnit = {
  kind: 'graph',
  id: asUnitId('u'),
  name: 'fan',
  position: { x: 0, y: 0 },
  ops: [
    {
      name: 'spread',
      position: { x: 0, y: 0 },
      args: [{ input: 'orders' }],
      outs: [{ name: 'each', isDynamic: true }],
      body,
    },
    { name: 'double', position: { x: 300, y: 40 }, args: [{ op: 'spread', output: 'each' }], body },
    {
      name: 'gather',
      position: { x: 600, y: 0 },
      args: [{ op: 'double', collect: true }],
      body,
    },
  ],
  results: { result: { op: 'gather' } },
};
const output: OutputAsset = {
  kind: 'output',
  id: asAssetId('o'),
  key: 'fan',
  position: { x: 0, y: 0 },
  unit: unit.id,
  output: 'result',
};
const nothing = new Map<string, { x: number; y: number }>();

test('every wire is drawn once, and says how often what it leads to runs', () => {
  expect(wiresOf(unit, [output]).map(({ mode }) => mode)).toEqual(['once', 'each', 'all', 'once']);
  const { nodes, edges } = graphElements(unit, [output], nothing, new Set(), undefined);
  expect(nodes.map(({ id }) => id)).toEqual([
    'in orders',
    'op spread',
    'op double',
    'op gather',
    'out result',
  ]);
  expect(edges).toHaveLength(4);
  expect(edges[1]).toMatchObject({ source: 'op spread', sourceHandle: 'each', target: 'op double' });
});

test('inputs stand left of all ops and assets right of them, and stay while an op is dragged', () => {
  const places = placesOf(unit, [output], nothing);
  expect(places.get('in orders')!.x).toBeLessThan(-200);
  expect(places.get('out result')!.x).toBeGreaterThan(824);
  const dragged = placesOf(unit, [output], new Map([['spread', { x: -500, y: 0 }]]));
  expect(dragged.get('op spread')).toEqual({ x: -500, y: 0 });
  expect(dragged.get('in orders')).toEqual(places.get('in orders'));
});

test('a new op covers no other', () => {
  expect(nextOpPlace(unit, 'spread')).toEqual({ x: 288, y: 120 });
  expect(freeOpPlace(unit, { x: 0, y: 0 })).toEqual({ x: 0, y: 80 });
  expect(nextOpPlace({ ...unit, ops: [] }, undefined)).toEqual({ x: 0, y: 0 });
});

test('a handle is a result of its op; the plain one has no name', () => {
  expect(sourceOf('op spread', 'each')).toEqual({ op: 'spread', output: 'each' });
  expect(sourceOf('op double', 'result')).toEqual({ op: 'double' });
  expect(sourceOf('in orders', null)).toEqual({ input: 'orders' });
  expect(sourceOf('out result', null)).toBeUndefined();
});
