// Coordinates: each layer's nodes as near as possible to their neighbours, in order and without overlap.
// One layer at a time this is least squares under order constraints, which pooling of neighbours solves
// exactly in linear time.

import type { LayeredGraph } from './layered-graph.ts';

const passes = 10;
export const grid = 8;

const toGrid = (length: number) => Math.ceil(length / grid) * grid;

/** The top of each node, on the grid. */
export function placeLayers(graph: LayeredGraph, layers: readonly (readonly number[])[], gap: number) {
  const centre = new Float64Array(graph.count);
  const apart = (a: number, b: number) => {
    // Two bends beside each other may run close: they are lines.
    const between = a >= graph.boxCount && b >= graph.boxCount ? grid : gap;
    return toGrid((graph.height[a]! + graph.height[b]!) / 2 + between);
  };
  for (const layer of layers) {
    let y = 0;
    layer.forEach((node, i) => {
      if (i > 0) y += apart(layer[i - 1]!, node);
      centre[node] = y;
    });
    const shift = y / 2;
    for (const node of layer) centre[node]! -= shift;
  }
  for (let pass = 0; pass < passes; pass++) {
    const rightwards = pass % 2 === 0;
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[rightwards ? i : layers.length - 1 - i]!;
      settle(layer, centre, apart, (node) => wish(graph, node, centre, rightwards, pass >= passes - 2));
    }
  }
  const top = new Float64Array(graph.count);
  for (const layer of layers) {
    for (const node of layer) top[node] = Math.round((centre[node]! - graph.height[node]! / 2) / grid) * grid;
    for (let i = 1; i < layer.length; i++) {
      const above = layer[i - 1]!;
      const free = top[above]! + graph.height[above]! + (above < graph.boxCount ? gap : grid);
      // Boxes of odd height: rounding can have eaten into the gap.
      if (above < graph.boxCount || layer[i]! < graph.boxCount)
        top[layer[i]!] = Math.max(top[layer[i]!]!, toGrid(free));
    }
  }
  return top;
}

interface Wish {
  readonly at: number;
  readonly weight: number;
}

// The middle of the neighbours; the last passes look both ways. Bends pull hard, so that lines stay straight.
function wish(
  graph: LayeredGraph,
  node: number,
  centre: Float64Array,
  rightwards: boolean,
  both: boolean,
): Wish {
  const behind = rightwards ? graph.up[node]! : graph.down[node]!;
  const ahead = rightwards ? graph.down[node]! : graph.up[node]!;
  const near = both || behind.length === 0 ? [...behind, ...ahead] : behind;
  if (near.length === 0) return { at: centre[node]!, weight: 0.1 };
  const places = near.map((other) => centre[other]!).sort((a, b) => a - b);
  const half = places.length >> 1;
  const median = places.length % 2 === 1 ? places[half]! : (places[half - 1]! + places[half]!) / 2;
  return { at: median, weight: node >= graph.boxCount ? 4 : 1 };
}

function settle(
  layer: readonly number[],
  centre: Float64Array,
  apart: (a: number, b: number) => number,
  wishOf: (node: number) => Wish,
): void {
  // Offsets turn "at least so far apart" into "never decreasing".
  const offset: number[] = [];
  const blocks: { sum: number; weight: number; from: number }[] = [];
  layer.forEach((node, i) => {
    offset.push(i === 0 ? 0 : offset[i - 1]! + apart(layer[i - 1]!, node));
    const { at, weight } = wishOf(node);
    let block = { sum: (at - offset[i]!) * weight, weight, from: i };
    for (let last = blocks[blocks.length - 1]; last; last = blocks[blocks.length - 1]) {
      if (last.sum / last.weight < block.sum / block.weight) break;
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, from: last.from };
      blocks.pop();
    }
    blocks.push(block);
  });
  blocks.forEach((block, b) => {
    const end = blocks[b + 1]?.from ?? layer.length;
    for (let i = block.from; i < end; i++) centre[layer[i]!] = block.sum / block.weight + offset[i]!;
  });
}
