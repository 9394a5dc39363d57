// A piece of a project that is copied: as text it is a small project file, so it can be pasted in another
// project, in another tab, into an editor, or be opened on its own.

import { keyName } from './asset-key.ts';
import type { Reader } from './commands/readers.ts';
import { withOutputs } from './commands/unit-commands.ts';
import {
  type Asset,
  type Check,
  type DataFile,
  emptyDocument,
  type Note,
  type ProjectDocument,
  type Unit,
} from './document.ts';
import type { AssetGraph } from './graph.ts';
import type { AssetId, CheckId, NoteId, UnitId } from './ids.ts';
import { inputKey, rekeyAssets, rekeyCheck, rekeyUnit } from './rekey-assets.ts';

/** The chosen assets and notes, with their groups, the modules and files they use. */
export function copyFragment(
  graph: AssetGraph,
  assetIds: Iterable<AssetId>,
  noteIds: Iterable<NoteId> = [],
): ProjectDocument {
  const { document } = graph;
  const pick = <K, T>(table: ReadonlyMap<K, T>, keys: Iterable<K>): Map<K, T> => {
    const picked = new Map<K, T>();
    for (const key of keys) {
      const record = table.get(key);
      if (record !== undefined) picked.set(key, record);
    }
    return picked;
  };
  const assets = new Map<AssetId, Asset>();
  for (const [id, asset] of pick(document.assets, assetIds)) assets.set(id, spelledOut(asset, graph));
  const list = [...assets.values()];
  const units = copiedUnits(graph, list);
  const checks = copiedChecks(document, new Set(list.map((asset) => asset.key)));
  const bodies = [
    ...list.flatMap((asset) => ('body' in asset ? asset.body : [])),
    ...[...units.values()].flatMap((unit) => ('body' in unit ? unit.body : unit.ops.map((op) => op.body))),
    ...[...checks.values()].map((check) => check.body),
  ];
  const used = bodies.flatMap(importedModules);
  return {
    ...emptyDocument(document.info.name),
    assets,
    units,
    checks,
    notes: pick(document.notes, noteIds),
    groups: pick(
      document.groups,
      list.flatMap((asset) => asset.group ?? []),
    ),
    modules: pick(document.modules, withTheirs(used, document)),
    files: pick(
      document.files,
      list.flatMap((asset) => (asset.kind === 'file' ? asset.path : [])),
    ),
  };
}

// Whom an input means may follow from its group; a copy says it, because its surroundings are others.
function spelledOut(asset: Asset, graph: AssetGraph): Asset {
  let after = asset;
  for (const edge of graph.upstream.get(asset.id) ?? []) {
    const { key } = graph.document.assets.get(edge.from)!;
    if (edge.kind === 'order') {
      if (after.deps?.includes(key)) continue;
      after = { ...after, deps: (after.deps ?? []).map((dep) => (dep === keyName(key) ? key : dep)) };
    } else if (after.kind === 'asset' || after.kind === 'observable') {
      after = reading(after, edge.input!, key);
    }
  }
  return after;
}

const reading = <T extends Reader>(reader: T, input: string, key: string): T =>
  inputKey(reader, input) === key ? reader : { ...reader, ins: { ...reader.ins, [input]: key } };

/** The units of copied outputs, making those alone. */
function copiedUnits(graph: AssetGraph, assets: readonly Asset[]): Map<UnitId, Unit> {
  const outputs = new Map<UnitId, Set<string>>();
  const units = new Map<UnitId, Unit>();
  for (const asset of assets) {
    const unit = asset.kind === 'output' ? graph.document.units.get(asset.unit) : undefined;
    if (asset.kind !== 'output' || !unit) continue;
    let after = units.get(unit.id) ?? unit;
    for (const { from, input } of graph.upstream.get(asset.id) ?? [])
      if (input !== undefined) after = reading(after, input, graph.document.assets.get(from)!.key);
    units.set(unit.id, after);
    outputs.set(unit.id, (outputs.get(unit.id) ?? new Set()).add(asset.output));
  }
  return new Map([...units].map(([id, unit]) => [id, withOutputs(unit, outputs.get(id)!)]));
}

/** The checks of copied assets; of a check of several assets, the part about those. */
function copiedChecks(document: ProjectDocument, keys: ReadonlySet<string>): Map<CheckId, Check> {
  const checks = new Map<CheckId, Check>();
  for (const check of document.checks.values()) {
    const specs = check.specs.filter(({ asset }) => asset !== undefined && keys.has(asset));
    if (specs.length > 0)
      checks.set(check.id, specs.length === check.specs.length ? check : { ...check, specs });
  }
  return checks;
}

const importedModules = (body: string): string[] =>
  [...body.matchAll(/['"]#lib\/([\w-]+)\.ts['"]/g)].map((match) => match[1]!);

function withTheirs(names: readonly string[], { modules }: ProjectDocument): Set<string> {
  const all = new Set(names);
  for (const name of all) for (const other of importedModules(modules.get(name)?.body ?? '')) all.add(other);
  return all;
}

export interface PastedItems {
  readonly assets: readonly Asset[];
  readonly units: readonly Unit[];
  readonly checks: readonly Check[];
  readonly notes: readonly Note[];
  readonly files: readonly DataFile[];
  /** Shared modules that the project does not have yet. */
  readonly modules: readonly { readonly name: string; readonly body: string }[];
}

export interface PasteOptions {
  newAssetId(): AssetId;
  newNoteId(): NoteId;
  newUnitId(): UnitId;
  newCheckId(): CheckId;
}

/**
 * What a fragment adds to a document: under free keys, edges among the pasted leading to the pasted. Positions
 * are the fragment's own. A file is taken along when the fragment holds its data or the project has it already.
 */
export function pasteFragment(
  document: ProjectDocument,
  fragment: ProjectDocument,
  { newAssetId, newNoteId, newUnitId, newCheckId }: PasteOptions,
): PastedItems {
  const taken = new Set([...document.assets.values()].map((asset) => asset.key));
  const newKeys = new Map<string, string>();
  for (const asset of fragment.assets.values()) {
    const key = freeCopyKey(taken, asset.key);
    taken.add(key);
    newKeys.set(asset.key, key);
  }
  const { files, paths } = pastedFiles(document, fragment);
  const units = new Map<UnitId, Unit>();
  const names = new Set([...document.units.values()].map((unit) => unit.name));
  for (const [id, unit] of fragment.units) {
    const name = freeCopyKey(names, unit.name);
    names.add(name);
    units.set(id, {
      ...rekeyUnit(unit, newKeys),
      id: document.units.has(id) ? newUnitId() : id,
      name,
    });
  }
  const assets = rekeyAssets([...fragment.assets.values()], newKeys).map((asset): Asset => {
    // A cut asset that comes back is the same asset, with its history; a copy of one that stays is another.
    const id = document.assets.has(asset.id) ? newAssetId() : asset.id;
    if (asset.kind === 'output') return { ...asset, id, unit: units.get(asset.unit)!.id };
    return asset.kind === 'file'
      ? { ...asset, id, path: paths.get(asset.path) ?? asset.path }
      : { ...asset, id };
  });
  return {
    assets,
    units: [...units.values()],
    checks: [...fragment.checks.values()].map((check) => ({
      ...rekeyCheck(check, newKeys),
      id: document.checks.has(check.id) ? newCheckId() : check.id,
    })),
    files,
    notes: [...fragment.notes.values()].map((note) =>
      document.notes.has(note.id) ? { ...note, id: newNoteId() } : note,
    ),
    modules: [...fragment.modules.values()].filter(({ name }) => !document.modules.has(name)),
  };
}

/** `key`, or `key_copy`, `key_copy_2` …; a copy of a copy counts on. */
export function freeCopyKey(taken: ReadonlySet<string>, key: string): string {
  if (!taken.has(key)) return key;
  const base = `${key.replace(/_copy(_\d+)?$/, '')}_copy`;
  if (!taken.has(base)) return base;
  for (let i = 2; ; i++) if (!taken.has(`${base}_${i}`)) return `${base}_${i}`;
}

function pastedFiles(document: ProjectDocument, fragment: ProjectDocument) {
  const files: DataFile[] = [];
  const paths = new Map<string, string>();
  for (const file of fragment.files.values()) {
    const same = [...document.files.values()].find((other) => other.sha256 === file.sha256);
    if (same) {
      paths.set(file.path, same.path);
      continue;
    }
    let { path } = file;
    for (let n = 2; document.files.has(path); n++) path = file.path.replace(/(\.[^./]*)?$/, `-${n}$1`);
    paths.set(file.path, path);
    files.push(path === file.path ? file : { ...file, path });
  }
  return { files, paths };
}
