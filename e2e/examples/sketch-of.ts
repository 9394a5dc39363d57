// The graph of an example as a few numbers, so that its card can draw it without reading the project.

import type { ProjectDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';

/** Nodes as "x,y,hue" (hue empty without a group) and edges as "from-to" by place in the list of nodes. */
export function sketchOf(document: ProjectDocument): { readonly nodes: string; readonly edges: string } {
  const names = [...document.groups.keys()];
  const assets = [...document.assets.values()];
  const placeById = new Map(assets.map((asset, index) => [asset.id, index]));
  return {
    nodes: assets
      .map(({ position, group }) => {
        const hue =
          group === undefined ? '' : (document.groups.get(group)?.hue ?? Math.max(0, names.indexOf(group)));
        return `${position.x},${position.y},${hue}`;
      })
      .join(' '),
    edges: buildGraph(document)
      .edges.map(({ from, to }) => `${placeById.get(from)}-${placeById.get(to)}`)
      .join(' '),
  };
}
