// New assets: free names, free places, and a body that teaches the first steps.

import { freeInputName } from '#model/commands/connect-assets.ts';
import type {
  Asset,
  CodeAsset,
  ExternalAsset,
  ObservableAsset,
  Point,
  ProjectDocument,
} from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { observingBody } from '#model/start-body.ts';
import { freeBlockOffset } from './arrange.ts';
import { nodeHeight, nodeWidth, placedBoxes, placeOf } from './node-places.ts';

const gap = 24;
/** Between nodes side by side: room for an edge to be seen. */
const edgeRoom = 64;
const step = 8;

/** `base`, or `base_2`, `base_3` … */
export function freeKey(taken: ReadonlySet<string>, base: string): string {
  if (!taken.has(base)) return base;
  for (let i = 2; ; i++) if (!taken.has(`${base}_${i}`)) return `${base}_${i}`;
}

const takenKeys = (document: ProjectDocument) =>
  new Set([...document.assets.values()].map((asset) => asset.key));

/** The place nearest to `wanted` where a node overlaps no other, on the grid. */
export function freePlace(taken: readonly Point[], wanted: Point): Point {
  const start = { x: Math.round(wanted.x / step) * step, y: Math.round(wanted.y / step) * step };
  const isFree = ({ x, y }: Point) =>
    taken.every(
      (other) => Math.abs(other.x - x) >= nodeWidth + gap || Math.abs(other.y - y) >= nodeHeight + gap,
    );
  // Rings around the wanted place: to the right first, because data flow that way, then downwards.
  const dx = nodeWidth + edgeRoom;
  const dy = nodeHeight + gap;
  for (let ring = 0; ring <= taken.length + 1; ring++) {
    const places: Point[] = [];
    for (let i = -ring; i <= ring; i++)
      for (let j = -ring; j <= ring; j++)
        if (Math.max(Math.abs(i), Math.abs(j)) === ring)
          places.push({ x: start.x + i * dx, y: start.y + j * dy });
    const cost = ({ x, y }: Point) =>
      Math.hypot((x - start.x) / dx, (y - start.y) / dy) +
      (y === start.y ? 0 : 0.1) +
      (y < start.y ? 0.1 : 0) +
      (x < start.x ? 0.3 : 0);
    const free = places.sort((a, b) => cost(a) - cost(b)).find(isFree);
    if (free) return free;
  }
  return start;
}

/** Where nodes and rows lie. */
export const takenPlaces = (document: ProjectDocument): Point[] =>
  [...document.assets.values()].map((asset) => placeOf(document, asset));

/** The corner of a new node around a point of the canvas. */
export function nodeAround(document: ProjectDocument, centre: Point): Point {
  const corner = { x: centre.x - nodeWidth / 2, y: centre.y - nodeHeight / 2 };
  return freePlace(takenPlaces(document), corner);
}

const lesson = `  // Return the data: rows, a number, any value.
  // To read other assets, name them in the first
  // parameter, as in ({ orders, customers }).`;

/** Where the next asset goes: beside the one selected, else beside the last one added, else the middle. */
export function nextPlace(document: ProjectDocument, beside: Asset | undefined, centre: Point): Point {
  if (!beside) return nodeAround(document, centre);
  const { x, y } = placeOf(document, beside);
  const wanted = { x: x + nodeWidth + edgeRoom, y };
  const box = { x: 0, y: 0, width: nodeWidth, height: nodeHeight };
  return freeBlockOffset([box], [...placedBoxes(document, document.assets.keys()).values()], wanted);
}

/** A new asset under a free name at a place that is free; it reads `upstream` when that is given. */
export function newAsset(
  document: ProjectDocument,
  id: AssetId,
  position: Point,
  upstream?: Asset,
): CodeAsset {
  const key = freeKey(takenKeys(document), 'new_asset');
  if (!upstream)
    return {
      id,
      kind: 'asset',
      key,
      position,
      body: `export default async function ${key}() {\n${lesson}\n  return [];\n}\n`,
    };
  const input = freeInputName(upstream.key, new Set());
  return {
    id,
    kind: 'asset',
    key,
    position,
    body: `export default async function ${key}({ ${input} }) {\n  return ${input};\n}\n`,
    ...(input === upstream.key ? {} : { ins: { [input]: upstream.key } }),
    ...(upstream.group === undefined ? {} : { group: upstream.group }),
  };
}

/** A new asset that something else makes. */
export function newExternalAsset(document: ProjectDocument, id: AssetId, position: Point): ExternalAsset {
  return { id, kind: 'external', key: freeKey(takenKeys(document), 'external_asset'), position };
}

/** A new asset that something else makes and that a body looks at. */
export function newObservableAsset(document: ProjectDocument, id: AssetId, position: Point): ObservableAsset {
  const key = freeKey(takenKeys(document), 'observed_asset');
  return { id, kind: 'observable', key, position, body: observingBody(key) };
}
