// Where each definition of a project lies, and what `definitions.ts` calls it. Keys become folders and files that every
// file system takes; where two would fall together, the later one gets a number.

import { parseUserString } from '#model/asset-key.ts';
import type {
  Asset,
  Check,
  GraphUnit,
  OutputAsset,
  ProjectDocument,
  Resource,
  Unit,
} from '#model/document.ts';
import type { AssetId, CheckId, UnitId } from '#model/ids.ts';

export interface DefinitionName {
  readonly path: string;
  /** A JavaScript name, unique in the project. */
  readonly local: string;
}

export interface FileNames {
  /** Of every asset but the outputs of units. */
  readonly assets: ReadonlyMap<AssetId, DefinitionName>;
  readonly units: ReadonlyMap<UnitId, DefinitionName>;
  readonly checks: ReadonlyMap<CheckId, DefinitionName>;
  readonly resources: ReadonlyMap<string, DefinitionName>;
  /** What each unit makes, by output name. */
  readonly outputs: ReadonlyMap<UnitId, readonly OutputAsset[]>;
  /** By unit and op. */
  opPath(unit: GraphUnit, op: string): string;
  /** Definitions in the order in which files and `definitions.ts` list them. */
  readonly order: {
    readonly assets: readonly Exclude<Asset, { kind: 'output' }>[];
    readonly units: readonly Unit[];
    readonly checks: readonly Check[];
    readonly resources: readonly Resource[];
  };
}

const byDocument = new WeakMap<ProjectDocument, FileNames>();

/** The names for one state of the document; asked again for the same one, they are not worked out again. */
export function fileNames(document: ProjectDocument): FileNames {
  let names = byDocument.get(document);
  if (!names) {
    names = nameFiles(document);
    byDocument.set(document, names);
  }
  return names;
}

function nameFiles(document: ProjectDocument): FileNames {
  const paths = new Set<string>();
  // What `definitions.ts` itself imports or declares.
  const locals = new Set<string>(reserved);
  const name = (folder: string, parts: readonly string[], isClass = false): DefinitionName => {
    const stem = [folder, ...parts.map(fileName)].join('/');
    let path = `${stem}.ts`;
    for (let i = 2; paths.has(path.toLowerCase()); i++) path = `${stem}-${i}.ts`;
    paths.add(path.toLowerCase());
    const plain = localName(parts);
    const base = isClass ? plain[0]!.toUpperCase() + plain.slice(1) : plain;
    let local = base;
    for (let i = 2; locals.has(local); i++) local = `${base}${i}`;
    locals.add(local);
    return { path, local };
  };
  const outputs = outputsByUnit(document);
  const order: FileNames['order'] = {
    assets: sorted(
      [...document.assets.values()].filter((asset) => asset.kind !== 'output'),
      (asset) => `${asset.key}\u0000${asset.id}`,
    ),
    // A unit without outputs makes nothing that code could say.
    units: sorted(
      [...document.units.values()].filter((unit) => outputs.has(unit.id)),
      (unit) => `${unit.name}\u0000${unit.id}`,
    ),
    checks: sorted(
      [...document.checks.values()],
      (check) => `${check.specs[0]?.asset ?? ''}\u0000${check.name}\u0000${check.id}`,
    ),
    resources: sorted([...document.resources.values()], (resource) => resource.key),
  };
  return {
    order,
    outputs,
    assets: new Map(order.assets.map((asset) => [asset.id, name('assets', parseUserString(asset.key))])),
    units: new Map(order.units.map((unit) => [unit.id, name('assets', unitParts(unit, outputs))])),
    checks: new Map(
      order.checks.map((check) => [
        check.id,
        name('checks', [...parseUserString(check.specs[0]?.asset ?? ''), check.name]),
      ]),
    ),
    resources: new Map(
      order.resources.map((resource) => [resource.key, name('resources', [resource.key], true)]),
    ),
    opPath: (unit, op) => `ops/${fileName(unit.name)}/${fileName(op)}.ts`,
  };
}

function outputsByUnit(document: ProjectDocument): Map<UnitId, OutputAsset[]> {
  const outputs = new Map<UnitId, OutputAsset[]>();
  for (const asset of document.assets.values()) {
    if (asset.kind !== 'output') continue;
    const list = outputs.get(asset.unit);
    if (list) list.push(asset);
    else outputs.set(asset.unit, [asset]);
  }
  for (const list of outputs.values()) list.sort((a, b) => (a.output < b.output ? -1 : 1));
  return outputs;
}

// A graph with one asset lies where that asset would.
function unitParts(unit: Unit, outputs: FileNames['outputs']): readonly string[] {
  const [only, ...others] = outputs.get(unit.id) ?? [];
  return unit.kind === 'graph' && only && others.length === 0 ? parseUserString(only.key) : [unit.name];
}

/** A part of a key as the name of a file or folder: no dots in front, none of the names that Windows keeps. */
export function fileName(part: string): string {
  const safe = part
    .replace(/[^\w.-]/g, '_')
    .replace(/^\.+|\.+$/g, (dots) => '_'.repeat(dots.length))
    // A folder "a.ts" would lie where the file of "a" does.
    .replace(/\.ts$/i, '.ts_');
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `_${safe}` : safe;
}

function localName(parts: readonly string[]): string {
  const words = parts.flatMap((part) => part.split(/[^A-Za-z0-9]+/)).filter((word) => word !== '');
  const name = words
    .map((word, i) =>
      i === 0 ? word[0]!.toLowerCase() + word.slice(1) : word[0]!.toUpperCase() + word.slice(1),
    )
    .join('');
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

const sorted = <T>(items: readonly T[], by: (item: T) => string): T[] => {
  const keyed = items.map((item) => [by(item), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
};

const reserved =
  'arguments asset assetCheck await Definitions EnvVar break case catch class const continue debugger default delete do else enum eval export extends false finally for function graphAsset graphMultiAsset if implements import in instanceof interface let multiAsset multiAssetCheck multiObservableSourceAsset new null observableSourceAsset op options package private protected public return static super switch this throw true try typeof var void while with yield z'.split(
    ' ',
  );
