// Where in a Dagster project an asset is: the lines of its module, and the line that lists it.

import type { ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import { type LineRange, linesFrom } from '../typescript/file-places.ts';
import { printText } from './python.ts';
import type { DagsterPlace, DagsterProject } from './write-project.ts';

/** `text` is that of the file that `path` names. */
export interface AssetLines {
  readonly path: string;
  readonly lines: (text: string) => LineRange;
}

export function dagsterPlaceOf(
  { places }: Pick<DagsterProject, 'places'>,
  document: ProjectDocument,
  id: AssetId,
): AssetLines | undefined {
  const asset = document.assets.get(id);
  const place = asset && placeOf(places, asset.kind === 'output' ? asset.unit : id);
  if (!asset || !place) return undefined;
  const { path, from, to } = place;
  if (asset.kind !== 'output') return { path, lines: () => ({ from, to }) };
  const opening = `${printText(asset.output)}: dg.AssetOut(`;
  return {
    path,
    // The unit's own lines alone: another one may have an output of that name.
    lines: (text) => {
      const own = text.split('\n').slice(from - 1, to);
      const found = linesFrom(own.join('\n'), [opening]);
      return found ? { from: from + found.from - 1, to: from + found.to - 1 } : { from, to };
    },
  };
}

/** The line of `definitions.py` that lists what makes an asset. */
export function dagsterListingOf(
  { places }: Pick<DagsterProject, 'places'>,
  document: ProjectDocument,
  id: AssetId,
  text: string,
): LineRange | undefined {
  const asset = document.assets.get(id);
  const place = asset && placeOf(places, asset.kind === 'output' ? asset.unit : id);
  if (!place) return undefined;
  const listed = new RegExp(`(^|[\\s[])${place.listed.replace('.', '\\.')}[,\\]]`);
  const at = text.split('\n').findIndex((line) => listed.test(line));
  return at < 0 ? undefined : { from: at + 1, to: at + 1 };
}

const placeOf = (places: readonly DagsterPlace[], id: string): DagsterPlace | undefined =>
  places.find(({ subject }) => 'id' in subject && subject.id === id);
