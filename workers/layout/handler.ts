// Layered layout from left to right: rank, order, place. Connected parts are laid out alone and stacked;
// what has no edge at all stands in rows beneath.

import type { LayoutGraph, LayoutPlace } from './contract.ts';
import { type Links, layerGraph, linksOf } from './layered-graph.ts';
import { orderLayers } from './order-layers.ts';
import { grid, placeLayers } from './place-layers.ts';

const columnGap = 96;
const rowGap = 32;
const partGap = 64;

/** Places every node; no two boxes overlap, and every edge that is not part of a cycle points right. */
export function layoutGraph(graph: LayoutGraph): LayoutPlace[] {
  const links = linksOf(graph);
  const places = new Map<number, { x: number; y: number }>();
  let top = 0;
  const loners: number[] = [];
  for (const part of connectedParts(graph, links)) {
    if (part.length === 1) {
      loners.push(part[0]!);
      continue;
    }
    const bottom = layoutPart(graph, links, part, top, places);
    top = bottom + partGap;
  }
  layoutLoners(graph, loners, top, places);
  return graph.nodes.map(({ id }, i) => ({ id, ...places.get(i)! }));
}

function layoutPart(
  graph: LayoutGraph,
  links: Links,
  part: readonly number[],
  top: number,
  places: Map<number, { x: number; y: number }>,
): number {
  const layered = layerGraph(graph, part, links);
  const layers = orderLayers(layered);
  const tops = placeLayers(layered, layers, rowGap);
  let highest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < layered.boxCount; i++) highest = Math.min(highest, tops[i]!);
  let bottom = top;
  let x = 0;
  for (const layer of layers) {
    let width = 0;
    for (const node of layer) {
      if (node >= layered.boxCount) continue;
      const box = graph.nodes[part[node]!]!;
      const y = top + tops[node]! - highest;
      places.set(part[node]!, { x, y });
      width = Math.max(width, box.width);
      bottom = Math.max(bottom, y + box.height);
    }
    x += Math.ceil((width + columnGap) / grid) * grid;
  }
  return Math.ceil(bottom / grid) * grid;
}

// Rows about as wide as what stands above, groups one after another.
function layoutLoners(
  graph: LayoutGraph,
  loners: readonly number[],
  top: number,
  places: Map<number, { x: number; y: number }>,
): void {
  const order = [...loners].sort((a, b) => {
    const [left, right] = [graph.nodes[a]!.group ?? '', graph.nodes[b]!.group ?? ''];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
  const rowLength = Math.max(4, Math.ceil(Math.sqrt(loners.length / 2)));
  let [x, y, rowHeight] = [0, top, 0];
  order.forEach((node, i) => {
    const box = graph.nodes[node]!;
    if (i > 0 && i % rowLength === 0) {
      x = 0;
      y += Math.ceil((rowHeight + rowGap) / grid) * grid;
      rowHeight = 0;
    }
    places.set(node, { x, y });
    x += Math.ceil((box.width + rowGap) / grid) * grid;
    rowHeight = Math.max(rowHeight, box.height);
  });
}

// Largest first; among equals, in the order of the nodes.
function connectedParts(graph: LayoutGraph, links: Links): number[][] {
  const seen = new Uint8Array(graph.nodes.length);
  const parts: number[][] = [];
  for (let root = 0; root < graph.nodes.length; root++) {
    if (seen[root]) continue;
    seen[root] = 1;
    const part = [root];
    for (let i = 0; i < part.length; i++)
      for (const other of [...links.down[part[i]!]!, ...links.up[part[i]!]!])
        if (!seen[other]) {
          seen[other] = 1;
          part.push(other);
        }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length);
}
