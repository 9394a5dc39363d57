import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutGraph, LayoutPlace } from './contract.ts';
import { layoutGraph } from './handler.ts';

const size = { width: 224, height: 64 };

/** Any graph: cycles, loops, doubles and lone nodes included. */
const anyGraph = fc
  .record({
    heights: fc.array(fc.integer({ min: 20, max: 130 }), { minLength: 1, maxLength: 40 }),
    edges: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }),
    groups: fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }), {
      minLength: 40,
      maxLength: 40,
    }),
  })
  .map(
    ({ heights, edges, groups }): LayoutGraph => ({
      nodes: heights.map((height, i) => {
        const group = groups[i];
        return { id: `n${i}`, width: 224, height, ...(group === undefined ? {} : { group }) };
      }),
      edges: edges.map(([a, b]) => [`n${a}`, `n${b}`] as const),
    }),
  );

const acyclic = anyGraph.map((graph) => ({
  ...graph,
  edges: graph.edges.filter(([a, b]) => Number(a.slice(1)) < Number(b.slice(1))),
}));

const byId = (places: readonly LayoutPlace[]) => new Map(places.map((place) => [place.id, place]));

const chain = (count: number): LayoutGraph => ({
  nodes: Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...size })),
  edges: Array.from({ length: count - 1 }, (_, i) => [`n${i}`, `n${i + 1}`] as const),
});

describe('layout', () => {
  it('never lets two boxes overlap, in any graph', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const places = layoutGraph(graph);
        expect(places).toHaveLength(graph.nodes.length);
        for (let i = 0; i < places.length; i++)
          for (let j = i + 1; j < places.length; j++) {
            const [a, b] = [places[i]!, places[j]!];
            const [boxA, boxB] = [graph.nodes[i]!, graph.nodes[j]!];
            const apart =
              a.x + boxA.width <= b.x ||
              b.x + boxB.width <= a.x ||
              a.y + boxA.height <= b.y ||
              b.y + boxB.height <= a.y;
            expect(apart, `${a.id} over ${b.id}`).toBe(true);
          }
      }),
      { numRuns: 150 },
    );
  });

  it('points every edge of an acyclic graph to the right', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const places = byId(layoutGraph(graph));
        for (const [from, to] of graph.edges) {
          if (!places.has(from) || !places.has(to)) continue;
          expect(places.get(from)!.x + 224).toBeLessThan(places.get(to)!.x);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('starts at the origin and stays on the 8 px grid', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const places = layoutGraph(graph);
        expect(Math.min(...places.map((place) => place.x))).toBe(0);
        expect(Math.min(...places.map((place) => place.y))).toBe(0);
        for (const { x, y } of places) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same places for the same graph', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expect(layoutGraph(graph)).toEqual(layoutGraph(graph));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the members of a group beside each other in their column', () => {
    const groups = ['raw', 'clean', 'raw', 'clean', 'raw', 'clean'];
    const graph: LayoutGraph = {
      nodes: [{ id: 'hub', ...size }, ...groups.map((group, i) => ({ id: `n${i}`, ...size, group }))],
      edges: groups.map((_, i) => ['hub', `n${i}`] as const),
    };
    const order = layoutGraph(graph)
      .slice(1)
      .map((place, i) => ({ y: place.y, group: groups[i] }))
      .sort((a, b) => a.y - b.y)
      .map(({ group }) => group);
    const changes = order.filter((group, i) => i > 0 && group !== order[i - 1]).length;
    expect(changes).toBe(1);
  });

  it('draws a chain as one straight line', () => {
    const places = layoutGraph(chain(12));
    expect(new Set(places.map((place) => place.y)).size).toBe(1);
  });

  it('untangles two swapped pairs', () => {
    const nodes = ['a', 'b', 'x', 'y'].map((id) => ({ id, ...size }));
    const places = byId(
      layoutGraph({
        nodes,
        edges: [
          ['a', 'y'],
          ['b', 'x'],
          ['a', 'x'],
        ],
      }),
    );
    const above = (one: string, other: string) => places.get(one)!.y < places.get(other)!.y;
    expect(above('a', 'b')).toBe(above('y', 'x'));
  });

  it('puts a source next to its first reader', () => {
    const graph = chain(5);
    const places = byId(
      layoutGraph({
        nodes: [...graph.nodes, { id: 'late', ...size }],
        edges: [...graph.edges, ['late', 'n4']],
      }),
    );
    expect(places.get('late')!.x).toBe(places.get('n3')!.x);
  });

  it('lays out a chain of 2,000 and a graph of 2,000 nodes without growing slow', () => {
    expect(layoutGraph(chain(2000))).toHaveLength(2000);
    const nodes = Array.from({ length: 2000 }, (_, i) => ({ id: `n${i}`, ...size, group: `g${i % 7}` }));
    const edges = nodes
      .slice(1)
      .flatMap((node, i) => [
        [`n${Math.floor(i / 3)}`, node.id] as const,
        [`n${Math.floor((i * 7919) % (i + 1))}`, node.id] as const,
      ]);
    expect(layoutGraph({ nodes, edges })).toHaveLength(2000);
  });
});
