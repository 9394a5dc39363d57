// Where things are on the canvas and how large. What a unit makes has its place in the unit's frame, as rows; a
// graph that makes one asset is drawn as that asset, at the unit's place.

import type { Asset, OutputAsset, Point, ProjectDocument, Unit } from '#model/document.ts';
import type { AssetId, UnitId } from '#model/ids.ts';
import type { Bounds } from './arrange.ts';
import type { ItemId } from './canvas-ids.ts';

export const nodeWidth = 224;
export const nodeHeight = 64;
/** Multiples of the grid, so that frames and rows snap alike. */
export const frameHead = 40;
export const rowHeight = 32;
const frameFoot = 8;

const outputsByAssets = new WeakMap<ProjectDocument['assets'], ReadonlyMap<UnitId, readonly OutputAsset[]>>();
const noOutputs: readonly OutputAsset[] = [];

/** What a unit makes, in the order of its rows: by name, because documents keep no order. */
export function rowsOf({ assets }: ProjectDocument, unit: UnitId): readonly OutputAsset[] {
  let byUnit = outputsByAssets.get(assets);
  if (!byUnit) {
    const lists = new Map<UnitId, OutputAsset[]>();
    for (const asset of assets.values()) {
      if (asset.kind !== 'output') continue;
      const list = lists.get(asset.unit);
      if (list) list.push(asset);
      else lists.set(asset.unit, [asset]);
    }
    for (const list of lists.values()) list.sort((a, b) => (a.output < b.output ? -1 : 1));
    byUnit = lists;
    outputsByAssets.set(assets, byUnit);
  }
  return byUnit.get(unit) ?? noOutputs;
}

/** The unit that makes an asset, as far as there is one. */
export const unitOf = (document: ProjectDocument, asset: Asset | undefined): Unit | undefined =>
  asset?.kind === 'output' ? document.units.get(asset.unit) : undefined;

/** Is the unit drawn as a frame around its outputs? */
export const hasFrame = (document: ProjectDocument, unit: Unit): boolean =>
  unit.kind !== 'graph' || rowsOf(document, unit.id).length > 1;

/** Is the asset drawn as a row of a frame? */
export function isRow(document: ProjectDocument, asset: Asset): boolean {
  const unit = unitOf(document, asset);
  return unit !== undefined && hasFrame(document, unit);
}

/** What moves when an asset is moved: its unit, or the asset itself. */
export const ownerOf = (document: ProjectDocument, id: AssetId): AssetId | UnitId =>
  unitOf(document, document.assets.get(id))?.id ?? id;

const rowOffset = (document: ProjectDocument, asset: OutputAsset): number =>
  frameHead + Math.max(0, rowsOf(document, asset.unit).indexOf(asset)) * rowHeight;

type Moving = ReadonlyMap<ItemId, Point>;
const still: Moving = new Map();

/** The left upper corner of an asset's node; `moving` is where things are while they are being moved. */
export function placeOf(document: ProjectDocument, asset: Asset, moving: Moving = still): Point {
  const unit = unitOf(document, asset);
  if (!unit || asset.kind !== 'output') return moving.get(asset.id) ?? asset.position;
  const { x, y } = moving.get(unit.id) ?? unit.position;
  return hasFrame(document, unit) ? { x, y: y + rowOffset(document, asset) } : { x, y };
}

/** What a move of an asset's node moves, and whereto. */
export function moveOf(document: ProjectDocument, id: AssetId, to: Point): readonly [ItemId, Point] {
  const asset = document.assets.get(id);
  const unit = unitOf(document, asset);
  if (!unit || asset?.kind !== 'output') return [id, to];
  return [unit.id, hasFrame(document, unit) ? { x: to.x, y: to.y - rowOffset(document, asset) } : to];
}

export const heightOf = (document: ProjectDocument, asset: Asset): number =>
  isRow(document, asset) ? rowHeight : nodeHeight;

export const assetBox = (document: ProjectDocument, asset: Asset): Bounds => ({
  ...placeOf(document, asset),
  width: nodeWidth,
  height: heightOf(document, asset),
});

export const frameHeight = (rows: number): number => frameHead + rows * rowHeight + frameFoot;

export const unitBox = (document: ProjectDocument, unit: Unit, moving: Moving = still): Bounds => ({
  ...(moving.get(unit.id) ?? unit.position),
  width: nodeWidth,
  height: hasFrame(document, unit) ? frameHeight(rowsOf(document, unit.id).length) : nodeHeight,
});

/** The boxes that have a place of their own: units, and assets that no unit makes. */
export function placedBoxes(document: ProjectDocument, ids: Iterable<AssetId>) {
  const boxes = new Map<AssetId | UnitId, Bounds>();
  for (const id of ids) {
    const asset = document.assets.get(id);
    if (!asset) continue;
    const unit = unitOf(document, asset);
    if (unit) boxes.set(unit.id, unitBox(document, unit));
    else boxes.set(id, assetBox(document, asset));
  }
  return boxes;
}
