// P12: laying out a graph, beside dagre. In Node: the layout worker's handler is plain TypeScript.

import dagre from 'dagre';
import { layoutGraph } from '#workers/layout/handler.ts';
import { randomGraph } from './random-graph.ts';
import { type BenchRow, interleave, median } from './statistics.ts';

type Point = { readonly x: number; readonly y: number };
type Edge = readonly [from: string, to: string];

const width = 224;
const height = 64;

function graphOf(count: number) {
  const { nodes } = randomGraph(count);
  return {
    nodes: nodes.map(({ key }) => ({ id: key, width, height })),
    edges: nodes.flatMap(({ key, deps }) => deps.map((dep): Edge => [dep, key])),
  };
}

function chainOf(length: number) {
  const nodes = Array.from({ length }, (_, i) => ({ id: `a${i}`, width, height }));
  return { nodes, edges: nodes.slice(1).map(({ id }, i): Edge => [`a${i}`, id]) };
}

export async function measureLayout(
  rounds: number,
  say: (text: string) => void,
): Promise<readonly BenchRow[]> {
  say(`P12: layouts of 1,000 and 10,000 assets, ours and dagre, ${rounds} rounds …`);
  const small = graphOf(1_000);
  const large = graphOf(10_000);
  // Neither side's first time is counted.
  const ours = new Map(layoutGraph(small).map(({ id, x, y }) => [id, { x, y }]));
  const theirs = dagrePlaces(small);
  layoutGraph(chainOf(1_000));
  const taken = await interleave(rounds, {
    ours: timed(() => layoutGraph(small)),
    dagre: timed(() => dagrePlaces(small)),
    large: timed(() => layoutGraph(large)),
    sweeps: timed(() => bareSweeps(large)),
  });
  const ratio = median(taken.dagre) / median(taken.ours);
  const ofFloor = median(taken.large) / median(taken.sweeps);
  const crossings = crossingsOf(small.edges, ours) / crossingsOf(small.edges, theirs);
  return [
    {
      id: 'P12',
      what: 'layout of 1,000 assets',
      unit: 'ms',
      ours: median(taken.ours),
      peer: { name: 'dagre 0.8.5', value: median(taken.dagre) },
      ratio,
      goal: '≥ 20 faster than dagre',
      reached: ratio >= 20,
      samples: { ours: taken.ours, peer: taken.dagre },
      note: `${crossings.toFixed(2)} of dagre’s edge crossings (goal ≤ 1.05)`,
    },
    {
      id: 'P12',
      what: 'layout of 10,000 assets',
      unit: 'ms',
      ours: median(taken.large),
      floor: { name: 'rank and four sweeps', value: median(taken.sweeps) },
      ratio: ofFloor,
      goal: '≤ 12 of the floor',
      reached: ofFloor <= 12,
      samples: { ours: taken.large, floor: taken.sweeps },
    },
  ];
}

const timed = (work: () => unknown) => async () => {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
};

type Graph = ReturnType<typeof graphOf>;

function dagrePlaces({ nodes, edges }: Graph): Map<string, Point> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranker: 'tight-tree' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width, height });
  for (const [from, to] of edges) graph.setEdge(from, to);
  dagre.layout(graph);
  return new Map(
    graph.nodes().map((id) => {
      const { x, y } = graph.node(id);
      return [id, { x, y }];
    }),
  );
}

/** What any layered layout must do at the least: rank by longest path, and sort each rank four times. */
function bareSweeps({ nodes, edges }: Graph): void {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const up: number[][] = nodes.map(() => []);
  const down: number[][] = nodes.map(() => []);
  for (const [from, to] of edges) {
    up[index.get(to)!]!.push(index.get(from)!);
    down[index.get(from)!]!.push(index.get(to)!);
  }
  // The graph is made in topological order.
  const rank = new Int32Array(nodes.length);
  for (let i = 0; i < nodes.length; i++)
    for (const from of up[i]!) rank[i] = Math.max(rank[i]!, rank[from]! + 1);
  const ranks: number[][] = Array.from({ length: Math.max(...rank) + 1 }, () => []);
  for (let i = 0; i < nodes.length; i++) ranks[rank[i]!]!.push(i);
  const place = new Float64Array(nodes.length);
  for (const members of ranks)
    members.forEach((node, i) => {
      place[node] = i;
    });
  const weight = new Float64Array(nodes.length);
  for (let sweep = 0; sweep < 4; sweep++) {
    const neighbours = sweep % 2 === 0 ? up : down;
    for (const members of sweep % 2 === 0 ? ranks : ranks.toReversed()) {
      for (const node of members) {
        const all = neighbours[node]!;
        let sum = 0;
        for (const other of all) sum += place[other]!;
        weight[node] = all.length > 0 ? sum / all.length : place[node]!;
      }
      members.sort((a, b) => weight[a]! - weight[b]!);
      members.forEach((node, i) => {
        place[node] = i;
      });
    }
  }
}

/** Pairs of edges whose straight lines cross, ends at a common node apart. */
function crossingsOf(edges: readonly Edge[], places: ReadonlyMap<string, Point>): number {
  const lines = edges.map(([from, to]) => ({ from, to, a: places.get(from)!, b: places.get(to)! }));
  let count = 0;
  for (let i = 0; i < lines.length; i++)
    for (let j = i + 1; j < lines.length; j++) {
      const [one, two] = [lines[i]!, lines[j]!];
      if (one.from === two.from || one.to === two.to || one.from === two.to || one.to === two.from) continue;
      if (
        side(one.a, one.b, two.a) * side(one.a, one.b, two.b) < 0 &&
        side(two.a, two.b, one.a) * side(two.a, two.b, one.b) < 0
      )
        count += 1;
    }
  return count;
}

const side = (a: Point, b: Point, c: Point): number =>
  Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
