// Crossing reduction: barycenter sweeps over the layers, the best order kept; then the members of a group
// are brought together in each layer where that costs few crossings.

import type { LayeredGraph } from './layered-graph.ts';

const sweeps = 12;

/** Orders each layer from top to bottom. */
export function orderLayers(graph: LayeredGraph): number[][] {
  let layers = startingOrder(graph);
  const place = new Float64Array(graph.count);
  const setPlaces = (order: readonly number[][]) => {
    for (const layer of order) numberPlaces(layer, place);
  };
  setPlaces(layers);
  let best = layers;
  let fewest = countCrossings(graph, layers, place);
  // A quarter of the sweeps without a gain means that there is no more to be had.
  for (let sweep = 0, idle = 0; sweep < sweeps && fewest > 0 && idle < sweeps / 4; sweep++) {
    layers = layers.map((layer) => [...layer]);
    const rightwards = sweep % 2 === 0;
    for (let i = 1; i < layers.length; i++) {
      const layer = layers[rightwards ? i : layers.length - 1 - i]!;
      sortByBarycenter(layer, rightwards ? graph.up : graph.down, place);
    }
    const crossings = countCrossings(graph, layers, place);
    if (crossings < fewest) {
      best = layers;
      fewest = crossings;
      idle = 0;
    } else idle++;
  }
  setPlaces(best);
  const grouped = best.map((layer) => groupTogether(layer, graph.group, place));
  setPlaces(grouped);
  return countCrossings(graph, grouped, place) <= fewest * 1.25 + 2 ? grouped : best;
}

// Depth first from the left, so that what hangs together starts together; groups one after another.
function startingOrder(graph: LayeredGraph): number[][] {
  const layers: number[][] = graph.layers.map(() => []);
  const seen = new Uint8Array(graph.count);
  const roots = graph.layers.flat().sort((a, b) => graph.group[a]! - graph.group[b]! || a - b);
  for (const root of roots) {
    if (seen[root] || graph.up[root]!.length > 0) continue;
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (seen[node]) continue;
      seen[node] = 1;
      layers[graph.rank[node]!]!.push(node);
      const targets = graph.down[node]!;
      for (let i = targets.length - 1; i >= 0; i--) stack.push(targets[i]!);
    }
  }
  for (const node of roots) if (!seen[node]) layers[graph.rank[node]!]!.push(node);
  return layers;
}

function sortByBarycenter(layer: number[], neighbours: LayeredGraph['up'], place: Float64Array): void {
  const weight = new Map<number, number>();
  for (const node of layer) {
    const near = neighbours[node]!;
    let sum = 0;
    for (const other of near) sum += place[other]!;
    weight.set(node, near.length > 0 ? sum / near.length : place[node]!);
  }
  layer.sort((a, b) => weight.get(a)! - weight.get(b)! || place[a]! - place[b]!);
  numberPlaces(layer, place);
}

function numberPlaces(layer: readonly number[], place: Float64Array): void {
  for (let i = 0; i < layer.length; i++) place[layer[i]!] = i;
}

// Blocks of one group stand where the middle of their members was; bends and loners are blocks of one.
function groupTogether(layer: readonly number[], group: Int32Array, place: Float64Array): number[] {
  const blocks = new Map<string, number[]>();
  for (const node of layer) {
    const name = group[node]! < 0 ? `n${node}` : `g${group[node]}`;
    const block = blocks.get(name);
    if (block) block.push(node);
    else blocks.set(name, [node]);
  }
  const middle = (block: readonly number[]) =>
    block.reduce((sum, node) => sum + place[node]!, 0) / block.length;
  return [...blocks.values()].sort((a, b) => middle(a) - middle(b)).flat();
}

/** Crossings between neighbouring layers: inversions, counted with a Fenwick tree. */
export function countCrossings(
  graph: LayeredGraph,
  layers: readonly (readonly number[])[],
  place: Float64Array,
): number {
  let crossings = 0;
  for (let i = 0; i + 1 < layers.length; i++) {
    const size = layers[i + 1]!.length;
    const tree = new Int32Array(size + 1);
    let placed = 0;
    for (const node of layers[i]!) {
      // Edges of very long span are not cut: they leave the neighbouring layer and are not counted.
      const ends = graph.down[node]!.filter((to) => graph.rank[to] === i + 1)
        .map((to) => place[to]!)
        .sort((a, b) => a - b);
      for (const end of ends) {
        let atOrBefore = 0;
        for (let k = end + 1; k > 0; k -= k & -k) atOrBefore += tree[k]!;
        crossings += placed - atOrBefore;
      }
      for (const end of ends) {
        for (let k = end + 1; k <= size; k += k & -k) tree[k]!++;
        placed++;
      }
    }
  }
  return crossings;
}
