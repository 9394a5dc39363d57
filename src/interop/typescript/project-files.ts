// The files of definitions: what an export holds for each of them, and what it keeps of them beside the code.

import type { Asset, Check, ProjectDocument, Resource, SharedModule, Unit } from '#model/document.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';
import { fileNames } from './file-names.ts';
import type { LeftFields, Written } from './option-fields.ts';
import { writeAsset } from './write-asset.ts';
import { checkMaker, writeCheck } from './write-check.ts';
import { graphMaker, writeGraph, writeOp } from './write-graph.ts';
import { type WrittenUnit, writeMultiUnit } from './write-unit.ts';

/** What a file defines. */
export type FileSubject =
  | { readonly type: 'asset'; readonly id: AssetId }
  | { readonly type: 'unit'; readonly id: UnitId; readonly op?: string }
  | { readonly type: 'check'; readonly id: CheckId }
  | { readonly type: 'resource'; readonly key: string }
  | { readonly type: 'module'; readonly name: string };

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
  /** What makes a definition of the module's options and body; absent where it exports one made, or none. */
  readonly maker?: string;
  readonly hasOptions?: boolean;
  /** Of units, by output. */
  readonly outputs?: WrittenUnit['outputs'];
}

export function assetFile(document: ProjectDocument, id: AssetId): DefinitionFile | undefined {
  const asset = document.assets.get(id);
  const name = fileNames(document).assets.get(id);
  if (!asset || asset.kind === 'output' || !name) return undefined;
  const written = writtenAsset(asset, document);
  const file = { path: name.path, subject: { type: 'asset', id } as const, ...written };
  if (asset.kind === 'file' || asset.kind === 'external') return file;
  return {
    ...file,
    maker: asset.kind === 'asset' ? 'asset' : 'observableSourceAsset',
    hasOptions: written.text !== withNewline(asset.body),
  };
}

// An asset is the same object until it changes; what a data file's asset says hangs on the file, too.
const writtenByAsset = new WeakMap<Asset, Written>();

function writtenAsset(asset: Exclude<Asset, { kind: 'output' }>, document: ProjectDocument): Written {
  if (asset.kind === 'file') return writeAsset(asset, document);
  const known = writtenByAsset.get(asset);
  if (known) return known;
  const written = writeAsset(asset, document);
  writtenByAsset.set(asset, written);
  return written;
}

/** The unit's own file, then those of its ops. */
export function unitFiles(document: ProjectDocument, unit: Unit): readonly DefinitionFile[] {
  const names = fileNames(document);
  const path = names.units.get(unit.id)?.path;
  if (path === undefined) return [];
  const outputs = names.outputs.get(unit.id) ?? [];
  const subject = { type: 'unit', id: unit.id } as const;
  if (unit.kind !== 'graph') {
    const maker = unit.kind === 'multi' ? 'multiAsset' : 'multiObservableSourceAsset';
    return [{ path, subject, maker, hasOptions: true, ...writeMultiUnit(unit, outputs) }];
  }
  const up = '../'.repeat(path.split('/').length - 1);
  const graph = writeGraph(unit, outputs, (op) => up + names.opPath(unit, op));
  return [
    {
      path,
      subject,
      maker: graphMaker(unit, outputs),
      hasOptions: graph.text.includes('\nexport const options = '),
      ...graph,
    },
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
    : {
        path,
        subject: { type: 'check', id: check.id },
        maker: checkMaker(check),
        hasOptions: true,
        ...writeCheck(check),
      };
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

export function resourceFile(document: ProjectDocument, resource: Resource): DefinitionFile | undefined {
  const path = fileNames(document).resources.get(resource.key)?.path;
  if (path === undefined) return undefined;
  const { kind, description, configSchema } = resource;
  return {
    path,
    text: withNewline(resource.body),
    subject: { type: 'resource', key: resource.key },
    left: {
      kind,
      ...(description === undefined ? {} : { description }),
      ...(configSchema === undefined ? {} : { configSchema }),
    },
  };
}

export const moduleFile = ({ name, body }: SharedModule): DefinitionFile => ({
  path: `lib/${name}.ts`,
  text: withNewline(body),
  subject: { type: 'module', name },
  left: {},
});

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
