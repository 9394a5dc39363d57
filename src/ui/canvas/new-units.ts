// New multi-assets and graph assets: a free name, outputs, and bodies that show how they give them.

import type { GraphUnit, MultiUnit, OutputAsset, Point, ProjectDocument, Unit } from '#model/document.ts';
import { asAssetId, asUnitId } from '#model/ids.ts';
import { makingAllBody, observingAllBody } from '#model/start-body.ts';
import { freeKey } from './new-assets.ts';

export interface NewUnit {
  readonly unit: Unit;
  readonly outputs: readonly OutputAsset[];
}

/** A new output under a free key; what the body calls it is the key. */
export function newOutput(
  document: ProjectDocument,
  unit: Unit,
  id: OutputAsset['id'],
  base: string,
  taken: ReadonlySet<string> = new Set(),
): OutputAsset {
  const names = [...document.assets.values()].flatMap((asset) =>
    asset.kind === 'output' && asset.unit === unit.id ? [asset.key, asset.output] : [asset.key],
  );
  const key = freeKey(new Set([...names, ...taken]), base);
  return { kind: 'output', id, key, position: unit.position, unit: unit.id, output: key };
}

export function newMultiAsset(document: ProjectDocument, newId: () => string, position: Point): NewUnit {
  const name = freeKey(new Set([...document.units.values()].map((unit) => unit.name)), 'multi_asset');
  const empty: MultiUnit = { kind: 'multi', id: asUnitId(newId()), name, position, body: '' };
  const one = newOutput(document, empty, asAssetId(newId()), 'first');
  const two = newOutput(document, empty, asAssetId(newId()), 'second', new Set([one.key]));
  return { unit: { ...empty, body: makingAllBody(name, [one.output, two.output]) }, outputs: [one, two] };
}

/** Several assets made elsewhere that one body looks at. */
export function newObservingUnit(document: ProjectDocument, newId: () => string, position: Point): NewUnit {
  const name = freeKey(new Set([...document.units.values()].map((unit) => unit.name)), 'observed_assets');
  const empty: MultiUnit = {
    kind: 'multi-observable',
    id: asUnitId(newId()),
    name,
    position,
    body: '',
  };
  const one = newOutput(document, empty, asAssetId(newId()), 'first');
  const two = newOutput(document, empty, asAssetId(newId()), 'second', new Set([one.key]));
  return { unit: { ...empty, body: observingAllBody(name, [one.key, two.key]) }, outputs: [one, two] };
}

export const opBody = (name: string): string => `export default async function ${name}(context) {
  // Wires bring the values of other ops as parameters,
  // in their order, before the context.
  return [];
}
`;

/** A graph of one op that makes one asset. */
export function newGraphAsset(document: ProjectDocument, newId: () => string, position: Point): NewUnit {
  const taken = [
    ...[...document.units.values()].map((unit) => unit.name),
    ...[...document.assets.values()].map((asset) => asset.key),
  ];
  const name = freeKey(new Set(taken), 'graph_asset');
  const unit: GraphUnit = {
    kind: 'graph',
    id: asUnitId(newId()),
    name,
    position,
    ops: [{ name: 'op', position: { x: 0, y: 0 }, args: [], body: opBody('op') }],
    results: { result: { op: 'op' } },
  };
  const id = asAssetId(newId());
  return { unit, outputs: [{ kind: 'output', id, key: name, position, unit: unit.id, output: 'result' }] };
}
