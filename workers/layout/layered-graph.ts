// The graph as typed arrays with ranks: what the layout passes work on. Long edges are cut into pieces by
// bends, one for each rank they cross, so that they do not run through boxes.

import type { LayoutGraph } from './contract.ts';

export interface LayeredGraph {
  /** Boxes first, in the order they were given; then bends. */
  readonly count: number;
  readonly boxCount: number;
  readonly rank: Int32Array;
  readonly height: Float64Array;
  /** Number of the group, or −1. */
  readonly group: Int32Array;
  readonly up: readonly (readonly number[])[];
  readonly down: readonly (readonly number[])[];
  readonly layers: readonly number[][];
}

const bendHeight = 16;

/** Ranks one connected part of a graph. `members` are indices into `graph.nodes`. */
export function layerGraph(graph: LayoutGraph, members: readonly number[], links: Links): LayeredGraph {
  const local = new Map(members.map((node, i) => [node, i]));
  const boxCount = members.length;
  const down: number[][] = members.map((node) => links.down[node]!.map((to) => local.get(to)!));
  const kept = withoutCycles(down);
  const rank = rankNodes(kept, boxCount);

  const spans = kept.flatMap((targets, from) => targets.map((to) => rank[to]! - rank[from]! - 1));
  const bendsWanted = spans.reduce((sum, span) => sum + span, 0);
  // Very long edges in very large graphs: straight lines are better than a layout that never ends.
  const bendLimit = 4 * boxCount + 2000;
  const maxSpan = bendsWanted <= bendLimit ? Number.POSITIVE_INFINITY : 3;

  const ranks = Array.from(rank);
  const upAll: number[][] = members.map(() => []);
  const downAll: number[][] = members.map(() => []);
  const join = (from: number, to: number) => {
    downAll[from]!.push(to);
    upAll[to]!.push(from);
  };
  kept.forEach((targets, from) => {
    for (const to of targets) {
      const span = rank[to]! - rank[from]! - 1;
      let last = from;
      for (let i = 1; i <= span && span <= maxSpan; i++) {
        const bend = ranks.length;
        ranks.push(rank[from]! + i);
        upAll.push([]);
        downAll.push([]);
        join(last, bend);
        last = bend;
      }
      join(last, to);
    }
  });

  const groupNumbers = new Map<string, number>();
  const count = ranks.length;
  const height = new Float64Array(count).fill(bendHeight);
  const group = new Int32Array(count).fill(-1);
  members.forEach((node, i) => {
    const box = graph.nodes[node]!;
    height[i] = box.height;
    if (box.group === undefined) return;
    if (!groupNumbers.has(box.group)) groupNumbers.set(box.group, groupNumbers.size);
    group[i] = groupNumbers.get(box.group)!;
  });
  const layers: number[][] = Array.from({ length: Math.max(0, ...ranks.slice(0, boxCount)) + 1 }, () => []);
  for (let i = 0; i < count; i++) layers[ranks[i]!]!.push(i);
  return { count, boxCount, rank: Int32Array.from(ranks), height, group, up: upAll, down: downAll, layers };
}

/** Who points to whom, by index into the graph's nodes, without doubles and loops. */
export interface Links {
  readonly up: readonly number[][];
  readonly down: readonly number[][];
}

export function linksOf(graph: LayoutGraph): Links {
  const index = new Map(graph.nodes.map((node, i) => [node.id, i]));
  const up: number[][] = graph.nodes.map(() => []);
  const down: number[][] = graph.nodes.map(() => []);
  const seen = new Set<string>();
  for (const [fromId, toId] of graph.edges) {
    const from = index.get(fromId);
    const to = index.get(toId);
    if (from === undefined || to === undefined || from === to || seen.has(`${from} ${to}`)) continue;
    seen.add(`${from} ${to}`);
    down[from]!.push(to);
    up[to]!.push(from);
  }
  return { up, down };
}

// Depth first without recursion (chains of thousands are real); an edge back to an open node is left out.
function withoutCycles(down: readonly (readonly number[])[]): number[][] {
  const kept: number[][] = down.map(() => []);
  const state = new Uint8Array(down.length);
  const next = new Int32Array(down.length);
  for (let root = 0; root < down.length; root++) {
    if (state[root] !== 0) continue;
    const stack = [root];
    state[root] = 1;
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      const to = down[node]![next[node]!++];
      if (to === undefined) {
        state[node] = 2;
        stack.pop();
      } else if (state[to] !== 1) {
        kept[node]!.push(to);
        if (state[to] === 0) {
          state[to] = 1;
          stack.push(to);
        }
      }
    }
  }
  return kept;
}

// Longest path from the left; then what only feeds later ranks moves right, next to its first reader.
function rankNodes(down: readonly (readonly number[])[], count: number): Int32Array {
  const waiting = new Int32Array(count);
  for (const targets of down) for (const to of targets) waiting[to]!++;
  const rank = new Int32Array(count);
  const order: number[] = [];
  const sources = new Set<number>();
  for (let i = 0; i < count; i++)
    if (waiting[i] === 0) {
      order.push(i);
      sources.add(i);
    }
  for (let i = 0; i < order.length; i++) {
    const from = order[i]!;
    for (const to of down[from]!) {
      rank[to] = Math.max(rank[to]!, rank[from]! + 1);
      if (--waiting[to]! === 0) order.push(to);
    }
  }
  for (const source of sources) {
    let nearest = Number.POSITIVE_INFINITY;
    for (const to of down[source]!) nearest = Math.min(nearest, rank[to]!);
    if (nearest !== Number.POSITIVE_INFINITY) rank[source] = nearest - 1;
  }
  return rank;
}
