// Where in an export things lie: its paths without writing it, one of its files, and the lines that are about an asset.

import type { ProjectDocument, Unit } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { type FileNames, fileNames } from './file-names.ts';
import { printName, printText } from './print-code.ts';
import { assetFile, checkFile, type ProjectFile, unitFiles } from './project-files.ts';
import { canvasPath } from './write-canvas.ts';
import { packageFiles } from './write-package.ts';
import { definitionsPath, writeProject } from './write-project.ts';
import { testFiles } from './write-tests.ts';
import { writeTypes } from './write-types.ts';

/** The paths of an export's own files, in order, without writing them. */
export function projectPaths(document: ProjectDocument): readonly string[] {
  const names = fileNames(document);
  const paths = [definitionsPath, canvasPath, ...carriedFiles(document).map(({ path }) => path)];
  for (const table of [names.assets, names.units, names.checks, names.resources])
    for (const { path } of table.values()) paths.push(path);
  for (const unit of names.order.units)
    if (unit.kind === 'graph') for (const op of unit.ops) paths.push(names.opPath(unit, op.name));
  for (const module of document.modules.values()) paths.push(`lib/${module.name}.ts`);
  return paths.sort();
}

/** What goes along with the definitions and is made from them. */
const carriedFiles = (document: ProjectDocument): readonly ProjectFile[] => [
  ...packageFiles(document),
  ...writeTypes(document),
  ...testFiles(document),
];

/** One file of an export; only `definitions.ts` and `canvas.json` need the others. */
export function projectFile(document: ProjectDocument, path: string): ProjectFile | undefined {
  const names = fileNames(document);
  for (const [id, name] of names.assets) if (name.path === path) return assetFile(document, id);
  for (const [id, name] of names.checks) {
    const check = document.checks.get(id);
    if (name.path === path && check) return checkFile(document, check);
  }
  for (const unit of document.units.values())
    if (names.units.get(unit.id)?.path === path || isOpOf(names, unit, path))
      return unitFiles(document, unit).find((file) => file.path === path);
  return [...carriedFiles(document), ...writeProject(document).files].find((file) => file.path === path);
}

const isOpOf = (names: FileNames, unit: Unit, path: string): boolean =>
  unit.kind === 'graph' && unit.ops.some((op) => names.opPath(unit, op.name) === path);

/** Where an asset is defined, and the lines of that file that are about it. */
export function placeOfAsset(
  document: ProjectDocument,
  id: AssetId,
): { readonly path: string; readonly marks: (text: string) => LineRange | undefined } | undefined {
  const asset = document.assets.get(id);
  const names = fileNames(document);
  if (!asset) return undefined;
  const unit = asset.kind === 'output' ? asset.unit : undefined;
  const path = unit === undefined ? names.assets.get(id)?.path : names.units.get(unit)?.path;
  if (path === undefined) return undefined;
  if (asset.kind !== 'output') return { path, marks: () => undefined };
  const opening = [`${printName(asset.output)}: new AssetOut(`, `key: ${printText(asset.key)}`];
  return { path, marks: (text) => linesFrom(text, opening) };
}

export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** From the line that has one of those texts to the line that closes it. */
export function linesFrom(text: string, openings: readonly string[]): LineRange | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => openings.some((opening) => line.includes(opening)));
  const first = lines[start];
  if (first === undefined) return undefined;
  if (!/[({[]$/.test(first)) return { from: start + 1, to: start + 1 };
  const indent = first.length - first.trimStart().length;
  const length = lines
    .slice(start + 1)
    .findIndex((line) => line.trim() !== '' && line.length - line.trimStart().length <= indent);
  return { from: start + 1, to: start + 2 + Math.max(length, 0) };
}

/** The lines of `definitions.ts` that list what lies in a file. */
export function listingOf(document: ProjectDocument, path: string, text: string): LineRange | undefined {
  const names = fileNames(document);
  for (const table of [names.assets, names.units, names.checks])
    for (const name of table.values()) {
      if (name.path !== path) continue;
      const lines = text.split('\n');
      const at = lines.findLastIndex((line) => new RegExp(`\\b${name.local}\\b`).test(line));
      return at < 0 ? undefined : { from: at + 1, to: at + 1 };
    }
  return undefined;
}
