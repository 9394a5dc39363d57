// The code of a document as one of the projects that it can be exported as: its files, where each asset stands in
// them, and what keeps it from being written.

import type { DataFile, ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import type { ExecutorName } from './dagster/executors.ts';
import { dagsterListingOf, dagsterPlaceOf } from './dagster/file-places.ts';
import type { ExportProblem } from './dagster/find-problems.ts';
import { leaveOutProblems } from './dagster/leave-out.ts';
import { type DagsterPlace, writeDagsterProject } from './dagster/write-project.ts';
import { type LineRange, listingOf, placeOfAsset } from './typescript/file-places.ts';
import type { ProjectFile } from './typescript/project-files.ts';
import { packageFiles, vendorFolder } from './typescript/write-package.ts';
import { definitionsPath, writeProject } from './typescript/write-project.ts';
import { writeTypes } from './typescript/write-types.ts';

export type CodeTarget =
  | { readonly type: 'typescript' }
  | {
      readonly type: 'dagster';
      readonly executor: ExecutorName;
      /** Without what Dagster cannot have, and what hangs on it. */
      readonly isPartial?: true;
    };

/** What an export consists of, without the bytes that are not made from the document. */
export interface ExportPlan {
  /** By path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Data files with the places where their bytes belong. */
  readonly data: readonly { readonly path: string; readonly file: Pick<DataFile, 'path'> }[];
  /** Where the SDK belongs. */
  readonly vendor: string;
}

/** Plain data, so that it can be made anywhere. */
export interface WrittenCode extends ExportPlan {
  /** What is different there; where there are no files, why. */
  readonly problems: readonly ExportProblem[];
  readonly leftOut: readonly ExportProblem[];
  /** How many assets remain without what cannot be exported; undefined where that was not asked. */
  readonly rest?: number;
  /** Where in the Python each definition stands. */
  readonly places: readonly DagsterPlace[];
}

/** Without files where the project cannot be written. */
export function writeCode(document: ProjectDocument, target: CodeTarget): WrittenCode {
  if (target.type === 'typescript') {
    const { files, data } = writeProject(document);
    const all = [...files, ...packageFiles(document), ...writeTypes(document)];
    return {
      texts: textsOf(all),
      data: withoutBytes(data),
      vendor: vendorFolder,
      problems: [],
      leftOut: [],
      places: [],
    };
  }
  const written = writeDagsterProject(document, target);
  if (!written.ok)
    return {
      texts: new Map(),
      data: [],
      vendor: '',
      problems: written.error,
      leftOut: [],
      rest: leaveOutProblems(document).document.assets.size,
      places: [],
    };
  const { files, data, vendor, notes, leftOut, places } = written.value;
  return { texts: textsOf(files), data: withoutBytes(data), vendor, problems: notes, leftOut, places };
}

const withoutBytes = (data: ExportPlan['data']): ExportPlan['data'] =>
  data.map(({ path, file }) => ({ path, file: { path: file.path } }));

export interface ProjectCode extends WrittenCode {
  /** In order; none where the project cannot be written. */
  readonly paths: readonly string[];
  /** Lists everything; shown first. */
  readonly listPath: string;
  /** Where the TypeScript lies, with "/" at its end: a Dagster project holds the whole of it. */
  readonly typescriptFolder: string;
  /** The file that defines an asset. */
  pathOf(id: AssetId): string | undefined;
  /** The lines of a file that are about an asset; undefined for all of them, or none. */
  linesOf(id: AssetId, path: string, text: string): LineRange | undefined;
}

/** The code with what is asked of it; `written` is that of the same document and target. */
export function projectCode(
  document: ProjectDocument,
  target: CodeTarget,
  written: WrittenCode,
): ProjectCode {
  const paths = [...written.texts.keys()].sort();
  return target.type === 'typescript'
    ? { ...written, paths, ...typescriptPlaces(document) }
    : { ...written, paths, ...dagsterPlaces(document, written) };
}

type CodePlaces = Omit<ProjectCode, keyof WrittenCode | 'paths'>;

const typescriptPlaces = (document: ProjectDocument): CodePlaces => ({
  listPath: definitionsPath,
  typescriptFolder: '',
  pathOf: (id) => placeOfAsset(document, id)?.path,
  linesOf(id, path, text) {
    const place = placeOfAsset(document, id);
    if (!place) return undefined;
    if (path === definitionsPath) return listingOf(document, place.path, text);
    return place.path === path ? place.marks(text) : undefined;
  },
});

function dagsterPlaces(document: ProjectDocument, written: WrittenCode): CodePlaces {
  const folder = written.vendor.replace(/vendor\/headwater$/, '');
  const listPath = `${folder.replace(/typescript\/$/, '')}definitions.py`;
  return {
    listPath,
    typescriptFolder: folder,
    pathOf: (id) => dagsterPlaceOf(written, document, id)?.path,
    linesOf(id, path, text) {
      if (path === listPath) return dagsterListingOf(written, document, id, text);
      const place = dagsterPlaceOf(written, document, id);
      return place?.path === path ? place.lines(text) : undefined;
    },
  };
}

/** The files that a change of the document may change, by path: those that a comparison is about. */
export function comparedTexts(document: ProjectDocument, target: CodeTarget): ReadonlyMap<string, string> {
  if (target.type === 'typescript') return textsOf(writeProject(document).files);
  const written = writeDagsterProject(document, target);
  return written.ok ? textsOf(written.value.files) : new Map();
}

const textsOf = (files: readonly ProjectFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, text }) => [path, text]));
