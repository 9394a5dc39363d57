import { describe, expect, it } from 'vitest';
import type { Asset, ProjectDocument } from './document.ts';
import { buildGraph, graphAfter, readHeads } from './graph.ts';
import { graph, idOf } from './graph-builder.ts';

const first = graph().asset('a').asset('b', '({ a }) => a').asset('c').document();

const changed = (key: string, fields: Partial<Asset>): ProjectDocument => {
  const before = first.assets.get(idOf(key))!;
  return { ...first, assets: new Map(first.assets).set(before.id, { ...before, ...fields } as Asset) };
};

describe('the graph after an edit', () => {
  it('shares its edges with the one before when assets only moved', () => {
    const before = buildGraph(first);
    const moved = changed('b', { position: { x: 80, y: 8 } });
    const after = graphAfter(before, moved);
    expect(after.edges).toBe(before.edges);
    expect(after.document).toBe(moved);
  });

  it.each([
    ['a body', changed('c', { body: 'export default ({ b }) => b' } as Partial<Asset>)],
    ['a key', changed('a', { key: 'z' })],
    ['a group', changed('a', { group: 'raw' })],
    ['a new dependency', changed('c', { deps: ['a'] })],
    ['a new asset', graph(first).asset('d', '({ a }) => a').document()],
    ['another order', { ...first, assets: new Map([...first.assets].reverse()) }],
  ])('is derived anew for %s', (_, document) => {
    const before = buildGraph(first);
    const after = graphAfter(before, document);
    expect(after.edges).not.toBe(before.edges);
    const { resolve: _resolve, ...facts } = after;
    const { resolve: _other, ...expected } = buildGraph(document);
    expect(facts).toEqual(expected);
  });
});

it('heads of bodies are read with rests between', async () => {
  let large = graph();
  for (let i = 0; i < 650; i += 1) large = large.asset(`asset${i}`, `() => ${i}`);
  let rests = 0;
  const rest = async () => {
    rests += 1;
  };
  await readHeads(large.document().assets.values(), rest);
  expect(rests).toBe(2);
  await readHeads(large.document().assets.values(), rest);
  expect(rests).toBe(2);
});
