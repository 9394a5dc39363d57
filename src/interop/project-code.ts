// The code of a document as one of the projects that it can be exported as: its files, where each asset stands in
// them, and what keeps it from being written. TypeScript is written file by file, as it is asked for.

import { err, ok, type Result } from '#base/result.ts';
import type { DataFile, ProjectDocument } from '#model/document.ts';
import type { AssetId } from '#model/ids.ts';
import type { ExecutorName } from './dagster/executors.ts';
import { dagsterListingOf, dagsterPlaceOf } from './dagster/file-places.ts';
import type { ExportProblem } from './dagster/find-problems.ts';
import { leaveOutProblems } from './dagster/leave-out.ts';
import { type DagsterProject, writeDagsterProject } from './dagster/write-project.ts';
import {
  type LineRange,
  listingOf,
  placeOfAsset,
  projectFile,
  projectPaths,
} from './typescript/file-places.ts';
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

export interface ProjectCode {
  /** In order; none where the project cannot be written. */
  readonly paths: readonly string[];
  /** Lists everything; shown first. */
  readonly listPath: string;
  /** Where the TypeScript lies, with "/" at its end: a Dagster project holds the whole of it. */
  readonly typescriptFolder: string;
  /** What is different there; where there are no files, why. */
  readonly problems: readonly ExportProblem[];
  readonly leftOut: readonly ExportProblem[];
  /** How many assets remain without what cannot be exported; undefined where that was not asked. */
  readonly rest?: number;
  file(path: string): ProjectFile | undefined;
  /** The file that defines an asset. */
  pathOf(id: AssetId): string | undefined;
  /** The lines of a file that are about an asset; undefined for all of them, or none. */
  linesOf(id: AssetId, path: string, text: string): LineRange | undefined;
}

export function projectCode(document: ProjectDocument, target: CodeTarget): ProjectCode {
  if (target.type === 'typescript') return typescriptCode(document);
  const written = writeDagsterProject(document, target);
  return written.ok
    ? dagsterCode(document, written.value)
    : { ...noFiles, problems: written.error, rest: leaveOutProblems(document).document.assets.size };
}

const noFiles = {
  paths: [],
  listPath: 'definitions.py',
  typescriptFolder: '',
  leftOut: [],
  file: () => undefined,
  pathOf: () => undefined,
  linesOf: () => undefined,
} as const;

function typescriptCode(document: ProjectDocument): ProjectCode {
  return {
    paths: projectPaths(document),
    listPath: definitionsPath,
    typescriptFolder: '',
    problems: [],
    leftOut: [],
    file: (path) => projectFile(document, path),
    pathOf: (id) => placeOfAsset(document, id)?.path,
    linesOf(id, path, text) {
      const place = placeOfAsset(document, id);
      if (!place) return undefined;
      if (path === definitionsPath) return listingOf(document, place.path, text);
      return place.path === path ? place.marks(text) : undefined;
    },
  };
}

function dagsterCode(document: ProjectDocument, project: DagsterProject): ProjectCode {
  const byPath = new Map(project.files.map((file) => [file.path, file]));
  const folder = project.vendor.replace(/vendor\/headwater$/, '');
  const listPath = `${folder.replace(/typescript\/$/, '')}definitions.py`;
  return {
    paths: project.files.map(({ path }) => path),
    listPath,
    typescriptFolder: folder,
    problems: project.notes,
    leftOut: project.leftOut,
    file: (path) => byPath.get(path),
    pathOf: (id) => dagsterPlaceOf(project, document, id)?.path,
    linesOf(id, path, text) {
      if (path === listPath) return dagsterListingOf(project, document, id, text);
      const place = dagsterPlaceOf(project, document, id);
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

/** What an export consists of, without the bytes that are not made from the document. */
export interface ExportPlan {
  readonly files: readonly ProjectFile[];
  /** Data files with the places where their bytes belong. */
  readonly data: readonly { readonly path: string; readonly file: DataFile }[];
  /** Where the SDK belongs. */
  readonly vendor: string;
}

export function planExport(
  document: ProjectDocument,
  target: CodeTarget,
): Result<ExportPlan, readonly ExportProblem[]> {
  if (target.type === 'dagster') {
    const written = writeDagsterProject(document, target);
    return written.ok ? ok(written.value) : err(written.error);
  }
  const { files, data } = writeProject(document);
  return ok({
    files: [...files, ...packageFiles(document), ...writeTypes(document)],
    data,
    vendor: vendorFolder,
  });
}
