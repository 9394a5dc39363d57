// Where in an export an asset is: its file, and the lines that are about it.

import type { ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { fileNames } from './file-names.ts';
import { printName, printText } from './print-code.ts';

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
