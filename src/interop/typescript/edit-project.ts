// One file of a project's code edited: which records of the document that changes. Both states are read, so that only
// what the edit says differently counts, and not what reading makes alike.

import { err, ok, type Result } from '#base/result.ts';
import type { CodeCommand } from '#model/commands/edit-code.ts';
import { type RecordChange, sameRecord } from '#model/diff.ts';
import type { DataFile, ProjectDocument } from '#model/document.ts';
import { type ReadProblem, type ReadProject, readProject } from './read-project.ts';
import { canvasPath } from './write-canvas.ts';
import { packageFiles } from './write-package.ts';
import { writeProject } from './write-project.ts';
import { isCasesFile } from './write-tests.ts';

/** Can that file be edited? Those that only carry the others cannot. */
export const isEditable = (document: ProjectDocument, path: string): boolean =>
  path !== canvasPath &&
  !path.startsWith('types/') &&
  (!path.startsWith('tests/') || isCasesFile(path)) &&
  !packageFiles(document).some((file) => file.path === path);

const tables = ['assets', 'units', 'checks', 'resources', 'groups', 'modules', 'files', 'notes'] as const;

/** The command that makes the document say what the edited file says; the problems when it cannot be read. */
export function commandOfEdit(
  document: ProjectDocument,
  path: string,
  text: string,
  newId: () => string,
): Result<CodeCommand, readonly ReadProblem[]> {
  const before = readWith(document, undefined, newId);
  const after = readWith(document, { path, text }, newId);
  const known = new Set(before.problems.map(problemText));
  const problems = after.problems.filter(
    (problem) => problem.isUnlisted !== true && !known.has(problemText(problem)),
  );
  if (problems.length > 0) return err(problems);
  const changes = tables.flatMap((table): RecordChange[] => {
    const olds: ReadonlyMap<string, unknown> = before.document[table];
    const news: ReadonlyMap<string, unknown> = after.document[table];
    const own: ReadonlyMap<string, unknown> = document[table];
    return [...new Set([...olds.keys(), ...news.keys()])]
      .filter((id) => !sameRecord(olds.get(id), news.get(id)))
      .map((id) => changeOf(table, id, own.get(id), news.get(id)));
  });
  return ok({ type: 'EditCode', path, changes });
}

const problemText = ({ path, message }: ReadProblem): string => `${path} ${message}`;

// The tables are walked by name: that each holds its own kind of record is beyond what types can follow here.
const changeOf = (table: RecordChange['table'], id: string, before: unknown, after: unknown): RecordChange =>
  ({
    table,
    id,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }) as RecordChange;

function readWith(
  document: ProjectDocument,
  edit: { readonly path: string; readonly text: string } | undefined,
  newId: () => string,
): ReadProject {
  const { files, data } = writeProject(document);
  const texts = new Map(files.map((file) => [file.path, file.text]));
  if (edit) texts.set(edit.path, edit.text);
  const facts = data.map(({ path, file }): [string, Pick<DataFile, 'sha256' | 'bytes' | 'data'>] => {
    const { path: _, format: __, ...rest } = file;
    return [path, rest];
  });
  return readProject({ texts, data: new Map(facts) }, newId);
}
