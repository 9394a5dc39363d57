// The files of definitions: what an export holds for each of them, and what it keeps of them beside the code.

import type { Check, ProjectDocument, Unit } from '#model/document.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';
import { fileNames } from './file-names.ts';
import type { LeftFields } from './option-fields.ts';
import { writeAsset } from './write-asset.ts';
import { writeCheck } from './write-check.ts';
import { writeGraph, writeOp } from './write-graph.ts';
import { type WrittenUnit, writeMultiUnit } from './write-unit.ts';

/** What a file defines. */
export type FileSubject =
  | { readonly type: 'asset'; readonly id: AssetId }
  | { readonly type: 'unit'; readonly id: UnitId; readonly op?: string }
  | { readonly type: 'check'; readonly id: CheckId };

/** A text file of an exported project. */
export interface ProjectFile {
  /** Relative, with "/" between its parts. */
  readonly path: string;
  readonly text: string;
  readonly subject?: FileSubject;
}

/** A definition's file, and what its code does not say. */
export interface DefinitionFile extends ProjectFile {
  readonly subject: FileSubject;
  readonly left: LeftFields;
  /** Of units, by output. */
  readonly outputs?: WrittenUnit['outputs'];
}

export function assetFile(document: ProjectDocument, id: AssetId): DefinitionFile | undefined {
  const asset = document.assets.get(id);
  const name = fileNames(document).assets.get(id);
  if (!asset || asset.kind === 'output' || !name) return undefined;
  return { path: name.path, subject: { type: 'asset', id }, ...writeAsset(asset, document) };
}

/** The unit's own file, then those of its ops. */
export function unitFiles(document: ProjectDocument, unit: Unit): readonly DefinitionFile[] {
  const names = fileNames(document);
  const path = names.units.get(unit.id)?.path;
  if (path === undefined) return [];
  const outputs = names.outputs.get(unit.id) ?? [];
  const subject = { type: 'unit', id: unit.id } as const;
  if (unit.kind !== 'graph') return [{ path, subject, ...writeMultiUnit(unit, outputs) }];
  const up = '../'.repeat(path.split('/').length - 1);
  return [
    { path, subject, ...writeGraph(unit, outputs, (op) => up + names.opPath(unit, op)) },
    ...unit.ops.map((op) => ({
      path: names.opPath(unit, op.name),
      subject: { ...subject, op: op.name },
      ...writeOp(op),
    })),
  ];
}

export function checkFile(document: ProjectDocument, check: Check): DefinitionFile | undefined {
  const path = fileNames(document).checks.get(check.id)?.path;
  return path === undefined
    ? undefined
    : { path, subject: { type: 'check', id: check.id }, ...writeCheck(check) };
}

/** Everything that an export holds for one asset: its own file or its unit's, and its checks'. */
export function filesOfAsset(document: ProjectDocument, id: AssetId): readonly DefinitionFile[] {
  const asset = document.assets.get(id);
  if (!asset) return [];
  const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
  const own = unit ? unitFiles(document, unit) : [assetFile(document, id)];
  const checks = [...document.checks.values()]
    .filter((check) => check.specs.some((spec) => spec.asset === asset.key))
    .map((check) => checkFile(document, check));
  return [...own, ...checks].filter((file) => file !== undefined);
}
